"""To whom a cluster's coordinator may write: its members' people, by what they and theirs are."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from members.models import Affiliation, CurrentMember, Membership, Organisation, User
from members.models.gaps import Gap, lacking
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from members.models.organisations import OrganisationQuerySet

    Narrowed = Mapping[str, Sequence[str]]

ENDING_WITHIN = datetime.timedelta(days=60)


def _members(cluster: int) -> OrganisationQuerySet:
    """The organisations that are members of the cluster today."""
    current = CurrentMember.objects.filter(cluster=cluster, organisation=OuterRef("pk"))
    members: OrganisationQuerySet = Organisation.objects.filter(Exists(current))
    return members


def people(cluster: int, narrowed: Narrowed) -> QuerySet[User]:
    """People of member organisations: by sector and kind of these, and by their role."""
    organisations = _members(cluster)
    for field in ("sector", "kind"):
        if values := narrowed.get(field):
            organisations = organisations.filter(**{f"{field}__in": values})
    posts = Affiliation.objects.confirmed().filter(organisation__in=organisations.values("pk"))
    if roles := narrowed.get("role"):
        posts = posts.filter(role__in=roles)
    return User.objects.filter(Exists(posts.filter(user=OuterRef("pk"))))


def private_members(cluster: int, _narrowed: Narrowed) -> QuerySet[User]:
    own = Membership.objects.active().filter(cluster=cluster, person=OuterRef("pk"))
    return User.objects.filter(Exists(own))


def contacts_of_unconfirmed(cluster: int, _narrowed: Narrowed) -> QuerySet[User]:
    return contacts_of(lacking(_members(cluster), Gap.CONFIRMATION).values("pk"))


def contacts_without_themes(cluster: int, _narrowed: Narrowed) -> QuerySet[User]:
    return contacts_of(lacking(_members(cluster), Gap.THEMES).values("pk"))


def members_ending(cluster: int, _narrowed: Narrowed) -> QuerySet[User]:
    """Private members, and contacts of organisations, whose membership has a near last day."""
    last = timezone.localdate() + ENDING_WITHIN
    ending = Membership.objects.active().filter(cluster=cluster, until__lte=last)
    contacts = contacts_of(ending.filter(organisation__isnull=False).values("organisation"))
    own = ending.filter(person=OuterRef("pk"))
    return User.objects.filter(Q(pk__in=contacts.values("pk")) | Exists(own))
