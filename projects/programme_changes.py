"""What a draft of the action programme changes in the version in force, measure by measure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.languages import LANGUAGES
from projects.models import Measure
from projects.models.programmes import Stage
from projects.programme_page import every_line, goal_blocks

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Programme
    from projects.programme_page import GoalBlock, MeasureLine

PLANNED = (
    *(f"title_{code}" for code in LANGUAGES), "starts_on", "ends_on",
    *(f"indicator_{code}" for code in LANGUAGES), "target",
    *(f"others_{code}" for code in LANGUAGES),
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that differs: what it is, in the version in force, and in the draft."""

    measure: str
    what: str
    before: str
    after: str


def of_draft(
    programme: Programme, blocks: list[GoalBlock], in_force: Programme | None, user: Reader
) -> list[Change]:
    if programme.stage != Stage.DRAFT or in_force is None:
        return []
    earlier = {line.measure.pk: line for line in every_line(goal_blocks(in_force, user))}
    changes: list[Change] = []
    for line in every_line(blocks):
        before = earlier.pop(line.measure.continues_id or 0, None)
        changes += _changed(before, line) if before else [_added(line)]
    return changes + [_removed(line) for line in earlier.values()]


def _added(line: MeasureLine) -> Change:
    return Change(str(line.measure), _("Added measure"), "–", line.measure.title)


def _removed(line: MeasureLine) -> Change:
    return Change(str(line.measure), _("Removed measure"), line.measure.title, "–")


def _changed(before: MeasureLine, after: MeasureLine) -> list[Change]:
    name, was, now = str(after.measure), _told(before), _told(after)
    return [Change(name, what, was[what], now[what]) for what in now if was[what] != now[what]]


def _told(line: MeasureLine) -> dict[str, str]:
    measure = line.measure
    implementers = sorted(one.title for one in measure.implementers.all())
    told = {
        _("Number"): measure.label,
        _("Responsible party"): line.owner or pgettext("responsible party", "missing"),
        _("Implementers"): ", ".join(implementers) or "–",
    }
    for name in PLANNED:
        label = str(Measure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        told[capfirst(label)] = _shown(getattr(measure, name))
    return told


def _shown(value: Any) -> str:
    if isinstance(value, datetime.date):
        return date_format(value)
    return "–" if value in {None, ""} else str(value)
