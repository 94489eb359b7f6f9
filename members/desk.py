"""What a desk shows of memberships, colleagues and organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from members.models import Affiliation, ExpertProfile, Membership, NamedPerson
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import BINDING, COORDINATORS_TURN, Stage, applies, waits_for
from members.pages import first_steps

if TYPE_CHECKING:
    from members.models import User
    from members.models.named_people import NamedPersonQuerySet


ON_DESK = 10
MEMBERSHIPS: Part[list[Membership]] = Part("memberships on a desk")
AFFILIATIONS: Part[list[Affiliation]] = Part("affiliations on a desk")


def _memberships(user: User) -> list[Membership]:
    """Their applications that are not over and those they handle, read once for both cards."""
    stages = [Stage.DRAFT, *BINDING - {Stage.ACTIVE}]
    known = audience(user)
    waiting = Membership.objects.filter(cluster__in=known.coordinates, stage__in=COORDINATORS_TURN)
    first = Q(pk__in=waiting.values("pk")[:ON_DESK])
    own = Q(applicant=user) | Q(organisation__in=known.edits)
    rows = Membership.objects.filter(own & Q(stage__in=stages) | first)
    rows = rows.select_related("cluster", "organisation", "person")
    return MEMBERSHIPS.get(user.pk, lambda: list(rows))


def my_applications(user: User) -> list[Membership]:
    """Those of their side that are not over and wait for somebody else."""
    return [row for row in _of_her_side(user) if not waits_for(row, user)]


def applications_to_finish(user: User) -> list[Membership]:
    """Those of their side in which it is their turn."""
    return [row for row in _of_her_side(user) if waits_for(row, user)]


def _of_her_side(user: User) -> list[Membership]:
    mine = [row for row in _memberships(user) if applies(row, user)]
    return sorted(mine, key=lambda row: row.updated_at, reverse=True)


def applications_to_handle(user: User) -> list[Membership]:
    rows = [row for row in _memberships(user) if row.stage in COORDINATORS_TURN]
    return [row for row in rows if waits_for(row, user)][:ON_DESK]


def _affiliations(user: User) -> list[Affiliation]:
    """Their own and those that wait for them, read once for both cards."""
    own = Q(user=user, stage=AffiliationStage.CONFIRMED)
    asked = Q(pk__in=Affiliation.objects.waiting_for(user).values("pk"))
    rows = Affiliation.objects.filter(own | asked).select_related("user", "organisation")
    rows = rows.order_by("organisation__sort_name", "role", "pk")
    return AFFILIATIONS.get(user.pk, lambda: list(rows))


def colleagues_to_confirm(user: User) -> list[Affiliation]:
    return [row for row in _affiliations(user) if row.stage == AffiliationStage.REQUESTED]


def my_organisations(user: User) -> list[Affiliation]:
    return [row for row in _affiliations(user) if row.stage == AffiliationStage.CONFIRMED]


def my_expert(user: User) -> list[ExpertProfile]:
    """The own profile; whoever has none is led to it by the first steps."""
    if first_steps.is_known_without_profile(user):
        return []
    return list(ExpertProfile.objects.editable_by(user))


def named(user: User) -> NamedPersonQuerySet:
    """Where a coordinator has named somebody with an address of this account."""
    return NamedPerson.objects.proposed_to(user).in_force()


def named_people(user: User) -> list[NamedPerson]:
    rows = named(user).select_related("organisation", "cluster")
    return list(rows.order_by("pk")[:ON_DESK])
