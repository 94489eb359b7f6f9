"""What keeps a questionnaire from being published, and what its maker may still want to add."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import vocabulary
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.surveys.models.questions import WITH_OPTIONS, FactKind, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Field, Model

    from cluster_portal.surveys.models import Question, Section
    from cluster_portal.surveys.services.outlines import Outline

RECORDS = {
    FactKind.CAPABILITY: "members.Capability",
    FactKind.NEED: "members.Need",
    FactKind.SKILL_GAP: "surveys.SkillGap",
    FactKind.INFRASTRUCTURE: "surveys.InfrastructureNeed",
    FactKind.CIRCULAR_CASE: "surveys.CircularCase",
    FactKind.FUNDING_NEED: "surveys.FundingNeed",
}
# Fields of the record that an answer can fill; one in three languages without its language.
FILLABLE = {
    FactKind.CAPABILITY: (
        "kind", "title", "summary", "terms", "trl", "power_cut", "delivery", "references",
        "dual_use",
    ),
    FactKind.NEED: ("what", "purpose", "kind", "needed_by"),
    FactKind.SKILL_GAP: ("occupation", "field", "shortage", "year", "region"),
    FactKind.INFRASTRUCTURE: ("sector", "need_type", "region", "urgency", "justification"),
    FactKind.CIRCULAR_CASE: (
        "sector", "side_stream", "replaces", "quantity", "readiness", "potential", "region",
    ),
    FactKind.FUNDING_NEED: ("what", "theme", "region", "amount", "priority"),
}  # fmt: skip
# Where an answer that only the organisation and its coordinators see can go: fields that are as
# narrow, and records that the database keeps private.
NARROW = {FactKind.CAPABILITY: frozenset({"dual_use"})}
PRIVATE = frozenset({FactKind.INFRASTRUCTURE, FactKind.FUNDING_NEED})
# Answers that another question can be shown by.
BRANCHING = frozenset({Kind.CHOICE, Kind.MANY, Kind.SCALE})
TEXTS = ("title", "text", "help", "low", "high", "name", "description")
FEWEST_OPTIONS = 2


def missing_languages(row: Model) -> list[str]:
    """The languages in which the row lacks a text that it has in Finnish."""
    stems = [stem for stem in TEXTS if getattr(row, f"{stem}_fi", "")]
    others = LANGUAGES[1:]
    return [each for each in others if not all(getattr(row, f"{s}_{each}") for s in stems)]


def remarks(outline: Outline) -> list[str]:
    """Finnish stands in for a missing text, so it is no fault."""
    rows: list[Model] = [*outline.sections, *outline.questions, *outline.options]
    lacking = [language for row in rows for language in missing_languages(row)]
    names = {"sv": _("in Swedish"), "en": _("in English")}
    found = []
    for language, name in names.items():
        count = lacking.count(language)
        if count:
            words = ngettext(
                "A text is missing %(language)s; it is shown in Finnish.",
                "%(count)d texts are missing %(language)s; they are shown in Finnish.",
                count,
            )
            found.append(words % {"language": name, "count": count})
    return found


def faults(outline: Outline) -> list[str]:
    """Sentences for whoever publishes; without any the version can be answered."""
    return [*_empty(outline), *_doubled(outline), *_of_questions(outline), *_of_records(outline)]


def _empty(outline: Outline) -> Iterator[str]:
    if not outline.questions:
        yield _("The questionnaire has no questions.")
        return
    for section in outline.sections:
        if not outline.questions_of(section):
            yield _("The section “%(section)s” has no questions.") % {"section": section.title}


def _doubled(outline: Outline) -> Iterator[str]:
    seen: set[str] = set()
    for question in outline.questions:
        if question.key in seen:
            yield _("Two questions have the key “%(key)s”.") % {"key": question.key}
        seen.add(question.key)


def _of_questions(outline: Outline) -> Iterator[str]:
    earlier: dict[str, Question] = {}
    for question in outline.questions:
        yield from _of_options(outline, question)
        if question.key in outline.shown_if:
            yield from _of_condition(outline, question, earlier)
        earlier[question.key] = question


def _of_options(outline: Outline, question: Question) -> Iterator[str]:
    if question.kind not in WITH_OPTIONS or question.scheme:
        return
    named = {"question": question.text}
    if len(outline.keys_of(question)) < FEWEST_OPTIONS:
        yield _("The question “%(question)s” needs at least two options.") % named
    rows = [option for option in outline.options_of(question) if option.is_row]
    if question.kind == Kind.MATRIX and not rows:
        yield _("The table “%(question)s” has no rows.") % named


def _of_condition(
    outline: Outline, question: Question, earlier: dict[str, Question]
) -> Iterator[str]:
    named = {"question": question.text}
    parent = earlier.get(outline.shown_if[question.key])
    if parent is None:
        yield _("“%(question)s” depends on a question that comes after it.") % named
    elif parent.kind not in BRANCHING:
        yield _("“%(question)s” depends on a question that has no options.") % named
    elif not set(question.shown_if_keys) or set(question.shown_if_keys) - set(
        answer_keys(outline, parent)
    ):
        yield _("Choose again by which answers “%(question)s” is shown.") % named


def answer_keys(outline: Outline, question: Question) -> list[str]:
    """The answers that a question can have, as conditions name them."""
    if question.kind == Kind.SCALE:
        return [str(step) for step in range(1, question.steps + 1)]
    if question.scheme:
        return [term.code for term in vocabulary.terms(question.scheme)]
    return outline.keys_of(question)


def record_field(kind: str, name: str) -> Field[Any, Any] | None:
    if name not in FILLABLE[FactKind(kind)]:
        return None
    meta = apps.get_model(RECORDS[FactKind(kind)])._meta
    for candidate in (name, f"{name}_fi"):
        try:
            return meta.get_field(candidate)
        except FieldDoesNotExist:
            continue
    return None


def _of_records(outline: Outline) -> Iterator[str]:
    for section in outline.sections:
        filled: set[str] = set()
        for question in outline.questions_of(section):
            if question.fills:
                yield from _of_field(outline, section, question)
                if question.fills in filled:
                    yield _("Two answers of “%(section)s” fill the same field.") % {
                        "section": section.title
                    }
                filled.add(question.fills)
        if section.becomes and not filled:
            yield _("“%(section)s” becomes a record, but no answer fills a field of it.") % {
                "section": section.title
            }


def _of_field(outline: Outline, section: Section, question: Question) -> Iterator[str]:
    named = {"question": question.text, "field": question.fills}
    if not section.becomes:
        yield _("“%(question)s” fills a field, but its section becomes no record.") % named
        return
    found = record_field(section.becomes, question.fills)
    if found is None:
        yield _("“%(question)s” fills “%(field)s”, which the record does not have.") % named
    elif not _fits(outline, question, found):
        yield _("The answers to “%(question)s” do not fit “%(field)s”.") % named
    elif question.is_narrow and not _stays_narrow(section.becomes, question.fills):
        yield _("“%(question)s” is seen by few, but “%(field)s” is shown to others.") % named


def _stays_narrow(kind: str, name: str) -> bool:
    fact = FactKind(kind)
    return fact in PRIVATE or name in NARROW.get(fact, ())


def _fits(outline: Outline, question: Question, found: Any) -> bool:
    if found.is_relation:
        return bool(question.scheme)
    if found.choices:
        values = {str(value) for value, _label in found.flatchoices}
        return set(answer_keys(outline, question)) <= values
    if isinstance(found, IntegerField):
        return question.kind in {Kind.NUMBER, Kind.SCALE, Kind.CHOICE}
    return not isinstance(found, ForeignKey)
