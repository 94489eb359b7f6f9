"""Needs on a desk: the reader's own, and what the coordinators look after."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from members.models import Need, NeedMatch
from members.models.needs import Stage
from members.pages import needs

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 10
ON_CARDS: Part[list[Need]] = Part("needs on a desk")
UNANSWERED_FOR = datetime.timedelta(days=14)


def to_answer_for(user: Reader) -> list[dict[str, Any]]:
    """To confirm, because a coordinator told it; or asked whether it is still open."""
    return [needs.line(need) for need in _needs(user) if _waits(need, user)][:ON_DESK]


def mine(user: Reader) -> list[dict[str, Any]]:
    return [needs.line(need) for need in _needs(user) if not _waits(need, user)][:ON_DESK]


def _waits(need: Need, user: Reader) -> bool:
    if need.stage == Stage.WAITING:
        return need.organisation_id in audience(user).edits
    return need.is_open and need.asked_at is not None


def _needs(user: Reader) -> list[Need]:
    """Of the reader's own side and not over, read once for both cards."""
    stages = [Stage.DRAFT, Stage.WAITING, Stage.OPEN]
    rows = Need.objects.mine(user).filter(stage__in=stages).order_by("-updated_at", "-pk")
    return ON_CARDS.get(user.pk, lambda: list(rows.defer("search")[: 2 * ON_DESK]))


def unanswered_queue(user: Reader) -> QueueState:
    """Open for two weeks, and nothing was found for them and nobody has offered help."""
    rows = unanswered(Need.objects.in_scope_of(user))
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("published_at"))
    url = f"{reverse('admin:members_need_changelist')}?unanswered=yes"
    return QueueState(_("Needs that nothing answers"), url=url, **found)


def unanswered(rows: Any) -> Any:
    suggested = NeedMatch.objects.standing().filter(need=OuterRef("pk"))
    since = timezone.now() - UNANSWERED_FOR
    return rows.open().filter(~Exists(suggested), offer_count=0, published_at__lt=since)
