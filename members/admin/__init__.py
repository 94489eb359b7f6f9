"""The coordinators' screens: applications, organisations, people, clusters."""

from members.admin import clusters, memberships, organisations, people, related

__all__ = ["clusters", "memberships", "organisations", "people", "related"]
