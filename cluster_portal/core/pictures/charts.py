"""Charts: each function gives one <svg role="img"> with a title and a description.

Colours come from CSS classes (css/components/picture*.css, profile.css). The caption's `key` must
be unique on the page. Geometry is in viewBox units, rounded to keep the markup small. Show a chart
by components/picture.html, which adds its table.
"""

from __future__ import annotations

import math
from datetime import date
from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.core.pictures.drawing import Caption, Point, number, ornament, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString


class Bar(NamedTuple):
    label: str
    value: float
    text: str
    kind: str = ""


class Part(NamedTuple):
    label: str
    sector: str
    size: int


class Span(NamedTuple):
    """A measure on the calendar; `state`: free, part, late or done; `done` is a share 0–1."""

    number: str
    label: str
    start: date
    end: date
    state: str = "part"
    done: float = 0.0
    milestone: date | None = None


class Calendar(NamedTuple):
    first: date
    last: date
    today: date


class Risk(NamedTuple):
    number: int
    name: str
    likelihood: int
    impact: int


class Limits(NamedTuple):
    alarm: float
    warning: float | None = None
    bad_when: str = "above"


def bars(caption: Caption, rows: Sequence[Bar]) -> SafeString:
    """Horizontal bars with the label above each, so that long words fit a phone."""
    top = max((row.value for row in rows), default=0) or 1
    body = []
    for index, row in enumerate(rows):
        y = index * 44
        width = number(max(2, 360 * row.value / top))
        body.append(text(0, y + 14, _beside(row)))
        body.append(text(360, y + 14, row.text, "strong end"))
        body.append(
            f'<rect class="bar bar--{escape(row.kind) or "plain"}" x="0" y="{y + 21}"'
            f' width="{width}" height="10" rx="2"/>'
        )
    return svg(caption, (360, max(1, len(rows)) * 44 - 10), body)


def _beside(row: Bar) -> str:
    """As much of the label as fits beside the figure; the table behind has all of it."""
    return shorten(row.label, max(int((352 - 8 * len(row.text)) / 7), 12), placeholder="…")


_INNER, _PETAL, _GAP = 38.0, 260.0, 0.035


def balance(caption: Caption, parts: Sequence[Part]) -> SafeString:
    """One petal for each sector; the dashed ring is the even share."""
    total = sum(part.size for part in parts)
    even = _INNER + _PETAL / len(parts)
    largest = max(part.size for part in parts) / (total or 1)
    centre = 6 + max(even, _INNER + _PETAL * largest)
    turn = 2 * math.pi / len(parts)
    body: list[str] = []
    for index, part in enumerate(parts):
        start = index * turn - math.pi / 2 + _GAP
        body += _petal(part, centre, even, (start, start + turn - 2 * _GAP, total or 1))
    ring = f'cx="{number(centre)}" cy="{number(centre)}" r="{number(even)}"'
    body.append(f'<circle class="petal__even" {ring}/>')
    body.append(text(centre, centre + 2, str(total), "large middle"))
    unit = ngettext("member", "members", total)
    body.append(text(centre, centre + 19, unit, "small soft middle"))
    return svg(caption, (2 * centre, 2 * centre), body)


def _petal(part: Part, centre: float, even: float, arc: tuple[float, float, int]) -> Iterator[str]:
    start, end, total = arc
    outer = _INNER + _PETAL * part.size / total
    corners = [
        (centre + radius * math.cos(angle), centre + radius * math.sin(angle))
        for radius, angle in ((_INNER, start), (outer, start), (outer, end), (_INNER, end))
    ]
    a, b, c, d = (f"{number(x)} {number(y)}" for x, y in corners)
    large, small = number(outer), number(_INNER)
    path = f"M{a}L{b}A{large} {large} 0 0 1 {c}L{d}A{small} {small} 0 0 0 {a}Z"
    yield f'<path class="petal" data-sector="{escape(part.sector)}" d="{path}"/>'
    middle, spot = (start + end) / 2, (_INNER + outer) / 2
    if abs(spot - even) < 14:  # keep the number off the dashed ring
        spot = even + 20 if outer > even + 34 else even - 18
    x, y = centre + spot * math.cos(middle), centre + spot * math.sin(middle) + 5
    yield text(x, y, str(part.size), "petal__text")


_LEFT, _WIDTH, _TOP, _ROW = 270.0, 670.0, 40.0, 46.0
_QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}
_OUTLINES = {"free": "span--free", "late": "span--part span--part-late", "done": "span--done"}


def programme(caption: Caption, spans: Sequence[Span], calendar: Calendar) -> SafeString:
    """Bars on a calendar of quarters. Wide: put it in a box that scrolls and takes focus."""
    height = _TOP + _ROW * len(spans) + 8
    body = [
        f'<rect class="lane" x="0" y="{number(_TOP + i * _ROW)}" width="940" height="{_ROW:g}"/>'
        for i in range(0, len(spans), 2)
    ]
    body += _quarters(calendar, height)
    for index, span in enumerate(spans):
        body += _measure(span, _TOP + index * _ROW, calendar)
    if calendar.first <= calendar.today <= calendar.last:
        today = _at(calendar.today, calendar)
        body.append(f'<path class="today" d="M{number(today)} {number(_TOP)}V{number(height)}"/>')
        body.append(text(today - 6, 14, _("Today"), "today__text end"))
    return svg(caption, (940, height), body)


