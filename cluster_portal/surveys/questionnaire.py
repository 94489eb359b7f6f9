"""A questionnaire as it is asked: what is shown, what an answer may be, what is still missing.

An answer is a plain value by the key of its question:

    text    str                     choice  key of an option, or code of a term
    number  str of a decimal        many    list of such keys in the options' order
    money   int, cents              scale   int from 1 to the steps
    date    str, 2026-03-31         matrix  {key of a row: key of a column}

A question that was not answered has no key in the answers.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import vocabulary
from cluster_portal.core.numbers import day_of, decimal_of, parse_hundredths, typed
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.surveys.models.questions import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from cluster_portal.surveys.models import Question as QuestionRow
    from cluster_portal.surveys.models import Section as SectionRow
    from cluster_portal.surveys.models import Version

LONGEST = {True: 4000, False: 300}  # characters, of a text of several lines or of one
MOST_ON_A_PAGE = 40  # questions: a longer section is asked on several pages
Answers = dict[str, Any]
KEPT_SECONDS, MOST_KEPT = 60, 100


def fingerprint(value: object) -> str:
    """Short and the same for equal answers: tells whether one has changed since it was shown."""
    if value in (None, "", [], {}):
        return ""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:10]


@dataclass(frozen=True)
class Choice:
    key: str
    text: str


@dataclass(frozen=True)
class Question:
    """Texts are in the language in which the questionnaire was read."""

    key: str
    kind: str
    text: str
    help: str = ""
    is_required: bool = False
    is_long: bool = False
    is_narrow: bool = False
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    steps: int = 5
    low: str = ""
    high: str = ""
    fills: str = ""
    shown_if: str = ""
    shown_if_keys: tuple[str, ...] = ()
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()

    @property
    def is_free_text(self) -> bool:
        return self.kind == Kind.TEXT

    def is_shown(self, answers: Mapping[str, Any]) -> bool:
        """By its own condition alone; see `Questionnaire.visible`."""
        if not self.shown_if:
            return True
        given = answers.get(self.shown_if)
        values = given if isinstance(given, list) else [given]
        return any(str(value) in self.shown_if_keys for value in values if value is not None)

    def is_answered(self, answers: Mapping[str, Any]) -> bool:
        given = answers.get(self.key)
        if self.kind == Kind.MATRIX:
            return bool(given) and {row.key for row in self.rows} <= set(given or {})
        return given not in (None, "", [])

    def clean(self, raw: object) -> Any:
        """The value of what was typed; None where nothing was. Raises `ValidationError`.

        `raw` is a string, for `many` a list of strings, for a matrix a mapping of strings.
        """
        return _CLEANERS[self.kind](self, raw)

    def words(self, value: object) -> str:
        """The value as people read it, in the language of the questionnaire."""
        if value in (None, "", [], {}):
            return ""
        return _WORDS.get(self.kind, _plain)(self, value)


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    help: str = ""
    becomes: str = ""
    questions: tuple[Question, ...] = ()
    page: int = 1

    def pages(self) -> list[Section]:
        """Itself, or its questions divided evenly among as many pages as they need."""
        of = math.ceil(len(self.questions) / MOST_ON_A_PAGE)
        if of <= 1:
            return [self]
        size = math.ceil(len(self.questions) / of)
        return [
            replace(
                self, title=f"{self.title} ({page}/{of})", page=page,
                questions=self.questions[(page - 1) * size : page * size],
            )
            for page in range(1, of + 1)
        ]  # fmt: skip


@dataclass(frozen=True)
class Questionnaire:
    sections: tuple[Section, ...]
    by_key: dict[str, Question] = field(compare=False, repr=False)

    @classmethod
    def of(cls, version: Version) -> Questionnaire:
        """In the active language. A published version never changes, so that each process reads it
        once in a while (its terms may change); a draft is read each time, with three statements.
        """
        if version.published_at is None:
            return cls._read(version)
        place = (version.pk, version.published_at, get_language(), int(time.time() // KEPT_SECONDS))
        known = _published.get(place)
        if known is None:
            if len(_published) >= MOST_KEPT:
                _published.clear()
            known = _published[place] = cls._read(version)
        return known

    @classmethod
    def _read(cls, version: Version) -> Questionnaire:
        rows = version.sections.prefetch_related("questions__options").order_by("position", "pk")
        sections = list(rows)
        keys = {q.pk: q.key for section in sections for q in section.questions.all()}
        return cls.built([_section(section, keys) for section in sections])

    @classmethod
    def built(cls, sections: Collection[Section]) -> Questionnaire:
        by_key = {q.key: q for section in sections for q in section.questions}
        return cls(tuple(sections), by_key)

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def __iter__(self) -> Iterator[Question]:
        return iter(self.by_key.values())

    def visible(self, answers: Mapping[str, Any]) -> set[str]:
        """Keys of the questions that branching leaves: a hidden one hides those that follow it."""
        shown: set[str] = set()
        for question in self:
            parent_is_shown = not question.shown_if or question.shown_if in shown
            if parent_is_shown and question.is_shown(answers):
                shown.add(question.key)
        return shown

    def trimmed(self, answers: Mapping[str, Any]) -> Answers:
        """The answers without those to questions that branching hides."""
        shown = self.visible(answers)
        return {key: value for key, value in answers.items() if key in shown}

    def missing(self, answers: Mapping[str, Any], section: Section | None = None) -> list[Question]:
        """Required questions, shown and unanswered, in their order."""
        shown = self.visible(answers)
        among = section.questions if section else self
        return [q for q in among if q.is_required and q.key in shown and not q.is_answered(answers)]


_published: dict[tuple[object, ...], Questionnaire] = {}


def _section(row: SectionRow, keys: Mapping[int, str]) -> Section:
    questions = sorted(row.questions.all(), key=lambda q: (q.position, q.pk))
    built = tuple(_question(question, keys) for question in questions)
    return Section(row.key, str(row.title), str(row.help), row.becomes, built)


def _question(row: QuestionRow, keys: Mapping[int, str]) -> Question:
    options = sorted(row.options.all(), key=lambda option: (option.position, option.pk))
    choices = _terms(row.scheme)
    if not row.scheme:
        choices = [Choice(o.key, str(o.text)) for o in options if not o.is_row]
    return Question(
        key=row.key, kind=row.kind, text=str(row.text), help=str(row.help),
        is_required=row.is_required, is_long=row.is_long, is_narrow=row.is_narrow, unit=row.unit,
        minimum=row.minimum, maximum=row.maximum, steps=row.steps, low=str(row.low),
        high=str(row.high), fills=row.fills, shown_if=keys.get(row.shown_if_id or 0, ""),
        shown_if_keys=tuple(row.shown_if_keys), options=tuple(choices),
        rows=tuple(Choice(o.key, str(o.text)) for o in options if o.is_row),
    )  # fmt: skip


def _terms(scheme: str) -> list[Choice]:
    """Without the headings that only gather other terms."""
    terms = vocabulary.terms(scheme)
    headings = {term.broader_id for term in terms}
    return [Choice(term.code, term.label) for term in terms if term.pk not in headings]


def _text(question: Question, raw: object) -> str | None:
    """`maximum` of a text is how many characters it may have."""
    typed_text = str(raw or "")
    clean = cleaning.prose(typed_text) if question.is_long else cleaning.one_line(typed_text)
    limit = question.maximum or LONGEST[question.is_long]
    if len(clean) > limit:
        raise ValidationError(_("Write at most %(limit)s characters.") % {"limit": limit})
    refuse_marked(clean)
    return clean or None


def _number(question: Question, raw: object) -> str | None:
    text = cleaning.one_line(str(raw or ""))
    if not text:
        return None
    found = decimal_of(text)
    if found is None:
        raise ValidationError(_("Write a number, for example 12 or 1 234,5."))
    _in_limits(question, found)
    return format(found, "f")


def _in_limits(question: Question, found: Any) -> None:
    low, high = question.minimum, question.maximum
    if low is not None and found < low:
        raise ValidationError(_("Write a number that is at least %(limit)s.") % {"limit": low})
    if high is not None and found > high:
        raise ValidationError(_("Write a number that is at most %(limit)s.") % {"limit": high})


def _money(question: Question, raw: object) -> int | None:
    text = cleaning.one_line(str(raw or ""))
    if not text:
        return None
    cents = parse_hundredths(text)
    _in_limits(question, cents / 100)
    return cents


def _date(_question: Question, raw: object) -> str | None:
    text = cleaning.one_line(str(raw or ""))
    if not text:
        return None
    found = day_of(text)
    if found is None:
        raise ValidationError(_("Write a day, for example 31.3.2027."))
    return found.isoformat()


def _choice(question: Question, raw: object) -> str | None:
    return _among(question.options, str(raw)) if raw else None


def _among(options: tuple[Choice, ...], key: str) -> str:
    if all(option.key != key for option in options):
        raise ValidationError(_("Choose one of the options."))
    return key


def _many(question: Question, raw: Any) -> list[str] | None:
    chosen = {_among(question.options, str(key)) for key in raw or []}
    return [option.key for option in question.options if option.key in chosen] or None


def _scale(question: Question, raw: object) -> int | None:
    text = str(raw or "")
    if not text:
        return None
    if text not in {str(step) for step in range(1, question.steps + 1)}:
        raise ValidationError(_("Choose one of the options."))
    return int(text)


def _matrix(question: Question, raw: Any) -> dict[str, str] | None:
    rows = {row.key for row in question.rows}
    given = {row: key for row, key in dict(raw or {}).items() if row in rows and key}
    return {row: _among(question.options, str(key)) for row, key in given.items()} or None


_CLEANERS: dict[str, Callable[[Question, Any], Any]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
}


def _plain(question: Question, value: object) -> str:
    return f"{value} {question.unit}".strip()


def _number_words(question: Question, value: object) -> str:
    number = str(value).replace(".", ",")
    return f"{number} {question.unit}".strip()


def _money_words(_question: Question, value: Any) -> str:
    return f"{typed(value)} €"


def _day_words(_question: Question, value: Any) -> str:
    return date_format(datetime.date.fromisoformat(value))


def _option_words(question: Question, value: object) -> str:
    return next((option.text for option in question.options if option.key == value), str(value))


def _many_words(question: Question, value: Any) -> str:
    return ", ".join(_option_words(question, key) for key in value)


def _scale_words(question: Question, value: object) -> str:
    return _("%(step)s of %(steps)s") % {"step": value, "steps": question.steps}


def _matrix_words(question: Question, value: Any) -> str:
    named = [(row.text, value[row.key]) for row in question.rows if row.key in value]
    return "; ".join(f"{text}: {_option_words(question, key)}" for text, key in named)


_WORDS: dict[str, Callable[[Question, Any], str]] = {
    Kind.NUMBER: _number_words,
    Kind.MONEY: _money_words,
    Kind.DATE: _day_words,
    Kind.CHOICE: _option_words,
    Kind.MANY: _many_words,
    Kind.SCALE: _scale_words,
    Kind.MATRIX: _matrix_words,
}
