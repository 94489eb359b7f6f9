"""Whose turn it is to be asked: one supervisor of a thesis at a time, in ranked order."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit
from theses.models import SupervisionRequest
from theses.models.supervision import Stage
from theses.models.terms import free_seats
from theses.services.notices import tell
from theses.services.parties import locked_thesis

if TYPE_CHECKING:
    from members.models import User
    from theses.models import Thesis

MOST_AT_ONCE = 200


def ask_next(thesis: Thesis, *, by: User | None) -> SupervisionRequest | None:
    """Under the thesis's lock: who is being asked, or the first in the order who has room."""
    asked = thesis.requests.filter(stage=Stage.ASKED).first()
    if asked is not None:
        return asked
    rows = thesis.requests.filter(stage__in=[Stage.QUEUED, Stage.WAITING]).order_by("rank")
    for request in rows.select_for_update(of=("self",)).select_related("supervisor"):
        request.thesis = thesis
        if _ask(request, by=by):
            return request
    return None


def _ask(request: SupervisionRequest, *, by: User | None) -> bool:
    """Asks her, or lets the request wait until she has room."""
    if not request.supervisor.is_active:
        request.stage = Stage.WITHDRAWN
        request.save(update_fields=["stage"])
        return False
    if not free_seats(request.supervisor):
        _let_wait(request, by=by)
        return False
    now = timezone.now()
    request.stage, request.asked_at, request.answered_at = Stage.ASKED, now, None
    request.answer_by = timezone.localdate(now) + datetime.timedelta(days=request.days)
    request.reminded_at = None  # of an earlier day
    request.save()
    entry = audit.record(request, "asked", by=by)
    tell("supervision_asked", [request.supervisor], entry, request, but=by)
    return True


def _let_wait(request: SupervisionRequest, *, by: User | None) -> None:
    if request.stage == Stage.WAITING:
        return
    request.stage, request.answered_at = Stage.WAITING, timezone.now()
    request.save(update_fields=["stage", "answered_at"])
    entry = audit.record(request, "waits for room", by=by)
    tell("supervision_waiting", [request.supervisor], entry, request, but=by)


def ask_when_committed(supervisor: User) -> None:
    """Room has appeared under the lock of her seats, which comes last: asking locks earlier rows.

    Should the process die in between, the hourly round asks.
    """
    pk = supervisor.pk
    transaction.on_commit(lambda: ask_waiting(pk), robust=True)


def ask_waiting(supervisor: int | None = None) -> int:
    """Asks those who wait for room, the longest waiting first, as far as there is room."""
    rows = SupervisionRequest.objects.filter(stage=Stage.WAITING)
    if supervisor is not None:
        rows = rows.filter(supervisor=supervisor)
    rows = rows.select_related("supervisor", "thesis__application__topic")
    asked = 0
    room: dict[int, int] = {}
    for row in rows.order_by("answered_at", "pk")[:MOST_AT_ONCE]:
        left = room.setdefault(row.supervisor_id, free_seats(row.supervisor))
        if left > 0 and _ask_waiting_one(row):
            room[row.supervisor_id] -= 1
            asked += 1
    return asked


@transaction.atomic
def _ask_waiting_one(row: SupervisionRequest) -> bool:
    """Unless her answer is no longer needed, or another is being asked just now."""
    thesis = locked_thesis(row.thesis)
    request = SupervisionRequest.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if request.stage != Stage.WAITING or thesis.requests.filter(stage=Stage.ASKED).exists():
        return False
    request.thesis = thesis
    return _ask(request, by=None)
