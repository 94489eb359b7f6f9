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
    welcome,
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
    "welcome",
]
