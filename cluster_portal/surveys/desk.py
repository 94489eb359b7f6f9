"""What a desk shows of surveys: what waits for an answer, a check or a talk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Deadline, QueueState
from cluster_portal.core.request_cache import Part
from cluster_portal.surveys.models import Handover, Response, Round
from cluster_portal.surveys.models.responses import UNANSWERED, Stage
from cluster_portal.surveys.models.rounds import Stage as RoundStage
from cluster_portal.surveys.pages import rounds

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_DESK = 8
FOUND: Part[list[Response]] = Part("survey answers and talks on a desk")


def _found(user: Reader) -> list[Response]:
    """What waits for an answer or a check, and the reader's own talks, in one statement."""
    return FOUND.get(user.pk, lambda: rounds.awaited(user, talks=True))


def _awaited(user: Reader) -> list[Response]:
    return [row for row in _found(user) if not _is_talk(row, user)]


def _is_talk(row: Response, user: Reader) -> bool:
    return row.interviewer_id == user.pk and row.stage in UNANSWERED


def awaited(user: Reader) -> list[dict[str, Any]]:
    return [rounds.awaited_row(response, user) for response in _awaited(user)[:ON_DESK]]


def talks(user: Reader) -> list[dict[str, Any]]:
    """The interviewer's own next talks, the nearest first."""
    return [
        {
            "url": reverse("surveys:interviews"),
            "title": str(row.organisation or row.person or "–"),
            "kind": row.round.title,
            "state": Stage(row.stage).look,
            "state_text": row.get_stage_display(),
        }
        for row in sorted(filter(partial(_is_talk, user=user), _found(user)), key=_next)
    ][:ON_DESK]


def _next(row: Response) -> tuple[bool, Any, int]:
    return row.agreed_on is None, row.agreed_on, row.pk


def closing(user: Reader) -> list[Deadline]:
    return [
        Deadline(response.round.closes_at, _("Survey"), response.round.title,
                 response.get_absolute_url())
        for response in _awaited(user)
        if response.stage not in {Stage.AGREED, Stage.ANSWERED}
    ]  # fmt: skip


def unpublished(user: Reader) -> QueueState:
    """Rounds that have closed and whose results nobody has published."""
    rows = Round.objects.in_scope_of(user).filter(stage=RoundStage.CLOSED)
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("closed_at"))
    first = rows.order_by("closed_at", "pk").values_list("pk", flat=True).first()
    return QueueState(
        label=_("Closed survey rounds without published results"),
        url=f"{reverse('admin:surveys_round_changelist')}?stage__exact=closed",
        first=reverse("admin:surveys_round_change", args=[first]) if first else "",
        **found,
    )


def unchecked(user: Reader) -> QueueState:
    """Interviews that the organisation has not confirmed."""
    rows = Response.objects.in_scope_of(user).filter(stage=Stage.ANSWERED).order_by()
    found = rows.aggregate(count=Count("pk"), oldest=Min("answered_at"))
    return QueueState(
        label=_("Interviews that wait to be checked by who was asked"),
        url=f"{reverse('admin:surveys_response_changelist')}?stage__exact=answered", **found,
    )  # fmt: skip


def without_interviewer(user: Reader) -> QueueState:
    open_now = Q(round__stage=RoundStage.OPEN, round__closes_at__gt=timezone.now())
    rows = Response.objects.in_scope_of(user).filter(
        open_now, round__mode="interviews", stage=Stage.INVITED, interviewer=None
    )  # fmt: skip
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min("invited_at"))
    return QueueState(
        label=_("Invited to an interview, without an interviewer"),
        url=f"{reverse('admin:surveys_response_changelist')}?stage__exact=invited", **found,
    )  # fmt: skip


def handed_over(user: Reader) -> list[dict[str, Any]]:
    """Parts that a colleague asked the reader to answer, not yet done."""
    if not _awaited(user):
        return []
    rows = Handover.objects.filter(
        user=user.pk, done_at=None, response__round__stage=RoundStage.OPEN,
        response__in=Response.objects.mine(user).unanswered().values("pk"),
    )  # fmt: skip
    rows = rows.exclude(by=user.pk).select_related("response__round", "section", "by")
    return [
        {
            "url": row.response.get_absolute_url(),
            "title": row.response.round.title,
            "kind": str(row.section or _("The whole questionnaire")),
            "text": str(row.by or ""),
            "action": _("Answer"),
        }
        for row in rows.order_by("pk")[:ON_DESK]
    ]
