"""Pilots on the thread: between a challenge or project and the measures they are evidence of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.database.columns import in_language
from cluster_portal.core.knots import Break, Column, Knot, Tie
from members.pages.owner_names import owner_name
from projects.models import Challenge, Measure, Pilot, Project
from projects.models.pilots import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _pilots(user: Reader) -> Any:
    return Pilot.objects.visible_to(user).exclude(stage=Stage.STOPPED, published_at=None)


def _fields(user: Reader) -> dict[str, Any]:
    return {
        "title": in_language("title"), "text": in_language("summary"), "day": F("starts_on"),
        "who": owner_name(user),
    }  # fmt: skip


PILOT = Knot(
    Column.WORK, _("Pilot"), _pilots, _fields, ("projects:pilot", "slug"), "stage", Stage,
    over=(Stage.CLOSED,), stopped=(Stage.STOPPED,),
)  # fmt: skip
TIES = (
    Tie("challenge-pilot", Challenge, Pilot, Pilot, "challenge", "pk"),
    Tie("project-pilot", Project, Pilot, Pilot, "project", "pk"),
    Tie("pilot-measure", Pilot, Measure, Pilot.measures.through, "pilot", "measure"),
)


def _without_learnings(user: Reader) -> Any:
    return Pilot.objects.managed_by(user).without_learnings()


BREAKS = (
    Break("pilots", _("Ended pilot without learnings"), _without_learnings, "ends_on",
          _("Write the learnings"),
          lambda pilot: reverse("projects:pilot_learnings", args=[pilot.slug]), order=3),
)  # fmt: skip
