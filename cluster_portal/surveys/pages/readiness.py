"""Tender readiness: one's own result and what to do next; for coordinators what most lack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import audience
from cluster_portal.surveys.models import Response, Round
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.responses import speaks_for
from cluster_portal.surveys.models.templates import Purpose
from cluster_portal.surveys.pages import registers
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.questionnaire import Question, Section

STEPS = Path(__file__).parents[1] / "data" / "steps" / "tender_readiness.toml"
WISHES = "workshops"  # the question that asks which workshop one would come to


@dataclass(frozen=True)
class Step:
    """What to do where the answer to the question is low."""

    question: str
    words: Mapping[str, str]
    answers: tuple[str, ...] = ()
    low: int = 0
    link: str = ""

    def is_due(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.question)
        if isinstance(given, int):
            return given <= self.low
        return given in self.answers


@cache
def steps() -> tuple[Step, ...]:
    rows = tomllib.loads(STEPS.read_text(encoding="utf-8"))["step"]
    return tuple(
        Step(
            row["question"], {code: row[code] for code in ("fi", "sv", "en")},
            tuple(row.get("answers", ())), row.get("low", 0), row.get("link", ""),
        )
        for row in rows
    )  # fmt: skip


def _answered(rows: Any) -> Any:
    rows = rows.countable().filter(round__version__template__purpose=Purpose.READINESS)
    return rows.select_related("round__version", "organisation").order_by("-answered_on", "-pk")


def values(user: Reader) -> dict[str, Any]:
    mine = _answered(Response.objects.mine(user).filter(organisation__isnull=False))
    own = next((response for response in mine if speaks_for(response, user)), None)
    known = audience(user)
    rounds = Round.objects.visible_to(user).open()
    return {
        **registers.around("surveys:readiness", user),
        "own": _own(own) if own else None,
        "rounds": list(rounds.filter(version__template__purpose=Purpose.READINESS)[:5]),
        "lacking": _lacking(user) if known.is_admin or known.coordinates else None,
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": _("Tender readiness")},
        ],
    }


def _own(response: Response) -> dict[str, Any]:
    questionnaire = Questionnaire.of(response.round.version)
    answers = questionnaire.trimmed(response.answers)
    levels = (_level(section, answers) for section in questionnaire.sections)
    language = (get_language() or "fi")[:2]
    return {
        "response": response,
        "levels": [level for level in levels if level],
        "plan": [
            {
                "topic": questionnaire.by_key[step.question].text,
                "text": step.words.get(language, step.words["fi"]),
                "url": reverse(step.link) if step.link else "",
            }
            for step in steps()
            if step.question in questionnaire.by_key and step.is_due(answers)
        ],
    }


def _level(section: Section, answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """The mean of the section's scales; None where none is answered."""
    given = [
        (answers[question.key], question.steps)
        for question in section.questions
        if question.kind == Kind.SCALE and question.key in answers
    ]
    if not given:
        return None
    percent = round(sum(100 * (value - 1) / (steps - 1) for value, steps in given) / len(given))
    return {"key": f"level-{section.key}", "name": section.title, "percent": percent}


def _lacking(user: Reader) -> dict[str, Any] | None:
    """Of the newest answer of each organisation in scope: topics that most lack, and wishes."""
    newest: dict[int, Response] = {}
    for response in _answered(Response.objects.in_scope_of(user)):
        newest.setdefault(response.organisation_id or -response.pk, response)
    if not registers.in_fives(len(newest)):
        return None
    latest = next(iter(newest.values()))
    by_key = Questionnaire.of(latest.round.version).by_key
    all_answers = [response.answers for response in newest.values()]
    return {
        "count": len(newest),
        "topics": _ranked(
            (by_key[step.question].text, sum(step.is_due(each) for each in all_answers))
            for step in steps()
            if step.question in by_key
        ),
        "wishes": _wishes(by_key.get(WISHES), all_answers),
    }


def _wishes(question: Question | None, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if question is None:
        return []
    return _ranked(
        (option.text, sum(option.key in each.get(question.key, ()) for each in answers))
        for option in question.options
    )


def _ranked(rows: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    told = [row for row in rows if registers.in_fives(row[1])]
    return [{"label": label, "value": count} for label, count in sorted(told, key=lambda r: -r[1])]
