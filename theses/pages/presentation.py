"""What the pages show of a topic: rows, steps, parties, facts. Words only, no queries."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.vocabulary import Scheme, named
from theses.models.applications import MOVES, is_applicant
from theses.models.applications import Stage as ApplicationStage
from theses.models.choices import Pay, Stage
from theses.models.works import BEFORE_AGREEMENT
from theses.pages import turns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.workflow import Move
    from theses.models import Application, Topic

WAY = (Stage.OPEN, Stage.RESERVED, Stage.AGREED, Stage.IN_PROGRESS, Stage.FINISHED)


def trail(*steps: str | tuple[str, str] | Topic) -> list[dict[str, str]]:
    """From the list of topics to the page: topics, pages as name and address, the page's name."""
    found = [{"name": _("Theses"), "url": reverse("theses:list")}]
    for step in steps:
        if isinstance(step, str):
            found.append({"name": step})
        elif isinstance(step, tuple):
            found.append({"name": step[0], "url": step[1]})
        else:
            found.append({"name": step.heading, "url": step.get_absolute_url()})
    return found


def labels_of(scheme: str, pks: Iterable[int]) -> list[str]:
    """Terms by primary key from the vocabulary that the process holds."""
    wanted = set(pks)
    return [label for pk, _code, label in named(scheme) if pk in wanted]


def place_of(topic: Topic) -> str:
    region = "".join(labels_of(Scheme.REGION, [topic.region_id] if topic.region_id else []))
    places = [word for word in dict.fromkeys([topic.municipality, region]) if word]
    where = ", ".join(places)
    if topic.is_remote and where:
        return _("%(place)s or remote") % {"place": where}
    return _("Remote") if topic.is_remote else where


def state_of(topic: Topic) -> dict[str, str]:
    """The state's look and its words, with the last day to apply where there is one."""
    if topic.is_open and topic.closes_on:
        words = _open_until(topic.closes_on, get_language())
        return {"look": Stage.OPEN.look, "words": words}
    if topic.stage == Stage.OPEN and topic.has_closed:
        return {"look": "waiting", "words": _("Applications closed, choice pending")}
    return {"look": Stage(topic.stage).look, "words": str(topic.get_stage_display())}


@lru_cache(maxsize=2_000)
def _open_until(closes_on: date, language: str | None) -> str:
    """`language` is the active one. Many topics share their last day."""
    return _("Open until %(day)s") % {"day": date_format(closes_on, "DATE_FORMAT")}


def row_of(topic: Topic) -> dict[str, Any]:
    """A line of a list; the topic comes from `for_cards`."""
    owner = topic.named_owner.title if topic.named_owner else _whose(topic)
    fields = labels_of(Scheme.EDUCATION_FIELD, getattr(topic, "field_ids", ()))
    languages = ", ".join(topic.language_labels)
    pay = str(topic.get_pay_display()) if topic.pay == Pay.YES else ""
    state = state_of(topic)
    return {
        "url": topic.get_absolute_url(),
        "title": topic.heading,
        "kind": " · ".join(filter(None, [", ".join(topic.level_labels), owner])),
        "tags": [tag for tag in (*fields[:2], languages, place_of(topic), pay) if tag],
        "state": state["look"],
        "state_text": state["words"],
    }


def _whose(topic: Topic) -> str:
    """Of one that has no commissioner yet: whose idea it is."""
    return str(topic.get_origin_display()) if topic.organisation_id is None else ""


def application_row(application: Application, user: Reader) -> dict[str, Any]:
    """An application for one who may see it, with the open steps and whose turn it is."""
    newer = application.topic.version > application.topic_version
    is_shown = application.is_pending or is_applicant(application, user)
    return {
        "application": application,
        "url": application.get_absolute_url(),
        "look": ApplicationStage(application.stage).look,
        "words": application.get_stage_display(),
        "moves": _moves(application, user),
        "has_newer_topic": newer and application.is_pending,
        "work_url": _work_url(application),
        "turn": turns.of_application(application, user) if is_shown else None,
    }


def _work_url(application: Application) -> str:
    thesis = getattr(application, "thesis", None) if application.holds_a_place else None
    return thesis.workspace_url if thesis is not None else ""


def _moves(application: Application, user: Reader) -> list[tuple[str, Move]]:
    """A student who was chosen steps back here only until the thesis is agreed on."""
    moves = MOVES.open_to(application, user)
    thesis = getattr(application, "thesis", None) if application.holds_a_place else None
    is_agreed = thesis is not None and thesis.stage not in BEFORE_AGREEMENT
    return [] if is_agreed else moves


def steps_of(topic: Topic) -> list[dict[str, str]]:
    reviewed = topic.published_at is not None
    note = date_format(localtime(topic.published_at), "DATE_FORMAT") if topic.published_at else ""
    stage = Stage(topic.stage)
    first = "done" if reviewed else ("current" if stage != Stage.WITHDRAWN else "stopped")
    name = _("Reviewed") if topic.home_cluster.reviews_topics else _("Published")
    steps = [{"name": name, "note": note, "state": first}]
    at = WAY.index(stage) if stage in WAY else -1
    for number, step in enumerate(WAY):
        state = "done" if number < at else ("current" if number == at else "")
        steps.append({"name": str(step.label), "note": "", "state": state})
    if stage in {Stage.WITHDRAWN, Stage.EXPIRED} and reviewed:
        steps[1] = {"name": str(stage.label), "note": "", "state": "stopped"}
    return steps
