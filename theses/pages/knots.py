"""Thesis topics and finished theses on the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf, TruncDate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.knots import Column, Knot, Tie
from members.models import Need
from members.pages.owner_names import owner_name
from projects.models import Challenge, Measure, Project, Result
from theses.models import Thesis, ThesisResult, ThreadLink, Topic
from theses.models.choices import Stage
from theses.models.works import Stage as WorkStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def _topics(user: Reader) -> Any:
    return Topic.objects.visible_to(user).exclude(stage=Stage.WITHDRAWN)


def _topic_fields(user: Reader) -> dict[str, Any]:
    language = (get_language() or "fi")[:2]
    told: dict[str, Any] = {"title": F("title")}
    if language != "fi":
        translated = Coalesce(NullIf(f"title_{language}", Value("")), "title")
        told = {"title": translated, "text": F(f"summary_{language}")}
    return {**told, "day": TruncDate("published_at"), "who": owner_name(user)}


TOPIC = Knot(
    Column.WORK, _("Thesis topic"), _topics, _topic_fields, ("theses:topic", "slug"), "stage",
    Stage, over=(Stage.FINISHED,), stopped=(Stage.EXPIRED,),
)  # fmt: skip


def _theses(user: Reader) -> Any:
    return Thesis.objects.visible_to(user).finished()


def _thesis_fields(user: Reader) -> dict[str, Any]:
    return {
        "title": F("title"), "day": F("finished_on"),
        "who": owner_name(user, "application__topic__organisation"),
    }  # fmt: skip


THESIS = Knot(
    Column.RESULT, _("Finished thesis"), _theses, _thesis_fields,
    ("theses:finished_thesis", "slug"), "stage", WorkStage, over=(WorkStage.FINISHED,),
)  # fmt: skip

TOPIC_TIES = (
    Tie("need", Need, Topic, ThreadLink, "need", "topic"),
    Tie("challenge", Challenge, Topic, ThreadLink, "challenge", "topic"),
    Tie("project", Project, Topic, ThreadLink, "project", "topic"),
    Tie("measure", Topic, Measure, ThreadLink, "topic", "measure"),
)
THESIS_TIES = (
    Tie("topic", Topic, Thesis, Thesis, "application__topic", "pk"),
    Tie("result-of-thesis", Thesis, Result, ThesisResult, "thesis", "result"),
)
