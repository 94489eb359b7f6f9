"""To whom a cluster's coordinator may write: its members' people, by what they and theirs are."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cluster_portal.core import vocabulary
from cluster_portal.notifications.outbox import Guest
from members.models import (
    Affiliation,
    CurrentMember,
    Membership,
    NamedPerson,
    Organisation,
    User,
)
from members.models.gaps import Gap, lacking
from members.models.named_people import Stage as NamedStage
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from members.models.named_people import NamedPersonQuerySet
    from members.models.organisations import OrganisationQuerySet

    Narrowed = Mapping[str, Sequence[str]]

ENDING_WITHIN = datetime.timedelta(days=60)


def _members(cluster: int) -> OrganisationQuerySet:
    """The organisations that are members of the cluster today."""
    current = CurrentMember.objects.filter(cluster=cluster, organisation=OuterRef("pk"))
    members: OrganisationQuerySet = Organisation.objects.filter(Exists(current))
    return members


def _posts(cluster: int, narrowed: Narrowed) -> Q:
    """In member organisations: by what these are, where and about what, and by role."""
    organisations = _members(cluster)
    for key, field in (("sector", "sector"), ("kind", "kind"), ("region", "region__code")):
        if values := narrowed.get(key):
            organisations = organisations.filter(**{f"{field}__in": values})
    if themes := narrowed.get("theme"):
        about = Organisation.objects.filter(terms__in=themed(themes))
        organisations = organisations.filter(pk__in=about.values("pk"))
    posts = Q(organisation__in=organisations.values("pk"))
    roles = narrowed.get("role")
    return posts & Q(role__in=roles) if roles else posts


def themed(values: Sequence[str]) -> list[int]:
    """Primary keys of the terms that are named as `scheme:code`."""
    found = (vocabulary.find(*value.split(":", 1)) for value in values if ":" in value)
    return [term.pk for term in found if term]


def people(cluster: int, narrowed: Narrowed) -> QuerySet[User]:
    posts = Affiliation.objects.confirmed().filter(_posts(cluster, narrowed))
    return User.objects.filter(Exists(posts.filter(user=OuterRef("pk"))))


def named_people(cluster: int, narrowed: Narrowed) -> Iterator[Guest]:
    """Those whom a coordinator has recorded in an organisation, until they answer."""
    return _guests(_named(cluster).filter(_posts(cluster, narrowed)))


def named_private_members(cluster: int, narrowed: Narrowed) -> Iterator[Guest]:
    """Of those without an account no themes are known."""
    if narrowed.get("theme"):
        return iter(())
    return _guests(_named(cluster).filter(organisation=None))


def invited_people(cluster: int, _narrowed: Narrowed) -> Iterator[Guest]:
    return _guests(_named(cluster).filter(stage=NamedStage.INVITED))


def nobody(_cluster: int, _narrowed: Narrowed) -> QuerySet[User]:
    return User.objects.none()


def _named(cluster: int) -> NamedPersonQuerySet:
    rows = NamedPerson.objects.unanswered().in_force()
    return rows.filter(cluster=cluster).exclude(email="").order_by("pk")


def _guests(rows: NamedPersonQuerySet) -> Iterator[Guest]:
    for email, name, language in rows.values_list("email", "name", "language"):
        yield Guest(email, name, language)


def private_members(cluster: int, narrowed: Narrowed) -> QuerySet[User]:
    own = Membership.objects.active().filter(cluster=cluster, person=OuterRef("pk"))
    if themes := narrowed.get("theme"):
        own = own.filter(interests__in=themed(themes))
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