def _at(day: date, calendar: Calendar) -> float:
    days = (calendar.last - calendar.first).days or 1
    inside = min(max(day, calendar.first), calendar.last)
    return _LEFT + _WIDTH * (inside - calendar.first).days / days


def _quarters(calendar: Calendar, height: float) -> Iterator[str]:
    for year in range(calendar.first.year, calendar.last.year + 1):
        for month, name in _QUARTERS.items():
            day = date(year, month, 1)
            if not calendar.first <= day < calendar.last:
                continue
            x = _at(day, calendar)
            strong = " axis--strong" if month == 1 else ""
            yield f'<path class="axis{strong}" d="M{number(x)} {number(_TOP)}V{number(height)}"/>'
            if month == 1 or day == calendar.first:
                yield text(x + 4, 14, str(year), "strong")
            yield text(x + 4, 32, name, "soft small")


def _measure(span: Span, y: float, calendar: Calendar) -> Iterator[str]:
    x = _at(span.start, calendar)
    length = max(2.0, _at(span.end, calendar) - x)
    yield text(8, y + 28, span.number, "soft")
    yield text(40, y + 28, span.label, "strong" if "." not in span.number else "")
    box = f'x="{number(x)}" y="{number(y + 12)}" height="22" rx="4"'
    outline = _OUTLINES.get(span.state, "span--part")
    yield f'<rect class="{outline}" {box} width="{number(length)}"/>'
    if span.done and span.state != "done":
        late = " span--late" if span.state == "late" else ""
        yield f'<rect class="span{late}" {box} width="{number(length * min(span.done, 1))}"/>'
    if span.milestone:
        middle = _at(span.milestone, calendar)
        yield f'<path class="milestone" d="M{number(middle)} {number(y + 14)}l9 9-9 9-9-9z"/>'


_SIDE, _MARGIN, _ROOF = 62.0, 34.0, 6.0
_SCALE = range(1, 6)
_HEATS = (4, 8, 12, 20)


def risk_matrix(caption: Caption, risks: Sequence[Risk]) -> SafeString:
    """Five by five; each cell shows its product, each risk its number."""
    body = [*_cells(), *_axes()]
    seen: dict[Point, int] = {}
    for risk in risks:
        shift = seen.get((risk.likelihood, risk.impact), 0)
        seen[(risk.likelihood, risk.impact)] = shift + 1
        x = _MARGIN + (risk.likelihood - 1) * _SIDE + 40 - 26 * (shift % 2)
        y = _ROOF + (5 - risk.impact) * _SIDE + 40
        body.append(f'<circle class="risk" cx="{number(x)}" cy="{number(y)}" r="12"/>')
        body.append(text(x, y + 4.5, str(risk.number), "risk__text"))
    return svg(caption, (350, 364), body)


def _cells() -> Iterator[str]:
    for impact in _SCALE:
        for likelihood in _SCALE:
            x, y = _MARGIN + (likelihood - 1) * _SIDE, _ROOF + (5 - impact) * _SIDE
            score = likelihood * impact
            heat = 1 + sum(score >= limit for limit in _HEATS)
            box = f'x="{number(x)}" y="{number(y)}" width="{_SIDE:g}" height="{_SIDE:g}" rx="6"'
            yield f'<rect class="cell" data-heat="{heat}" {box}/>'
            yield text(x + 8, y + 17, str(score), "small")


def _axes() -> Iterator[str]:
    bottom = _ROOF + 5 * _SIDE
    middle = _ROOF + 2.5 * _SIDE
    for step in _SCALE:
        yield text(_MARGIN - 10, _ROOF + (5 - step) * _SIDE + 36, str(step), "soft end")
        yield text(_MARGIN + (step - 0.5) * _SIDE, bottom + 19, str(step), "soft middle")
    yield text(_MARGIN + 2.5 * _SIDE, bottom + 40, _("Likelihood"), "strong middle")
    turned, impact = f'transform="translate(9 {number(middle)}) rotate(-90)"', escape(_("Impact"))
    yield f'<text class="strong middle" {turned}>{impact}</text>'


_SPARK: Point = (220.0, 60.0)
_PAD = 8.0


