"""Challenges, projects and measures on the thread, and how they hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.database.columns import in_language
from cluster_portal.core.knots import Column, Knot, Tie
from members.models import Need
from members.pages.owner_names import owner_name
from projects.models import Challenge, Measure, Project
from projects.models.challenges import Stage as ChallengeStage
from projects.models.measures import State
from projects.models.programmes import Stage as ProgrammeStage
from projects.models.projects import STOPPED
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _challenges(user: Reader) -> Any:
    return Challenge.objects.visible_to(user).exclude(stage=ChallengeStage.WITHDRAWN)


def _challenge_fields(user: Reader) -> dict[str, Any]:
    return {
        "title": in_language("title"), "text": in_language("summary"),
        "day": TruncDate("published_at"), "who": owner_name(user),
    }  # fmt: skip


CHALLENGE = Knot(
    Column.CHALLENGE, _("Challenge"), _challenges, _challenge_fields,
    ("projects:challenge", "slug"), "stage", ChallengeStage,
    over=(ChallengeStage.SOLVED,), stopped=(ChallengeStage.UNMATCHED,),
)  # fmt: skip


def _project_fields(user: Reader) -> dict[str, Any]:
    return {
        "title": in_language("title"), "text": in_language("summary"), "day": F("starts_on"),
        "who": owner_name(user),
    }  # fmt: skip


PROJECT = Knot(
    Column.WORK, _("Project"), Project.objects.visible_to, _project_fields,
    ("projects:project", "slug"), "stage", ProjectStage,
    over=(ProjectStage.ENDED, ProjectStage.FOLLOW_UP), stopped=STOPPED,
)  # fmt: skip


def _measures(user: Reader) -> Any:
    """Of approved versions; one that a later version dropped keeps what is evidence of it."""
    return Measure.objects.visible_to(user).exclude(goal__programme__stage=ProgrammeStage.DRAFT)


def _of_replaced_version() -> Case:
    """ " (version 1)" after the title where a later version is in force."""
    named = Concat(
        Value(" ("), Value(gettext("version")), Value(" "),
        Cast("goal__programme__version", CharField()), Value(")"),
    )  # fmt: skip
    is_replaced = When(goal__programme__stage=ProgrammeStage.REPLACED, then=named)
    return Case(is_replaced, default=Value(""), output_field=CharField())


def _measure_fields(user: Reader) -> dict[str, Any]:
    number = Concat(
        Cast("goal__number", CharField()), Value("."), Cast("number", CharField()), Value(" "),
        in_language("title"), _of_replaced_version(),
    )  # fmt: skip
    return {
        "title": number, "text": in_language("indicator"), "day": F("ends_on"),
        "who": owner_name(user, "responsible"),
    }  # fmt: skip


MEASURE = Knot(
    Column.MEASURE, _("Measure"), _measures, _measure_fields, ("projects:measure", "public_id"),
    "state", State, over=(State.DONE,), stopped=(State.DISCONTINUED,),
)  # fmt: skip

CHALLENGE_TIES = (Tie("need", Need, Challenge, Challenge, "from_need", "pk"),)
PROJECT_TIES = (
    Tie("challenge", Challenge, Project, Project.challenges.through, "challenge", "project"),
    Tie("measure", Project, Measure, Project.measures.through, "project", "measure"),
)
