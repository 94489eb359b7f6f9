"""Work over time: a bar for each work package, diamonds for milestones, today as a line.

As charts: show them by components/picture.html, which adds the table.
"""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from cluster_portal.core.pictures.drawing import Caption, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

_QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}
_OUTLINES = {"free": "span--free", "late": "span--part span--part-late", "done": "span--done"}
_LETTER, _LEAST = 7.4, 6.0  # usual width of a letter, shortest bar
_ROOM = 40.0  # between two names of quarters
_YEARS_ROOM = 34.0


class Work(NamedTuple):
    """`state` is done, running, late or free; `done` a share. Without days only milestones."""

    number: str
    label: str
    start: date | None
    end: date | None
    state: str = "running"
    done: float = 0.0
    milestones: tuple[date, ...] = ()


class Frame(NamedTuple):
    first: date
    last: date
    today: date


class _Paper(NamedTuple):
    """Wide: words beside the bars. Tall, for a phone: words above them."""

    width: float
    left: float
    top: float
    row: float
    frame: Frame

    @property
    def is_tall(self) -> bool:
        return self.left == 0

    def at(self, day: date) -> float:
        days = (self.frame.last - self.frame.first).days or 1
        share = (day - self.frame.first).days / days
        return self.left + (self.width - self.left) * min(max(share, 0.0), 1.0)


def gantt(
    caption: Caption, works: Sequence[Work], frame: Frame, *, is_tall: bool = False
) -> SafeString:
    paper = (
        _Paper(360.0, 0.0, 40.0, 54.0, frame)
        if is_tall
        else _Paper(1120.0, 372.0, 44.0, 42.0, frame)
    )
    height = paper.top + paper.row * len(works) + 6
    body = [] if is_tall else list(_lanes(paper, len(works)))
    body += _calendar(paper, height)
    for index, work in enumerate(works):
        body += _work(paper, work, paper.top + index * paper.row)
    body += _today(paper, height)
    return svg(caption, (paper.width, height), body)


def _lanes(paper: _Paper, count: int) -> Iterator[str]:
    for index in range(0, count, 2):
        y = number(paper.top + index * paper.row)
        box = f'width="{number(paper.width)}" height="{number(paper.row)}" rx="6"'
        yield f'<rect class="lane" x="0" y="{y}" {box}/>'


def _calendar(paper: _Paper, height: float) -> Iterator[str]:
    """Lines at quarters and years; names where there is room for them."""
    quarter = (paper.width - paper.left) * 91 / ((paper.frame.last - paper.frame.first).days or 1)
    free = paper.left
    for day in _quarters(paper.frame):
        is_year, x = day.month == 1, paper.at(day)
        strong = " axis--strong" if is_year else ""
        top = paper.top - (14 if is_year else 2)
        if is_year or quarter > _ROOM / 4:
            yield f'<path class="axis{strong}" d="M{number(x)} {number(top)}V{number(height)}"/>'
        if not paper.is_tall and quarter > _ROOM:
            yield text(x + 4, paper.top - 8, _QUARTERS[day.month], "soft small")
        if (is_year or free == paper.left) and x >= free and x < paper.width - _YEARS_ROOM:
            yield text(x + 4, 14, str(day.year), "strong small")
            free = x + _YEARS_ROOM


def _quarters(frame: Frame) -> Iterator[date]:
    day = date(frame.first.year, frame.first.month, 1)
    while day <= frame.last:
        if day.month in _QUARTERS and day >= frame.first:
            yield day
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _work(paper: _Paper, work: Work, y: float) -> Iterator[str]:
    bar, thick = (y + 25, 16.0) if paper.is_tall else (y + 11, 20.0)
    if work.start and work.end:
        x = paper.at(work.start)
        length = max(paper.at(work.end) - x, _LEAST)
        box = f'x="{number(x)}" y="{number(bar)}" height="{number(thick)}" rx="4"'
        css = _OUTLINES.get(work.state, "span--part")
        yield f'<rect class="{css}" {box} width="{number(length)}"/>'
        if work.done and work.state != "done":
            late = " span--late" if work.state == "late" else ""
            yield f'<rect class="span{late}" {box} width="{number(length * min(work.done, 1))}"/>'
    half = thick / 2
    for day in work.milestones:
        x = min(max(paper.at(day), paper.left + half), paper.width - half)
        side = number(half)
        yield (
            f'<path class="milestone" d="M{number(x)} {number(bar)}'
            f'l{side} {side}-{side} {side}-{side}-{side}z"/>'
        )
    yield from _words(paper, work, y)


def _words(paper: _Paper, work: Work, y: float) -> Iterator[str]:
    if paper.is_tall:
        words = f"{work.number} {work.label}".strip()
        yield text(0, y + 18, _cut(words, paper.width), "halo small")
        return
    yield text(10, y + 27, work.number, "soft")
    yield text(50, y + 27, _cut(work.label, paper.left - 60), "")


def _cut(words: str, room: float) -> str:
    return shorten(words, max(int(room / _LETTER), 4), placeholder="…")


def _today(paper: _Paper, height: float) -> Iterator[str]:
    frame = paper.frame
    if not frame.first <= frame.today <= frame.last:
        return
    x = paper.at(frame.today)
    y = 30 if paper.is_tall else 14
    is_left = x > paper.left + (paper.width - paper.left) / 2
    yield f'<path class="today" d="M{number(x)} {number(y - 10)}V{number(height)}"/>'
    css = "today__text small end" if is_left else "today__text small"
    yield text(x - 6 if is_left else x + 6, y, _("Today"), css)
