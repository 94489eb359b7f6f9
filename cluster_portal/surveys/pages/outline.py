"""A version of a questionnaire as whoever makes it sees it: all its questions on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.services.outlines import Outline
from cluster_portal.surveys.services.template_checks import (
    faults,
    missing_languages,
    record_field,
    remarks,
)

if TYPE_CHECKING:
    from django.db.models import Model

    from cluster_portal.surveys.models import Question, Section, Version

MOST_OPTIONS = 12


@dataclass(frozen=True)
class Line:
    """One question; `missing` are the languages in which something of it is not written."""

    question: Question
    number: str
    missing: list[str]
    condition: str
    answers: list[str]
    more: int
    fills: str


@dataclass(frozen=True)
class Part:
    section: Section
    number: int
    missing: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Plan:
    parts: list[Part]
    faults: list[str]
    remarks: list[str]

    @property
    def count(self) -> int:
        return sum(len(part.lines) for part in self.parts)


def plan_of(version: Version) -> Plan:
    outline = Outline.of(version)
    numbers = _numbers(outline)
    parts = [
        Part(
            section, number, missing_languages(section),
            [_line(outline, each, numbers) for each in outline.questions_of(section)],
        )
        for number, section in enumerate(outline.sections, start=1)
    ]  # fmt: skip
    return Plan(parts, faults(outline), remarks(outline))


def _numbers(outline: Outline) -> dict[str, str]:
    return {
        question.key: f"{part}.{number}"
        for part, section in enumerate(outline.sections, start=1)
        for number, question in enumerate(outline.questions_of(section), start=1)
    }


def _line(outline: Outline, question: Question, numbers: dict[str, str]) -> Line:
    answers = answers_told(outline, question)
    rows: list[Model] = [question, *outline.options_of(question)]
    lacking = {language for row in rows for language in missing_languages(row)}
    becomes = question.section.becomes
    found = record_field(becomes, question.fills) if becomes and question.fills else None
    return Line(
        question, numbers[question.key], sorted(lacking, reverse=True),
        _condition(outline, question, numbers), answers[:MOST_OPTIONS],
        max(0, len(answers) - MOST_OPTIONS), str(found.verbose_name) if found else question.fills,
    )  # fmt: skip


def answers_told(outline: Outline, question: Question) -> list[str]:
    """What can be answered, in words, without long lists of the vocabulary."""
    if question.scheme:
        return [str(Scheme(question.scheme).label)]
    if question.kind == Kind.SCALE:
        return [f"1 {question.low}".strip(), f"{question.steps} {question.high}".strip()]
    options = outline.options_of(question)
    return [str(option.text) for option in sorted(options, key=lambda option: option.is_row)]


def _condition(outline: Outline, question: Question, numbers: dict[str, str]) -> str:
    """2.1: Yes, Maybe – the question that decides, and its answers."""
    parent = next(
        (each for each in outline.questions if each.key == outline.shown_if.get(question.key)), None
    )
    if parent is None:
        return ""
    labels = answer_labels(outline, parent)
    chosen = [labels.get(key, key) for key in question.shown_if_keys]
    return f"{numbers[parent.key]}: {', '.join(chosen)}"


def answer_labels(outline: Outline, question: Question) -> dict[str, Any]:
    """The answers to a question by the keys that conditions name them by."""
    if question.kind == Kind.SCALE:
        return {str(step): str(step) for step in range(1, question.steps + 1)}
    if question.scheme:
        return {term.code: term.label for term in vocabulary.terms(question.scheme)}
    options = outline.options_of(question)
    return {option.key: str(option.text) for option in options if not option.is_row}
