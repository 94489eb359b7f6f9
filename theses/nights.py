"""The nightly matching as the coordinators' page tells it: how far it is, and how it went."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from theses.models import MatchingRun

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 7
QUIET = datetime.timedelta(minutes=30)  # longer than the beat's pace: nobody has gone on


def rows(user: Any) -> list[dict[str, Any]]:
    """The latest first. What a failure said is for the administrator."""
    runs = MatchingRun.objects.annotate(last_at=Max("chunks__done_at"))
    return [_row(run, user) for run in runs.order_by("-started_at")[:SHOWN]]


def _row(run: Any, user: Any) -> dict[str, Any]:
    over = run.finished_at or run.last_at or run.started_at
    return {
        "started": run.started_at,
        "finished": run.finished_at,
        "state": _state(run),
        "students": run.students,
        "done": run.done,
        "failed": run.failed,
        "topics": run.topics,
        "minutes": round((over - run.started_at).total_seconds() / 60),
        "problem": run.problem if user.is_superuser else "",
    }


def _state(run: Any) -> str | _StrPromise:
    if run.finished_at is None:
        is_quiet = timezone.now() - (run.last_at or run.started_at) > QUIET
        return _("Stopped; goes on when the workers do") if is_quiet else _("Under way")
    if run.done + run.failed < run.students:
        return _("Broken off")
    return _("Finished with gaps") if run.failed else _("Finished")
