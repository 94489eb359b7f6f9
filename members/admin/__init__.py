"""The coordinators' screens: applications, organisations, people, clusters."""

from members.admin import (
    clusters,
    doubles,
    memberships,
    nominations,
    organisations,
    people,
    related,
)

__all__ = [
    "clusters",
    "doubles",
    "memberships",
    "nominations",
    "organisations",
    "people",
    "related",
]
