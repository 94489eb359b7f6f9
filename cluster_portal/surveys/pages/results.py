"""The results of a round: pictures with tables, who answered, what changed, what is hidden."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import pictures
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.disclosure import FEWEST
from cluster_portal.surveys.models import FollowUp, PublishedTable, Response, Round
from cluster_portal.surveys.models.follow_ups import OPEN, State
from cluster_portal.surveys.models.questions import Kind
from cluster_portal.surveys.models.rounds import looks_after
from cluster_portal.surveys.models.tables import Dimension
from cluster_portal.surveys.pages import levels, panels
from cluster_portal.surveys.pages.published import Published
from cluster_portal.surveys.pages.result_words import column_words, group_words
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from cluster_portal.surveys.pages.published import GroupPart, Part
    from cluster_portal.surveys.questionnaire import Question

MOST_OWN = 3  # organisations of one reader whose answers stand beside the results


def published(survey_round: Round, user: Reader) -> Published:
    rows = PublishedTable.objects.visible_to(user).filter(round=survey_round)
    return Published.of(survey_round, Questionnaire.of(survey_round.version), rows)


def round_before(shown: Published, user: Reader) -> Published | None:
    """The round that publishing found comparable, if the reader may see its results, too."""
    pk = shown.known("previous")
    if pk is None:
        return None
    rounds = Round.objects.visible_to(user).with_results().select_related("version")
    before = rounds.filter(pk=pk).first()
    return published(before, user) if before else None


def values(survey_round: Round, user: Reader) -> dict[str, Any]:
    shown = published(survey_round, user)
    before = round_before(shown, user)
    return {
        **figures(shown, before),
        "round": survey_round,
        "own": own_answers(shown, user),
        "follow_ups": follow_ups(survey_round, user),
        "change_url": change_url(survey_round, user),
        "csv_url": reverse("surveys:results_csv", args=[survey_round.slug]),
        "report_url": f"{reverse('surveys:report')}?round={survey_round.slug}",
        "trail": [
            {"name": _("Surveys"), "url": reverse("surveys:list")},
            {"name": survey_round.title, "url": survey_round.get_absolute_url()},
            {"name": pgettext("of a survey", "Results")},
        ],
    }


def follow_ups(survey_round: Round, user: Reader) -> list[dict[str, Any]]:
    """What was promised because of the results, the next one first, what is over last."""
    rows = FollowUp.objects.visible_to(user).filter(round=survey_round)
    return [
        {
            "row": row,
            "look": "late" if row.is_late else State(row.state).look,
            "words": _("Late") if row.is_late else row.get_state_display(),
        }
        for row in sorted(rows, key=lambda row: row.state not in OPEN)
    ]


def change_url(survey_round: Round, user: Reader) -> str:
    """Where its coordinators write what follows."""
    if not looks_after(survey_round, user):
        return ""
    return reverse("admin:surveys_round_change", args=[survey_round.pk]) + "#follow_ups-group"


def figures(shown: Published, before: Published | None) -> dict[str, Any]:
    """All that is told of a round; the preview of the coordinators shows the same."""
    profile = panels.maturity(shown, before)
    claims = [
        pic
        for section, questions in shown.told_sections()
        for pic in panels.of_section(section, _parts(shown, questions))
    ]
    return {
        "lead": lead(shown, before),
        "stats": stats(shown, before),
        "pictures": [profile, *claims] if profile else claims,
        "grids": [
            grid
            for dimension in (Dimension.SECTOR, Dimension.REGION)
            if (grid := side_by_side(shown, dimension))
        ],
        "untold": [question.text for question in untold(shown)],
        "hides": shown.hides(),
        "cautions": cautions(shown),
        "fewest": FEWEST,
    }


def cautions(shown: Published) -> list[str]:
    """What is left out because few have come or gone since the round before, in sentences."""
    few = {"fewest": FEWEST}
    found = []
    if shown.known("left_out"):
        found.append(
            _(
                "Those who answered this round but not the one before are not counted, because "
                "they are fewer than %(fewest)s."
            )
            % few
        )
    if shown.known("few_gone"):
        found.append(
            _(
                "Fewer than %(fewest)s of those who answered the round before did not answer now. "
                "So there are no figures by sector or region of what both rounds ask."
            )
            % few
        )
    return found


def _parts(shown: Published, questions: Iterable[Question]) -> list[Part]:
    return [part for question in questions for part in shown.parts(question)]


def untold(shown: Published) -> list[Question]:
    """Questions with a table that holds nothing: no figure of them would be safe."""
    questions = (q for _section, found in shown.told_sections() for q in found)
    return [question for question in questions if not shown.parts(question)]


def lead(shown: Published, before: Published | None) -> str:
    """The strongest and the weakest section, and which moved most."""
    rows = sorted(levels.profile(shown, before), key=lambda row: row.now)
    if len(rows) < 2:
        return ""
    words = _("Strongest: %(strong)s %(high)s. Weakest: %(weak)s %(low)s.") % {
        "strong": rows[-1].section.title,
        "high": panels.decimal(rows[-1].now),
        "weak": rows[0].section.title,
        "low": panels.decimal(rows[0].now),
    }
    moved = max(rows, key=lambda row: abs(row.change or 0))
    if not round(moved.change or 0, 1):
        return words
    change = _("Changed most: %(section)s %(change)s.") % {
        "section": moved.section.title,
        "change": pictures.change(moved.now, moved.before),
    }
    return f"{words} {change}"


def stats(shown: Published, before: Published | None) -> list[dict[str, Any]]:
    answered, again = shown.known("answered"), shown.known("again")
    known = shown.known("answered") is not None
    words = str(answered) if known else _("fewer than %(count)s") % {"count": FEWEST}
    found = [{"label": pgettext("below a figure", "answers"), "value": words}]
    if again is not None and before is not None:
        found.append({"label": _("of them for the second time"), "value": str(again)})
    means = levels.means(shown)
    if means:
        found.append(_mean_stat(means, levels.means(before) if before else {}, shown))
    told = sum(bool(shown.parts(q)) for _section, rows in shown.told_sections() for q in rows)
    return [*found, {"label": _("questions with figures"), "value": str(told)}]


def _mean_stat(now: dict[str, float], past: dict[str, float], shown: Published) -> dict[str, Any]:
    level = levels.average(list(now.values()))
    shared = [key for key in now if key in past]
    label = _("maturity on average")
    if shared:
        moved = levels.average([now[key] - past[key] for key in shared])
        label = f"{label}, {pictures.change(level, level - moved)}"
    return {"label": label, "value": panels.decimal(level), "of": f"/ {levels.top(shown)}"}


def side_by_side(shown: Published, dimension: str) -> dict[str, Any] | None:
    """Means of the sections by group, in the division that most questions are told in."""
    steps = levels.top(shown)
    by_section = [
        (section, [row for q in questions for row in _grouped_scale(shown, q, dimension, steps)])
        for section, questions in shown.told_sections()
    ]
    by_section = [(section, rows) for section, rows in by_section if rows]
    divisions = Counter(row.groups for _section, rows in by_section for row in rows)
    if not divisions:
        return None
    division = max(divisions, key=lambda groups: (divisions[groups], len(groups), groups))
    chosen = [[r for r in rows if r.groups == division] for _section, rows in by_section]
    return {
        "dimension": dimension,
        "title": _("Sectors side by side") if dimension == Dimension.SECTOR else _("Regions"),
        "caption": _("Means on a scale of 1–%(top)s, estimated from the figures that are told")
        % {"top": steps},
        "corner": _("Sector") if dimension == Dimension.SECTOR else _("Region"),
        "head": [section.title for section, _rows in by_section],
        "rows": [
            *(_group_row(dimension, codes, chosen, steps) for codes in division),
            {"name": _("Everybody"), "cells": [_everybody(rows, steps) for rows in chosen]},
        ],
    }


def _grouped_scale(
    shown: Published, question: Question, dimension: str, steps: int
) -> list[GroupPart]:
    if question.kind != Kind.SCALE or question.steps != steps:
        return []
    return shown.grouped(question, dimension)


def _group_row(
    dimension: str, codes: tuple[str, ...], chosen: list[list[GroupPart]], steps: int
) -> dict[str, Any]:
    found = [[levels.group_means(row)[codes] for row in rows] for rows in chosen]
    cells = [_cell(each, steps) for each in found]
    return {"name": group_words(dimension, codes), "cells": cells}


def _everybody(rows: list[GroupPart], steps: int) -> dict[str, Any]:
    """Of the same questions as the groups above it."""
    means = (levels.mean(row.part) for row in rows)
    return _cell([level for level in means if level is not None], steps)


def _cell(means: list[float], steps: int) -> dict[str, Any]:
    if not means:
        return {"hidden": _("Protected")}
    level = levels.average(means)
    return {"words": panels.decimal(level), "depth": pictures.part_depth(level - 1, steps)}


def own_answers(shown: Published, user: Reader) -> list[dict[str, Any]]:
    """What the reader's own organisations answered, beside everybody's figures."""
    known = audience(user)
    if known.user_id is None:
        return []
    mine = Q(person=known.user_id) | Q(organisation__in=known.edits)
    rows = Response.objects.mine(user).filter(mine, round=shown.survey_round).countable()
    return [
        {
            "name": str(response.organisation or _("Your answers")),
            "url": response.get_absolute_url(),
            "rows": _own_rows(shown, response.answers),
        }
        for response in rows.select_related("organisation")[:MOST_OWN]
    ]


def _own_rows(shown: Published, answers: dict[str, Any]) -> list[dict[str, str]]:
    questions = [question for _section, found in shown.told_sections() for question in found]
    return [
        {
            "question": question.text,
            "own": question.words(answers.get(question.key)) or "–",
            "all": _everybodys(shown, question, answers.get(question.key)),
        }
        for question in questions
    ]


def _everybodys(shown: Published, question: Question, own: Any) -> str:
    parts = shown.parts(question)
    if not parts:
        return _("Protected")
    if question.kind == Kind.SCALE:
        level = levels.mean(parts[0])
        return "–" if level is None else _("mean %(mean)s") % {"mean": panels.decimal(level)}
    if question.kind == Kind.CHOICE:
        return _same_share(parts[0], own)
    return ""


def _same_share(part: Part, own: Any) -> str:
    """How many per cent stand in the column of the reader's own answer."""
    for column, share in zip(part.columns, part.shares(), strict=True):
        if own in column.get("keys", ()):
            return f"{column_words(part.question, column)} {panels.per_cent(share)}"
    return ""
