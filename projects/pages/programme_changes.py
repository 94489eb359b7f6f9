"""What a draft of the action programme changes in the version in force, goal by goal."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.text.languages import LANGUAGES
from projects.models.programmes import Stage
from projects.pages.programmes import every_line, goal_blocks

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Goal, Measure, Programme
    from projects.pages.measure_lines import MeasureLine
    from projects.pages.programmes import GoalBlock

PLANNED = (
    *(f"title_{code}" for code in LANGUAGES), "starts_on", "ends_on",
    *(f"indicator_{code}" for code in LANGUAGES), "target",
    *(f"others_{code}" for code in LANGUAGES),
)  # fmt: skip


GOAL = tuple(
    f"{name}_{code}" for name in ("title", "description", "aim", "example") for code in LANGUAGES
)


@dataclass(frozen=True)
class Change:
    """One thing that differs: of which goal or measure, in the version in force, in the draft."""

    of: str
    what: str
    before: str
    after: str


def of_draft(
    programme: Programme, blocks: list[GoalBlock], in_force: Programme | None, user: Reader
) -> list[Change]:
    if programme.stage != Stage.DRAFT or in_force is None:
        return []
    blocks_before = goal_blocks(in_force, user)
    earlier = {line.measure.pk: line for line in every_line(blocks_before)}
    changes = [*_goals(blocks_before, blocks), *_influence_goals(in_force, programme)]
    for line in every_line(blocks):
        before = earlier.pop(line.measure.continues_id or 0, None)
        changes += _changed(before, line) if before else [_added(line)]
    return changes + [_removed(line) for line in earlier.values()]


def _goals(before: list[GoalBlock], after: list[GoalBlock]) -> list[Change]:
    earlier = {block.goal.pk: block.goal for block in before}
    changes: list[Change] = []
    for block in after:
        goal = earlier.pop(_continued(block, earlier), None)
        if goal is None:
            changes.append(Change(str(block.goal), _("Added goal"), "–", block.goal.title))
        else:
            changes += _differences(str(block.goal), _told_of_goal(goal), _told_of_goal(block.goal))
    return changes + [
        Change(str(goal), _("Removed goal"), goal.title, "–") for goal in earlier.values()
    ]


def _continued(block: GoalBlock, earlier: dict[int, Goal]) -> int:
    """The goal whose measures this one's continue; without such measures, that of its number."""
    sources = Counter(
        line.measure.continues.goal_id for line in block.lines if line.measure.continues
    )
    numbers = {goal.number: pk for pk, goal in earlier.items()}
    known = (pk for pk, _count in sources.most_common() if pk in earlier)
    return next(known, numbers.get(block.goal.number, 0))


def _told_of_goal(goal: Any) -> dict[str, str]:
    missing = pgettext("responsible party", "missing")
    told = {
        _("Number"): str(goal.number),
        _("Owner"): goal.owner.title if goal.owner and goal.owner_seen else missing,
    }
    return told | _fields(goal, GOAL)


def _influence_goals(before: Programme, after: Programme) -> list[Change]:
    """By their titles: they have neither number nor measures."""
    was, now = ({row.title: row for row in each.influence_goals.all()} for each in (before, after))
    added = [Change(t, _("Added influence goal"), "–", t) for t in now if t not in was]
    return added + [Change(t, _("Removed influence goal"), t, "–") for t in was if t not in now]


def _added(line: MeasureLine) -> Change:
    return Change(str(line.measure), _("Added measure"), "–", line.measure.title)


def _removed(line: MeasureLine) -> Change:
    return Change(str(line.measure), _("Removed measure"), line.measure.title, "–")


def _changed(before: MeasureLine, after: MeasureLine) -> list[Change]:
    return _differences(str(after.measure), _told(before), _told(after))


def _differences(of: str, was: dict[str, str], now: dict[str, str]) -> list[Change]:
    return [Change(of, what, was[what], now[what]) for what in now if was[what] != now[what]]


def _told(line: MeasureLine) -> dict[str, str]:
    measure = line.measure
    implementers = sorted(getattr(measure, "implementer_names", []))
    told = {
        _("Number"): measure.label,
        _("Responsible party"): line.owner or pgettext("responsible party", "missing"),
        _("Implementers"): ", ".join(implementers) or "–",
    }
    return told | _fields(measure, PLANNED)


def _fields(row: Goal | Measure, names: tuple[str, ...]) -> dict[str, str]:
    told = {}
    for name in names:
        label = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        told[capfirst(label)] = _shown(getattr(row, name))
    return told


def _shown(value: object) -> str:
    if isinstance(value, datetime.date):
        return date_format(value)
    return "–" if value in {None, ""} else str(value)
