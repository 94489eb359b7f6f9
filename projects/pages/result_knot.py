"""Results on the thread: what they come of, what they serve, and those that nobody uses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.database.columns import in_language
from cluster_portal.core.knots import Break, Column, Knot, Tie
from members.pages.owner_names import owner_name
from projects.models import Challenge, Measure, Pilot, Project, Result
from projects.models.results import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

RESULT_WAITS = timedelta(60)  # for somebody to use it, before its thread counts as broken


def _results(user: Reader) -> Any:
    return Result.objects.visible_to(user).exclude(stage=Stage.WITHDRAWN)


def _fields(user: Reader) -> dict[str, Any]:
    return {
        "title": in_language("title"), "text": in_language("summary"),
        "day": TruncDate("published_at"), "who": owner_name(user),
    }  # fmt: skip


def without_user(user: Reader) -> Any:
    """Published long ago, and nobody has told of a use."""
    before = timezone.now() - RESULT_WAITS
    return Result.objects.managed_by(user).unused().filter(published_at__lt=before)


RESULT = Knot(
    Column.RESULT, _("Result"), _results, _fields, ("projects:result", "slug"), "stage", Stage,
    over=(Stage.PUBLISHED,),
)  # fmt: skip
RESULT_TIES = (
    Tie("result", Project, Result, Result, "project", "pk"),
    Tie("result-of-pilot", Pilot, Result, Result, "pilot", "pk"),
    Tie("result-of-challenge", Challenge, Result, Result, "challenge", "pk"),
    Tie("measure-of-result", Result, Measure, Result.measures.through, "result", "measure"),
)
OF_RESULTS = (
    Break("results", _("Result that nobody has used"), without_user, "published_at",
          _("Find a user"), lambda result: result.get_absolute_url(), order=6),
)  # fmt: skip
