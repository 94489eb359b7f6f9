"""Published tables as rows of a file, one for each figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.pages.result_words import column_words, group_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cluster_portal.surveys.pages.published import Part, Published
    from cluster_portal.surveys.questionnaire import Question

Row = list[str | int]


def head() -> list[str]:
    return [
        _("Section"), _("Question"), _("Row or option"), _("Division"), _("Group"), _("Answer"),
        _("Answers"), _("Share, %"),
    ]  # fmt: skip


def rows(shown: Published) -> Iterator[Row]:
    for section, questions in shown.told_sections():
        for question in questions:
            for row in of_question(shown, question):
                yield [section.title, *row]


def notes(sentences: Iterable[str]) -> Iterator[Row]:
    """What is to be known of the figures, under them."""
    for sentence in sentences:
        yield [_("In one round alone"), sentence, *[""] * (len(head()) - 2)]


def of_question(shown: Published, question: Question) -> Iterator[Row]:
    parts = shown.parts(question)
    if not parts:
        yield [question.text, "", str(Dimension.ALL.label), "", _("Protected"), "", ""]
    for part in parts:
        yield from of_part(part, Dimension.ALL)
    for dimension in (Dimension.SECTOR, Dimension.REGION):
        for grouped in shown.grouped(question, dimension):
            for codes, part in grouped.by_group():
                yield from of_part(part, dimension, group_words(dimension, codes))


def of_part(part: Part, dimension: str, group: str = "") -> Iterator[Row]:
    row, division = part.label if part.row else "", str(Dimension(dimension).label)
    for column, count, share in zip(part.columns, part.counts, part.shares(), strict=True):
        words = column_words(part.question, column)
        yield [part.question.text, row, division, group, words, count, share]
