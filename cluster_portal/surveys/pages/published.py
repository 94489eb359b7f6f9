"""The tables of a round as its pages read them; they hold nothing but what was published."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.tables import Dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.surveys.models import PublishedTable, Round
    from cluster_portal.surveys.questionnaire import Question, Questionnaire, Section

Column = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """What is told of a question, of a row of a matrix or of an option, about everybody."""

    question: Question
    row: str
    columns: list[Column]
    counts: list[int]

    @property
    def label(self) -> str:
        rows = self.question.options if self.question.kind == Kind.MANY else self.question.rows
        return next((row.text for row in rows if row.key == self.row), self.question.text)

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def missing(self) -> int:
        """How many did not answer, where they are told by themselves."""
        rows = zip(self.columns, self.counts, strict=True)
        return sum(count for column, count in rows if not is_answer(column))

    def shares(self) -> list[int]:
        return shares(self.counts)

    @property
    def is_merged(self) -> bool:
        """Whether a reader could miss a value that is shown together with others."""
        return any(len(c.get("keys", ())) > 1 or is_mixed(c) for c in self.columns)


@dataclass(frozen=True)
class GroupPart:
    """The same by groups, in columns of its own."""

    part: Part
    columns: list[Column]
    rows: list[tuple[tuple[str, ...], list[int]]]

    def by_group(self) -> list[tuple[tuple[str, ...], Part]]:
        """What is told of each group, as if it were of everybody."""
        question, row = self.part.question, self.part.row
        return [(codes, Part(question, row, self.columns, counts)) for codes, counts in self.rows]

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        return tuple(codes for codes, _counts in self.rows)


@dataclass(frozen=True)
class Published:
    survey_round: Round
    questionnaire: Questionnaire
    tables: dict[str, dict[str, dict[str, Any]]]  # of each question, of each dimension

    @classmethod
    def of(
        cls, survey_round: Round, questionnaire: Questionnaire, rows: Iterable[PublishedTable]
    ) -> Published:
        tables: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in rows:
            tables[row.question_key][row.dimension] = row.table
        return cls(survey_round, questionnaire, dict(tables))

    def known(self, name: str) -> int | None:
        """What every table of everybody tells: `answered`, `again`, `previous`."""
        for table in self.tables.values():
            found = table[Dimension.ALL].get(name)
            return int(found) if found is not None else None
        return None

    def parts(self, question: Question) -> list[Part]:
        told = self.tables.get(question.key, {}).get(Dimension.ALL, {}).get("parts", [])
        return [Part(question, each["row"], each["columns"], each["counts"]) for each in told]

    def grouped(self, question: Question, dimension: str) -> list[GroupPart]:
        parts = {part.row: part for part in self.parts(question)}
        told = self.tables.get(question.key, {}).get(dimension, {}).get("parts", [])
        return [
            GroupPart(
                parts[each["row"]],
                each["columns"],
                [(tuple(row["codes"]), row["counts"]) for row in each["rows"]],
            )
            for each in told
        ]

    def told_sections(self) -> list[tuple[Section, list[Question]]]:
        """Sections with the questions that have a table, even one of which nothing can be told."""
        found = []
        for section in self.questionnaire.sections:
            questions = [q for q in section.questions if q.key in self.tables]
            if questions:
                found.append((section, questions))
        return found

    def hides(self) -> bool:
        """Whether anything is merged or left out."""
        for question in self.questionnaire:
            if question.key not in self.tables:
                continue
            parts = self.parts(question)
            rows = len(question.rows) + (len(question.options) * (question.kind == Kind.MANY))
            if len(parts) < max(1, rows) or any(part.is_merged for part in parts):
                return True
        return False


def shares(counts: list[int]) -> list[int]:
    total = sum(counts) or 1
    return [round(100 * count / total) for count in counts]


def is_mixed(column: Column) -> bool:
    """Whether it counts those who did not answer together with an answer."""
    return bool(column.get("missing")) and len(column) > 1


def is_answer(column: Column) -> bool:
    return "keys" in column or "from" in column
