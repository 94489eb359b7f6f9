"""The questions of one section as a page draws them: numbered, with what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.surveys.forms.answers import row_name
from cluster_portal.surveys.models.questions import Kind

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Mapping

    from django.forms import BaseForm

    from cluster_portal.surveys.questionnaire import Question

GROUPS = frozenset({Kind.CHOICE, Kind.MANY, Kind.SCALE, Kind.MATRIX})
LONGEST_TILES = 12  # more than these are chosen from a list


@dataclass(frozen=True)
class Choice:
    key: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    text: str
    name: str
    options: list[Choice]


@dataclass(frozen=True)
class Drawn:
    """What `templates/surveys/_question.html` draws."""

    key: str
    kind: str
    number: str
    id: str
    name: str
    text: str
    help: str
    value: Any
    error: str
    is_required: bool
    is_long: bool
    is_list: bool
    is_hidden: bool
    unit: str
    low: str
    high: str
    was: str
    because: str
    depends_on: str
    depends_on_keys: str
    options: list[Choice] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS and not self.is_list

    @property
    def template(self) -> str:
        return f"surveys/_question_{self.kind}.html"

    @property
    def described_by(self) -> str:
        return f"{self.id}_error {self.id}_help" if self.help else f"{self.id}_error"


@dataclass(frozen=True)
class Before:
    """What the same organisation answered the last time."""

    day: datetime.date
    answers: Mapping[str, Any]


def drawn(
    form: BaseForm, questions: Iterable[Question], *, numbers: Mapping[str, str],
    shown: Collection[str], before: Before | None = None,
) -> list[Drawn]:  # fmt: skip
    """The questions of a form, those too that an answer on the same page may bring out."""
    return [_drawn(form, question, numbers, shown, before) for question in questions]


def _drawn(
    form: BaseForm, question: Question, numbers: Mapping[str, str], shown: Collection[str],
    before: Before | None,
) -> Drawn:  # fmt: skip
    bound = form[question.key]
    value = bound.value()
    is_list = question.kind == Kind.CHOICE and len(question.options) > LONGEST_TILES
    return Drawn(
        key=question.key, kind=question.kind, number=numbers[question.key],
        id=bound.auto_id, name=bound.html_name, text=question.text, help=question.help,
        value=value, error=" ".join(map(str, bound.errors)), is_required=question.is_required,
        is_long=question.is_long, is_list=is_list, is_hidden=question.key not in shown,
        unit=question.unit, low=question.low, high=question.high,
        was=_was(question, before),
        because=_because(question, numbers), depends_on=question.shown_if,
        depends_on_keys=" ".join(question.shown_if_keys),
        options=_options(question, value, is_list=is_list),
        rows=_rows(question, bound.html_name, value),
    )  # fmt: skip


def _was(question: Question, before: Before | None) -> str:
    value = before.answers.get(question.key) if before else None
    if before is None or value is None:
        return ""
    said = {"day": date_format(before.day, "SHORT_DATE_FORMAT")}
    said["answer"] = question.words(value)
    return _("Last time (%(day)s) you answered: %(answer)s") % said


def _because(question: Question, numbers: Mapping[str, str]) -> str:
    if not question.shown_if:
        return ""
    number = {"number": numbers.get(question.shown_if, "")}
    return _("We ask this because of your answer to question %(number)s.") % number


def _options(question: Question, value: Any, *, is_list: bool) -> list[Choice]:
    """An answer that need not be given can be taken back."""
    if question.kind == Kind.MANY:
        return [Choice(one.key, one.text, one.key in (value or ())) for one in question.options]
    if question.kind == Kind.SCALE:
        steps = [str(step) for step in range(1, question.steps + 1)]
        return [Choice(step, step, step == value) for step in steps]
    if question.kind != Kind.CHOICE:
        return []
    choices = [Choice(one.key, one.text, one.key == value) for one in question.options]
    return choices if is_list else choices + _taken_back(question, value)


def _taken_back(question: Question, value: object) -> list[Choice]:
    return [] if question.is_required else [Choice("", _("No answer"), not value)]


def _rows(question: Question, name: str, value: Any) -> list[Row]:
    if question.kind != Kind.MATRIX:
        return []
    given = value or {}
    return [
        Row(
            row.text,
            row_name(name, row.key),
            [Choice(one.key, one.text, given.get(row.key) == one.key) for one in question.options]
            + _taken_back(question, given.get(row.key)),
        )
        for row in question.rows
    ]