def sparkline(caption: Caption, values: Sequence[float], limits: Limits) -> SafeString:
    """A small series with its alarm threshold; the last value is a dot, filled red beyond it."""
    width, height = _SPARK
    marks = [limits.alarm] if limits.warning is None else [limits.alarm, limits.warning]
    low, high = min(*values, *marks), max(*values, *marks)

    def y(value: float) -> float:
        return _PAD + (height - 2 * _PAD) * (high - value) / ((high - low) or 1.0)

    step = (width - 2 * _PAD) / max(1, len(values) - 1)
    points = [(_PAD + i * step, y(value)) for i, value in enumerate(values)]
    line = "L".join(f"{number(px)} {number(py)}" for px, py in points)
    end = points[-1]
    floor = f"L{number(end[0])} {number(height)}L{number(_PAD)} {number(height)}Z"
    body = [f'<path class="spark__area" d="M{line}{floor}"/>']
    if limits.warning is not None:
        warning = f"M0 {number(y(limits.warning))}H{number(width)}"
        body.append(f'<path class="spark__limit spark__limit--warn" d="{warning}"/>')
    body.append(f'<path class="spark__limit" d="M0 {number(y(limits.alarm))}H{number(width)}"/>')
    body.append(f'<path class="spark__line" d="M{line}"/>')
    last = values[-1]
    over = last > limits.alarm if limits.bad_when == "above" else last < limits.alarm
    flag = ' data-over="yes"' if over else ""
    body.append(
        f'<circle class="spark__now"{flag} cx="{number(end[0])}" cy="{number(end[1])}" r="5"/>'
    )
    return svg(caption, _SPARK, body, "spark")


def strip(caption: Caption, parts: Sequence[Part]) -> SafeString:
    """The whole as one bar, a part for each sector."""
    total, x, body = sum(part.size for part in parts) or 1, 0.0, []
    for part in parts:
        width = 360 * part.size / total
        body.append(
            f'<rect class="petal" data-sector="{escape(part.sector)}" x="{number(x)}" y="0"'
            f' width="{number(max(0, width - 2))}" height="12" rx="3"/>'
        )
        x += width
    return svg(caption, (358, 12), body, "strip")


def sparks(values: Sequence[int]) -> SafeString:
    """A tiny series beside a figure that is written out."""
    top = max(values, default=0) or 1
    body = []
    for index, value in enumerate(values):
        tall = 26 * value / top
        body.append(
            f'<rect class="bar" x="{index * 10}" y="{number(28 - max(1.5, tall))}" width="7"'
            f' height="{number(max(1.5, tall))}" rx="1.5"/>'
        )
    return ornament((len(values) * 10 - 3, 28), body, 'class="sparks"')


class Pair(NamedTuple):
    label: str
    left: int
    right: int


def both_ways(caption: Caption, rows: Sequence[Pair]) -> SafeString:
    """One quantity to the left of a line, its counterpart to the right: a gap is a longer wing."""
    top = max((max(row.left, row.right) for row in rows), default=0) or 1
    body, unit = [], 148 / top
    for index, row in enumerate(rows):
        y, left, right = index * 50, row.left * unit, row.right * unit
        body.append(text(0, y + 14, row.label))
        body.append(_wing("wing", 180 - left, y + 21, left))
        body.append(_wing("wing wing--need", 182, y + 21, right))
        body.append(text(180 - left - 6, y + 34, str(row.left), "small end strong"))
        body.append(text(182 + right + 6, y + 34, str(row.right), "small strong"))
    spine = "".join(f"M181 {i * 50 + 18}v22" for i in range(len(rows)))
    body.append(f'<path class="axis axis--strong" d="{spine}"/>')
    return svg(caption, (360, max(1, len(rows)) * 50 - 8), body)


def _wing(css: str, x: float, y: float, width: float) -> str:
    size = f'width="{number(width)}" height="16" rx="2"'
    return f'<rect class="{css}" x="{number(x)}" y="{number(y)}" {size}/>'


def ladder(caption: Caption, level: int, top: int = 9) -> SafeString:
    """Readiness as a staircase, filled up to the level."""
    body = []
    for step in range(1, top + 1):
        css, tall = "stair stair--on" if step <= level else "stair", 10 + step * 5
        body.append(
            f'<rect class="{css}" x="{(step - 1) * 40 + 2}" y="{58 - tall}" width="34"'
            f' height="{tall}" rx="3"/>'
        )
        tone = "strong" if step == level else "soft"
        body.append(text((step - 1) * 40 + 19, 76, str(step), f"middle small {tone}"))
    return svg(caption, (360, 80), body)


def columns(caption: Caption, rows: Sequence[Bar]) -> SafeString:
    """Upright bars, one for each year or month; every other one is named where they are many."""
    top = max((row.value for row in rows), default=0) or 1
    pitch, every = 360 / max(1, len(rows)), 1 if len(rows) <= 6 else 2
    body = ['<path class="axis" d="M0 150H360"/>']
    for index, row in enumerate(rows):
        height, middle = 120 * row.value / top, (index + 0.5) * pitch
        body.append(
            f'<rect class="bar bar--{escape(row.kind) or "plain"}" x="{number(index * pitch + 2)}"'
            f' y="{number(150 - height)}" width="{number(pitch - 4)}" height="{number(height)}"'
            ' rx="2"/>'
        )
        body.append(text(middle, 144 - height, row.text, "small strong middle"))
        if (len(rows) - 1 - index) % every == 0:
            body.append(text(middle, 168, row.label, "small soft middle"))
    return svg(caption, (364, 174), body)
