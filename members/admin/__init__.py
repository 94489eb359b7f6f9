"""The coordinators' screens: applications, organisations, people, clusters."""

from members.admin import (
    clusters,
    doubles,
    experts,
    memberships,
    nominations,
    organisations,
    people,
    related,
)

__all__ = [
    "clusters",
    "doubles",
    "experts",
    "memberships",
    "nominations",
    "organisations",
    "people",
    "related",
]
