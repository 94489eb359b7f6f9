"""The answers of a round as rows of a file, for the coordinators who look after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.rounds import looks_after
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.surveys.models import Round
    from cluster_portal.surveys.questionnaire import Question
    from members.models import User


class Sheet(NamedTuple):
    head: list[str]
    rows: list[list[str]]


@transaction.atomic
def export_answers(
    survey_round: Round, *, by: User, reason: str, with_narrow: bool = False
) -> Sheet:
    """What was answered, recorded with the reason; narrow questions only where asked for."""
    if not looks_after(survey_round, by):
        raise Refused(_("You cannot do this."))
    if not reason.strip():
        raise Refused(_("Write what the answers are needed for."))
    questions = [
        q for q in Questionnaire.of(survey_round.version) if with_narrow or not q.is_narrow
    ]
    # Anonymous ones in no order: that of arrival would tell who answered when.
    order = "public_id" if survey_round.is_anonymous else "pk"
    responses = Response.objects.filter(round=survey_round).countable().order_by(order)
    rows = [
        [*_background(response), *_answers(response, questions)]
        for response in responses.select_related("organisation", "person")
    ]
    audit.record(
        survey_round, "survey answers exported", by=by, reason=reason.strip(),
        details={"rows": len(rows), "narrow": with_narrow},
    )  # fmt: skip
    return Sheet([*_background_head(), *_head(questions)], rows)


def _background_head() -> list[str]:
    return [
        _("Organisation"), _("Person"), _("State"), _("Day of the answer"), _("Sector"), _("Region")
    ]  # fmt: skip


def _background(response: Response) -> list[str]:
    day = response.answered_on
    return [
        str(response.organisation or ""),
        str(response.person or ""),
        str(response.get_stage_display()),
        date_format(day, "SHORT_DATE_FORMAT") if day else "",
        response.sector,
        response.region,
    ]


def _head(questions: list[Question]) -> list[str]:
    return [_marked(question, row) for question in questions for row in _rows(question)]


def _rows(question: Question) -> list[tuple[str, str]]:
    """Key and words of each column that a question takes: a matrix has one for each row."""
    if question.kind != Kind.MATRIX:
        return [("", "")]
    return [(row.key, row.text) for row in question.rows]


def _marked(question: Question, row: tuple[str, str]) -> str:
    words = f"{question.text} / {row[1]}" if row[1] else question.text
    return _("NARROW: %(question)s") % {"question": words} if question.is_narrow else words


def _answers(response: Response, questions: list[Question]) -> Iterator[str]:
    for question in questions:
        value = response.answers.get(question.key)
        for key, _words in _rows(question):
            yield question.words(value) if not key else _cell(question, value, key)


def _cell(question: Question, value: Any, row: str) -> str:
    chosen = (value or {}).get(row)
    return next((option.text for option in question.options if option.key == chosen), "")
