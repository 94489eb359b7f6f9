"""A member that exists already, recorded by hand: organisation, membership and people at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from members.services.memberships import check_coordinator, record_membership
from members.services.named_people import record_person
from members.services.organisations import likely_doubles, lock_identity, make_shadow

if TYPE_CHECKING:
    from members.models import Cluster, Membership, NamedPerson, Organisation, User
    from members.services.memberships import Days
    from members.services.named_people import Named


@dataclass(frozen=True)
class Recorded:
    """What a coordinator states; without `organisation` a profile of `new_name` is made.

    `seen` are the likely doubles from which the new one is said to differ.
    """

    cluster: Cluster
    days: Days
    source: str
    organisation: Organisation | None = None
    new_name: str = ""
    kind: str = ""
    seen: tuple[int, ...] = ()
    people: list[Named] = field(default_factory=list)


@transaction.atomic
def record_member(recorded: Recorded, *, by: User) -> Membership:
    check_coordinator(recorded.cluster, by)
    organisation = recorded.organisation or _make(recorded, by)
    membership = record_membership(
        organisation, recorded.cluster, recorded.days, by=by, source=recorded.source
    )
    for named in recorded.people:
        record_person(
            named, recorded.cluster, by=by, source=recorded.source, organisation=organisation
        )
    return membership


@transaction.atomic
def record_private_member(recorded: Recorded, *, by: User) -> NamedPerson:
    return record_person(
        recorded.people[0], recorded.cluster, by=by, source=recorded.source, days=recorded.days
    )


def _make(recorded: Recorded, by: User) -> Organisation:
    """Unless somebody has made one of the same name since the form was drawn."""
    lock_identity()
    if likely_doubles([recorded.new_name]).exclude(pk__in=recorded.seen).exists():
        raise Refused(_("An organisation of this name has just been made. Check the form."))
    return make_shadow(recorded.new_name, cluster=recorded.cluster, by=by, kind=recorded.kind)
