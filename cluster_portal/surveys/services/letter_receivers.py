"""To whom a campaign letter goes: those who have not answered a round of the cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.responses import UNANSWERED
from members.models import Affiliation, User

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def people_who_wait(cluster: int, narrowed: Mapping[str, Sequence[str]]) -> Any:
    """The person asked, else the organisation's contacts; of the chosen rounds, or of all open."""
    rounds = Round.objects.open().filter(home_cluster=cluster, closes_at__gt=timezone.now())
    if narrowed.get("round"):
        rounds = rounds.filter(slug__in=narrowed["round"])
    rows = Response.objects.filter(round__in=rounds.values("pk"), stage__in=UNANSWERED)
    posts = Affiliation.objects.confirmed()
    belongs = posts.filter(user=OuterRef("person"), organisation=OuterRef("organisation"))
    named = rows.filter(Q(organisation=None) | Exists(belongs)).exclude(person=None)
    others = rows.exclude(pk__in=named.values("pk")).exclude(organisation=None)
    contacts = Affiliation.objects.contacts().filter(organisation__in=others.values("organisation"))
    asked = Q(pk__in=named.values("person")) | Q(pk__in=contacts.values("user"))
    return User.objects.filter(asked)
