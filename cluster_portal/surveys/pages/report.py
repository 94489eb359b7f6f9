"""The report builder: a round, questions of it, a group that was published; all in the address.

It chooses among published tables and makes none: a group is a row of one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.surveys.models import Round
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.pages import panels, result_rows
from cluster_portal.surveys.pages.result_words import group_words
from cluster_portal.surveys.pages.results import cautions, published

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.pages.published import Part, Published
    from cluster_portal.surveys.questionnaire import Question, Section

MOST_ROUNDS = 200
Group = tuple[str, tuple[str, ...]]  # a dimension and the codes that it shows together


@dataclass(frozen=True)
class Chosen:
    """What an address asks for, as far as it is there: the rest is passed over."""

    shown: Published
    questions: list[Question]
    group: Group | None

    def parts(self, question: Question) -> list[Part]:
        if self.group is None:
            return self.shown.parts(question)
        dimension, codes = self.group
        return [
            part
            for grouped in self.shown.grouped(question, dimension)
            for found, part in grouped.by_group()
            if found == codes
        ]

    @property
    def group_label(self) -> str:
        return group_words(*self.group) if self.group else _("Everybody")

    def query(self) -> str:
        values = [("round", self.shown.survey_round.slug)]
        values += [("question", question.key) for question in self.questions]
        if self.group:
            values.append(("group", group_key(self.group)))
        return urlencode(values)


def group_key(group: Group) -> str:
    dimension, codes = group
    return f"{dimension}:{'+'.join(codes)}"


def rounds(user: Reader) -> Any:
    found = Round.objects.visible_to(user).with_results().newest_first()
    return found.select_related("version__template", "home_cluster")


def groups(shown: Published) -> list[Group]:
    """Every group that some table has a row of."""
    found = {
        (dimension, codes)
        for dimension in (Dimension.SECTOR.value, Dimension.REGION.value)
        for question in shown.questionnaire
        for grouped in shown.grouped(question, dimension)
        for codes, _counts in grouped.rows
    }
    return sorted(found, key=lambda group: (group[0] != Dimension.SECTOR, group_words(*group)))


def chosen(query: QueryDict, user: Reader) -> Chosen | None:
    slug = query.get("round", "")
    survey_round = rounds(user).filter(slug=slug).first() if slug else None
    if survey_round is None:
        return None
    shown = published(survey_round, user)
    wanted = set(query.getlist("question"))
    told = [question for _section, found in shown.told_sections() for question in found]
    known = {group_key(group): group for group in groups(shown)}
    return Chosen(
        shown, [q for q in told if q.key in wanted] or told, known.get(query.get("group", ""))
    )


def values(query: QueryDict, user: Reader) -> dict[str, Any]:
    found = chosen(query, user)
    slug = found.shown.survey_round.slug if found else ""
    return {
        "rounds": [
            {"value": each.slug, "label": each.title, "selected": each.slug == slug}
            for each in rounds(user)[:MOST_ROUNDS]
        ],
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": _("Report builder")},
        ],
        **(_report(found) if found else {}),
    }


def _report(found: Chosen) -> dict[str, Any]:
    shown, survey_round = found.shown, found.shown.survey_round
    asked = {question.key for question in found.questions}
    return {
        "round": survey_round,
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {"key": q.key, "text": q.text, "checked": q.key in asked} for q in questions
                ],
            }
            for section, questions in shown.told_sections()
        ],
        "groups": [
            {
                "value": group_key(group),
                "label": f"{Dimension(group[0]).label}: {group_words(*group)}",
                "selected": group == found.group,
            }
            for group in groups(shown)
        ],
        "group_label": found.group_label,
        "pictures": [
            pic
            for section, parts in _by_section(found)
            for pic in panels.of_section(section, parts)
        ],
        "untold": [q.text for q in found.questions if not found.parts(q)],
        "cautions": cautions(shown),
        "csv_url": f"{reverse('surveys:report_csv')}?{found.query()}",
        "share_url": f"{reverse('surveys:report')}?{found.query()}",
        "results_url": reverse("surveys:results", args=[survey_round.slug]),
    }


def _by_section(found: Chosen) -> Iterator[tuple[Section, list[Part]]]:
    for section, questions in found.shown.told_sections():
        rows = [q for q in questions if q in found.questions]
        yield section, [part for question in rows for part in found.parts(question)]


def as_rows(query: QueryDict, user: Reader) -> tuple[list[str], Iterable[result_rows.Row]]:
    """The figures of the report as rows of a file; nothing for an address that names no round."""
    found = chosen(query, user)
    return result_rows.head(), _rows(found) if found else ()


def _rows(found: Chosen) -> Iterator[result_rows.Row]:
    dimension = found.group[0] if found.group else Dimension.ALL.value
    group = found.group_label if found.group else ""
    for section, parts in _by_section(found):
        for part in parts:
            for row in result_rows.of_part(part, dimension, group):
                yield [section.title, *row]
    yield from result_rows.notes(cautions(found.shown))
