"""Profiles of answers: levels on a scale now and before, and answers in parts.

As charts: show them by components/picture.html, which adds the table.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import number_format

from cluster_portal.core.pictures.drawing import Caption, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

_WIDTH = 360.0
_PAD = 8.0
_LEVEL_ROW = 58
_PARTS_ROW = 52
_LINE = 18
_LINE_LENGTH = 46  # characters that fit the width of a phone
_MOST_LINES = 3
_NARROWEST = 8  # per cent: a part below it has no room for its figure
_DEEPEST = 5


class Level(NamedTuple):
    """`low` and `high` are the ends of the middle half of the answers."""

    label: str
    now: float
    before: float | None = None
    low: float | None = None
    high: float | None = None


class Answers(NamedTuple):
    """Shares in per cent, from little to much; `tones` are their colours where told, 1 to 5."""

    label: str
    shares: tuple[int, ...]
    tones: tuple[int, ...] = ()


def change(now: float, before: float | None) -> str:
    """With its sign, to one decimal; nothing where there is none to tell."""
    if before is None:
        return ""
    difference = round(now - before, 1)
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{sign}{number_format(abs(difference), 1)}"


def level_profile(caption: Caption, rows: Sequence[Level], top: int = 5) -> SafeString:
    """A line from 1 to `top` for each row: band = middle half, ring = before, disc = now."""
    body = [part for index, row in enumerate(rows) for part in _level(row, index, top)]
    return svg(caption, (_WIDTH, max(1, len(rows)) * _LEVEL_ROW - 4), body)


def _level(row: Level, index: int, top: int) -> Iterator[str]:
    y = index * _LEVEL_ROW + 34
    moved = change(row.now, row.before)
    figure = number_format(round(row.now, 1), 1)
    yield text(0, y - 18, row.label)
    yield text(_WIDTH, y - 18, f"{figure} ({moved})" if moved else figure, "strong end")
    yield f'<path class="level__track" d="M{number(_PAD)} {y}H{number(_WIDTH - _PAD)}"/>'
    for step in range(1, top + 1):
        yield f'<path class="level__tick" d="M{number(_at(step, top))} {y - 5}v10"/>'
    now = number(_at(row.now, top))
    if row.low is not None and row.high is not None:
        start, end = _at(row.low, top), _at(row.high, top)
        box = f'x="{number(start)}" y="{y - 6}" width="{number(end - start)}" height="12"'
        yield f'<rect class="level__band" {box} rx="6"/>'
    if row.before is not None:
        before = number(_at(row.before, top))
        yield f'<path class="level__move" d="M{before} {y}H{now}"/>'
        yield f'<circle class="level__before" cx="{before}" cy="{y}" r="6"/>'
    yield f'<circle class="level__now" cx="{now}" cy="{y}" r="8"/>'


def _at(value: float, top: int) -> float:
    return _PAD + (_WIDTH - 2 * _PAD) * (value - 1) / (top - 1)


def answer_bars(caption: Caption, rows: Sequence[Answers]) -> SafeString:
    """A bar in parts for each row; the figure stands in its part where it fits."""
    body: list[str] = []
    y = 0
    for row in rows:
        lines = wrap(row.label, _LINE_LENGTH, max_lines=_MOST_LINES, placeholder=" …") or [""]
        body += [text(0, y + 14 + place * _LINE, line) for place, line in enumerate(lines)]
        y += _LINE * (len(lines) - 1)
        body += _bar(row, y)
        y += _PARTS_ROW
    return svg(caption, (_WIDTH, max(y, _PARTS_ROW) - 6), body)


def _bar(row: Answers, y: int) -> Iterator[str]:
    x, whole = 0.0, max(100, sum(row.shares))  # rounded shares can be a little more
    for index, share in enumerate(row.shares):
        wide = _WIDTH * share / whole
        tone = row.tones[index] if row.tones else part_depth(index, len(row.shares))
        box = f'x="{number(x)}" y="{y + 21}" width="{number(max(0, wide - 2))}" height="22" rx="3"'
        yield f'<rect class="depth" data-depth="{tone}" {box}/>'
        if share >= _NARROWEST:
            deep = " depth__text--deep" if tone >= _DEEPEST - 1 else ""
            yield text(x + wide / 2 - 1, y + 36.5, str(share), f"small middle{deep}")
        x += wide


def part_depth(index: float, parts: int) -> int:
    """The colour of a part, from the lightest to the deepest however many there are."""
    return 1 + round(index * (_DEEPEST - 1) / max(1, parts - 1))
