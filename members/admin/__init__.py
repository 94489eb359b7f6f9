"""The coordinators' screens: applications, organisations, people, clusters."""

from members.admin import (
    clusters,
    contact_list,
    doubles,
    expectations,
    experts,
    memberships,
    named_people,
    nominations,
    organisations,
    people,
    recording,
    related,
    welcome,
)

__all__ = [
    "clusters",
    "contact_list",
    "doubles",
    "expectations",
    "experts",
    "memberships",
    "named_people",
    "nominations",
    "organisations",
    "people",
    "recording",
    "related",
    "welcome",
]
