"""All sections, questions and options of a version at once: read, copied, written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from cluster_portal.surveys.models import Option, Question, Section

if TYPE_CHECKING:
    from django.db.models import Model

    from cluster_portal.surveys.models import Version

Row = TypeVar("Row", bound="Model")


@dataclass
class Outline:
    """Rows in their order, saved or not; `shown_if` leads from a question's key to another's.

    Questions point at their section and options at their question as objects, so that rows without
    a primary key hold together.
    """

    sections: list[Section] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    shown_if: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, version: Version) -> Outline:
        """Three statements."""
        sections = list(version.sections.order_by("position", "pk"))
        by_pk = {section.pk: section for section in sections}
        rows = Question.objects.filter(section__version=version)
        questions = list(rows.order_by("section__position", "section", "position", "pk"))
        for question in questions:
            question.section = by_pk[question.section_id]
        asked = {question.pk: question for question in questions}
        options = list(
            Option.objects.filter(question__section__version=version)
            .order_by("question", "is_row", "position", "pk")
        )  # fmt: skip
        for option in options:
            option.question = asked[option.question_id]
        shown_if = {q.key: asked[q.shown_if_id].key for q in questions if q.shown_if_id}
        return cls(sections, questions, options, shown_if)

    def questions_of(self, section: Section) -> list[Question]:
        return [question for question in self.questions if question.section is section]

    def options_of(self, question: Question) -> list[Option]:
        return [option for option in self.options if option.question is question]

    def keys_of(self, question: Question) -> list[str]:
        return [option.key for option in self.options_of(question) if not option.is_row]

    def write_to(self, version: Version) -> None:
        """New rows of a version that has none yet."""
        sections = {id(row): _copy(row) for row in self.sections}
        for section in sections.values():
            section.version = version
        Section.objects.bulk_create(sections.values())
        questions = {id(row): _copy(row) for row in self.questions}
        for row in self.questions:
            questions[id(row)].section = sections[id(row.section)]
            questions[id(row)].shown_if = None
        Question.objects.bulk_create(questions.values())
        options = []
        for option in self.options:
            copy = _copy(option)
            copy.question = questions[id(option.question)]
            options.append(copy)
        Option.objects.bulk_create(options)
        self._write_conditions({question.key: question for question in questions.values()})

    def _write_conditions(self, by_key: dict[str, Question]) -> None:
        """Only now have the questions primary keys to point at."""
        for key, earlier in self.shown_if.items():
            by_key[key].shown_if = by_key[earlier]
        changed = [by_key[key] for key in self.shown_if]
        Question.objects.bulk_update(changed, ["shown_if"])


def _copy(row: Row) -> Row:
    """A new, unsaved row with the same values; relations are set by the caller."""
    relations = {f.name for f in row._meta.concrete_fields if f.is_relation or f.primary_key}
    names = [f.name for f in row._meta.concrete_fields if f.name not in relations]
    return type(row)(**{name: getattr(row, name) for name in names})
