"""The coordinators' screens: applications, organisations, people, clusters."""

from members.admin import (
    capabilities,
    clusters,
    contact_list,
    doubles,
    expectations,
    experts,
    handovers,
    memberships,
    named_people,
    nominations,
    organisations,
    people,
    recording,
    related,
    tenders,
    welcome,
)

__all__ = [
    "capabilities",
    "clusters",
    "contact_list",
    "doubles",
    "expectations",
    "experts",
    "handovers",
    "memberships",
    "named_people",
    "nominations",
    "organisations",
    "people",
    "recording",
    "related",
    "tenders",
    "welcome",
]
