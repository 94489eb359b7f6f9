"""What a desk shows of results: one's own, uses to confirm, the coordinators' queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.core.content import QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.core.visibility import audience
from projects.models import Result, ResultUse
from projects.models.results import Stage
from projects.pages.results import row

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 12
ON_CARDS: Part[list[Any]] = Part("results on a desk")


def ours(user: Reader) -> Any:
    """Results of the reader's organisations."""
    rows = Result.objects.visible_to(user).filter(organisation__in=audience(user).organisations)
    return rows.exclude(stage=Stage.WITHDRAWN)


def _results(user: Reader) -> list[Any]:
    """The latest first; read once for both cards."""
    told = ResultUse.objects.told().filter(result=OuterRef("pk"))
    rows = ours(user).with_use().annotate(has_told=Exists(told)).defer("search")
    found = rows.order_by("-updated_at", "-pk")[: 2 * ON_DESK]
    return ON_CARDS.get(user.pk, lambda: list(found))


def my_results(user: Reader) -> list[dict[str, Any]]:
    return [row(result) for result in _results(user)[:ON_DESK]]


def uses_to_confirm(user: Reader) -> list[dict[str, Any]]:
    """Told of results that they edit for their organisation."""
    if not any(result.has_told for result in _results(user)):
        return []
    mine = Result.objects.editable_by(user).filter(organisation__in=audience(user).organisations)
    waiting = ResultUse.objects.told().filter(result__in=mine.values("pk"))
    rows = waiting.select_related("result").defer("result__search").order_by("told_at", "pk")
    return [
        {"title": use.result.title, "url": use.get_absolute_url(), "kind": _("Result"),
         "text": use.decided_by, "state": "waiting", "state_text": use.get_stage_display()}
        for use in rows[:ON_DESK]
    ]  # fmt: skip


def to_review(user: Reader) -> QueueState:
    waiting = Result.objects.managed_by(user).filter(stage=Stage.IN_REVIEW)
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("updated_at"))
    url = reverse("admin:projects_result_changelist")
    return QueueState(_("Results to review"), url=f"{url}?stage__exact=in_review", **found)


def to_confirm(user: Reader) -> QueueState:
    waiting = ResultUse.objects.managed_by(user).told()
    found = waiting.order_by().aggregate(count=Count("pk"), oldest=Min("told_at"))
    url = reverse("admin:projects_resultuse_changelist")
    return QueueState(_("Uses of results to confirm"), url=f"{url}?stage__exact=told", **found)
