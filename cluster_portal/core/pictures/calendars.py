"""When things open and close, as bars over months; the flag stands at the last moment.

As charts: show them by components/picture_both.html, which adds the table.
"""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.pictures.drawing import Caption, Point, number, svg, text
from cluster_portal.core.text.languages import calendar_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString

_TOP, _LETTER = 58.0, 7.4  # height of the months, usual width of a letter
_NARROWEST_NAME = 30.0
_BAR, _LEAST = 10, 4.0
_GAP = 8.0


class Period(NamedTuple):
    """`text` is the last moment in words; without `closes` it goes on. `is_mine` is watched.

    `short` says the same in fewer letters.
    """

    label: str
    text: str
    opens: date
    closes: date | None
    is_mine: bool = False
    short: str = ""


class Months(NamedTuple):
    """`last` is the day after the last month."""

    first: date
    last: date
    today: date


class _Paper(NamedTuple):
    width: float
    row: float
    months: Months

    def at(self, day: date) -> float:
        share = (day - self.months.first).days / (self.months.last - self.months.first).days
        return self.width * min(max(share, 0.0), 1.0)

    def cut(self, words: str, room: float) -> str:
        return shorten(words, max(int(room / _LETTER), 4), placeholder="…")


def months_from(today: date, count: int) -> Months:
    first = last = today.replace(day=1)
    for _each in range(count):
        last = _next_month(last)
    return Months(first, last, today)


def calendar_strip(
    caption: Caption, periods: Sequence[Period], months: Months, *, is_tall: bool = False
) -> SafeString:
    """`is_tall` for a phone: names above the bars, moments beside them."""
    paper = _Paper(360.0, 58.0, months) if is_tall else _Paper(1120.0, 46.0, months)
    size: Point = (paper.width, _TOP + paper.row * max(1, len(periods)) + 4)
    body = [*_months(paper, size[1]), *_today(paper, size[1])]
    for index, period in enumerate(periods):
        y = _TOP + index * paper.row
        bar = y + (30 if is_tall else 26)
        body += _bar(paper, period, bar)
        body += _words_tall(paper, period, y, bar) if is_tall else _words_wide(paper, period, y)
    return svg(caption, size, body)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _months(paper: _Paper, height: float) -> Iterator[str]:
    day, index = paper.months.first, 0
    while day < paper.months.last:
        start, end = paper.at(day), paper.at(_next_month(day))
        if index % 2 == 0:
            box = f'x="{number(start)}" y="0" width="{number(end - start)}"'
            yield f'<rect class="lane" {box} height="{number(height)}"/>'
        if end - start > _NARROWEST_NAME:
            yield text(start + 6, 17, calendar_word(date_format(day, "M")), "strong small")
            if index == 0 or day.month == 1:
                yield text(start + 6, 33, str(day.year), "soft small")
        day, index = _next_month(day), index + 1


def _today(paper: _Paper, height: float) -> Iterator[str]:
    x = paper.at(paper.months.today)
    yield f'<path class="today" d="M{number(x)} 38V{number(height)}"/>'
    is_right = x > paper.width / 2
    yield text(x - 5 if is_right else x + 5, 50, _("Today"), f"today__text small{_end(is_right)}")


def _bar(paper: _Paper, period: Period, y: float) -> Iterator[str]:
    start = paper.at(period.opens)
    end = paper.at(period.closes or paper.months.last)
    mine = " period--mine" if period.is_mine else ""
    box = f'x="{number(start)}" y="{number(y)}" width="{number(max(end - start, _LEAST))}"'
    yield f'<rect class="period{mine}" {box} height="{_BAR}" rx="5"/>'
    if period.closes and period.closes < paper.months.last:
        mine = " flag--mine" if period.is_mine else ""
        yield f'<path class="flag{mine}" d="M{number(end)} {number(y + 14)}v-23l-13 6 13 6"/>'


def _words_wide(paper: _Paper, period: Period, y: float) -> Iterator[str]:
    """Behind the flag, or before it where the paper ends."""
    end = paper.at(period.closes or paper.months.last)
    is_left = end > paper.width / 2
    room = end - 20 if is_left else paper.width - end - _GAP
    label = paper.cut(period.label, room - _LETTER * (len(period.text) + 2))
    css = f"halo{_end(is_left)}{' strong' if period.is_mine else ''}"
    x = end - 20 if is_left else end + _GAP
    yield text(x, y + (17 if is_left else 36), f"{label}, {period.text}", css)


def _words_tall(paper: _Paper, period: Period, y: float, bar: float) -> Iterator[str]:
    start, end = paper.at(period.opens), paper.at(period.closes or paper.months.last)
    label = paper.cut(period.label, paper.width - 20)
    x = max(0.0, min(start, paper.width - _LETTER * (len(label) + 1)))
    yield text(x, y + 16, label, "halo strong" if period.is_mine else "halo")
    words = period.short or period.text
    wide = _LETTER * len(words)
    if end + _GAP + wide < paper.width:
        yield text(end + _GAP, bar + _BAR, words, "halo small")
    elif start > wide + _GAP:
        yield text(start - _GAP, bar + _BAR, words, "halo small end")
    else:  # over the bar, before the flag, but never out of the paper
        yield text(max(end - 20, wide), bar + _BAR, words, "halo small end")


def _end(is_end: object) -> str:
    return " end" if is_end else ""
