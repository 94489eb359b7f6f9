"""The poster of a thread: at most twelve boxes, what is missing dashed."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core import pictures, thread
from cluster_portal.core.knots import NAMES, Column
from cluster_portal.core.text.hyphenate import lines

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from cluster_portal.core.thread import Step, Thread

MOST_BOXES, MOST_LANES = 12, 3
LANES = {1: (0.0,), 2: (-0.5, 0.5), 3: (-1.0, 0.0, 1.0)}
WIDTH, LINES, STATEMENT = 19, 3, 44


def missing(shown: Thread) -> list[Column]:
    """What the thread still lacks on its way to a measure."""
    there = {step.column for step in shown.steps}
    reached = max(there - {Column.MEASURE}, default=Column.MEASURE)
    declared = {knot.column for _model, knot in thread.knots().values()}
    return [each for each in Column if each > reached and each in declared - there]


def poster(shown: Thread) -> SafeString:
    lacking = missing(shown)
    columns = sorted({*lacking, *(step.column for step in shown.steps)})
    boxes = _boxes(shown, lacking, columns)
    names = {each: str(NAMES[each]) for each in columns}
    return pictures.poster(
        pictures.Caption("thread", _("The thread from need to measure"), describe(shown)),
        [names[each] for each in columns],
        [box for _column, box in boxes],
        _links(shown, boxes, lacking),
        lines(shown.steps[0].title, STATEMENT, 2),
        _foot(),
    )


def describe(shown: Thread) -> str:
    """What the picture shows, in words."""
    counts = Counter(str(step.kind) for step in shown.steps)
    there = ", ".join(f"{kind} {number}" for kind, number in counts.items())
    gaps = ", ".join(str(NAMES[each]) for each in missing(shown))
    words = _("On the thread: %(steps)s.") % {"steps": there}
    lacking = _("Missing: %(steps)s.") % {"steps": gaps}
    return f"{words} {lacking}" if gaps else words


def _foot() -> str:
    day = _("as of %(day)s") % {"day": date_format(timezone.localdate(), "SHORT_DATE_FORMAT")}
    example = [_("example content")] if settings.DEMO else []
    return " · ".join([_("Security cluster"), day, *example])


Box = tuple[Column, pictures.Knot]


def _boxes(shown: Thread, lacking: list[Column], columns: list[Column]) -> list[Box]:
    by_column: dict[Column, list[Step]] = defaultdict(list)
    for step in sorted(shown.steps, key=lambda one: one.look == "stopped"):
        by_column[step.column].append(step)
    room = _room({column: len(steps) for column, steps in by_column.items()}, len(lacking))
    numbers = {step.place: number for number, step in enumerate(shown.steps, start=1)}
    found: list[Box] = []
    for index, column in enumerate(columns):
        steps = by_column[column]
        lanes = LANES[min(len(steps), room.get(column, 1)) or 1]
        alone = steps if len(steps) <= len(lanes) else steps[: len(lanes) - 1]
        found += [
            (column, _box(step, str(numbers[step.place]), index, lane))
            for step, lane in zip(alone, lanes, strict=False)
        ]
        if len(alone) < len(steps):
            found.append((column, _folded(column, len(steps) - len(alone), index, lanes[-1])))
        if not steps:
            found.append((column, _gap(column, index)))
    return found


def _room(counts: dict[Column, int], gaps: int) -> dict[Column, int]:
    """How many boxes each column may have, so that there are at most twelve."""
    room = {column: min(count, MOST_LANES) for column, count in counts.items()}
    while sum(room.values()) + gaps > MOST_BOXES:
        fullest = max(room, key=lambda column: room[column])
        room[fullest] -= 1
    return room


def _box(step: Step, label: str, index: int, lane: float) -> pictures.Knot:
    day = date_format(step.day, "SHORT_DATE_FORMAT") if step.day else ""
    state = {"done": "done", "stopped": "broken"}.get(step.look, "now")
    if step.column == Column.MEASURE:
        state = "goal"
    return pictures.Knot(
        key_of(step), label, index, lane, f"{step.kind} {day}".strip(),
        lines(step.title, WIDTH, LINES), step.state, state,
    )  # fmt: skip


def key_of(step: Step) -> str:
    return f"{step.place.key}-{step.place.pk}"


def _folded(column: Column, count: int, index: int, lane: float) -> pictures.Knot:
    words = ngettext("%(count)d more in the list", "%(count)d more in the list", count)
    return pictures.Knot(
        f"more-{column.value}", f"+{count}", index, lane, str(NAMES[column]),
        lines(words % {"count": count}, WIDTH, LINES), "", "now",
    )  # fmt: skip


def _gap(column: Column, index: int) -> pictures.Knot:
    return pictures.Knot(
        f"gap-{column.value}", "", index, 0.0, str(NAMES[column]), [_("Missing")],
        _("nothing to show yet"), "broken",
    )  # fmt: skip


def _links(shown: Thread, boxes: list[Box], lacking: list[Column]) -> list[tuple[str, str]]:
    """Ties between the boxes; folded steps are tied by their common box, gaps in a row."""
    drawn = {box.key for _column, box in boxes}
    keys = {
        step.place: key_of(step) if key_of(step) in drawn else f"more-{step.column.value}"
        for step in shown.steps
    }
    real: dict[Any, None] = {(keys[a], keys[b]): None for a, b in shown.links}
    last = [box.key for column, box in boxes if column == _before(boxes, lacking)]
    gaps = [f"gap-{column.value}" for column in lacking]
    goals = [box.key for column, box in boxes if column == Column.MEASURE]
    chain = [*((key, gaps[0]) for key in last if gaps), *itertools.pairwise(gaps)]
    if gaps and Column.MEASURE not in lacking:
        chain += [(gaps[-1], goal) for goal in goals]
    return [*real, *chain]


def _before(boxes: list[Box], lacking: list[Column]) -> Column | None:
    """The last column with something in it before what is missing."""
    there = [column for column, _box in boxes if lacking and column < lacking[0]]
    return max(there, default=None)
