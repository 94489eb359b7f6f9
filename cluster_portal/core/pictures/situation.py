"""Small charts that are read in a glance: one series with its limits, regions on one line, a
register of signals.

Each is one of many on a page: name, value, unit and state stand beside it in words, and one table
holds the figures of all.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from cluster_portal.core.pictures.drawing import Caption, Point, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString


class Threshold(NamedTuple):
    """`alarm` and `warning` with their words; `bad_when` is above or below."""

    alarm: float
    alarm_words: str
    warning: float | None = None
    warning_words: str = ""
    bad_when: str = "above"


class Series(NamedTuple):
    """Values of one period after the other; None where nothing was measured."""

    values: Sequence[float | None]
    state: str = "fine"  # of the last value: fine, warning, alarm, free
    other: Sequence[float | None] = ()


class Place(NamedTuple):
    label: str
    value: float
    words: str
    is_own: bool = False


class Scale(NamedTuple):
    low: float
    high: float
    start: float
    length: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, length: float, pad: float) -> Scale:
        low, high = min(values), max(values)
        room = (high - low) * pad or 1.0
        return cls(low - room, high + room, start, length)

    def up(self, value: float) -> float:
        return self.start + self.length * (self.high - value) / (self.high - self.low)

    def along(self, value: float) -> float:
        return self.start + self.length * (value - self.low) / (self.high - self.low)


_SIZE: Point = (200.0, 116.0)
_END, _TOP, _FLOOR = 152.0, 14.0, 96.0


def trend(
    caption: Caption, series: Series, limits: Threshold | None, ends: tuple[str, str]
) -> SafeString:
    """The zone beyond the alarm is filled, the warning is dashed, another region dotted; the last
    value is a dot."""
    known = [value for value in (*series.values, *series.other) if value is not None]
    marks = [limits.alarm, limits.warning] if limits else []
    scale = Scale.over(
        [*known, *(mark for mark in marks if mark is not None)] or [0.0], _TOP, 78.0, 0.12
    )
    body = [*_limits(limits, scale)] if limits else []
    body.append(f'<path class="trend__base" d="M0 {_FLOOR:g}H{_END:g}"/>')
    body += [f'<path class="trend__other" d="{path}"/>' for path in _paths(series.other, scale)]
    body += [f'<path class="trend__line" d="{path}"/>' for path in _paths(series.values, scale)]
    points = _points(series.values, scale)
    if points:
        x, y = points[-1][-1]
        dot = f'data-state="{escape(series.state)}" cx="{number(x)}" cy="{number(y)}"'
        body.append(f'<circle class="trend__now" {dot} r="5"/>')
    body.append(text(0, 113, ends[0], "trend__word soft"))
    body.append(text(_END, 113, ends[1], "trend__word soft end"))
    return svg(caption, _SIZE, body, "trend")


def _limits(limits: Threshold, scale: Scale) -> Iterator[str]:
    alarm = scale.up(limits.alarm)
    top, bottom = (_TOP - 10, alarm) if limits.bad_when == "above" else (alarm, _FLOOR)
    height = number(max(0.0, bottom - top))
    yield f'<rect class="trend__zone" x="0" y="{number(top)}" width="{_END:g}" height="{height}"/>'
    yield f'<path class="trend__alarm" d="M0 {number(alarm)}H{_END:g}"/>'
    if limits.warning is None:
        yield text(_END + 7, alarm + 5, f"!{limits.alarm_words}", "trend__word")
        return
    warning = scale.up(limits.warning)
    apart = max(0.0, 16 - abs(alarm - warning)) / 2 * (-1 if alarm < warning else 1)
    yield f'<path class="trend__warning" d="M0 {number(warning)}H{_END:g}"/>'
    yield text(_END + 7, alarm + 5 + apart, f"!{limits.alarm_words}", "trend__word")
    yield text(_END + 7, warning + 5 - apart, limits.warning_words, "trend__word soft")


def _points(values: Sequence[float | None], scale: Scale) -> list[list[Point]]:
    """Unbroken stretches of the series."""
    step = (_END - 4) / max(1, len(values) - 1)
    found: list[list[Point]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            x = 4 + place * step if len(values) > 1 else _END
            found[-1].append((x, scale.up(value)))
    return [stretch for stretch in found if stretch]


def _paths(values: Sequence[float | None], scale: Scale) -> Iterator[str]:
    for stretch in _points(values, scale):
        yield "M" + "L".join(f"{number(x)} {number(y)}" for x, y in stretch)


_WIDE, _MID = 520.0, 34.0


def places_on_line(
    caption: Caption, places: Sequence[Place], limits: Threshold | None
) -> SafeString:
    """Regions as dots on one line; the own one and both ends are named, the rest where it fits."""
    marks = [limits.alarm, limits.warning] if limits else []
    values = [place.value for place in places]
    scale = Scale.over(
        [*values, *(mark for mark in marks if mark is not None)], 10.0, _WIDE - 20, 0.08
    )
    body = [*_line_limits(limits, scale)] if limits else []
    body.append(f'<path class="trend__base" d="M0 {_MID:g}H{_WIDE:g}"/>')
    for place in sorted(places, key=lambda each: each.is_own):
        own, radius = (" strip__dot--own", 8) if place.is_own else ("", 6)
        at = f'cx="{number(scale.along(place.value))}" cy="{_MID:g}" r="{radius}"'
        body.append(f'<circle class="strip__dot{own}" {at}/>')
    body += _Labels(scale).written(sorted(places, key=lambda each: each.value))
    return svg(caption, (_WIDE, 66.0), body, "strip")


def _line_limits(limits: Threshold, scale: Scale) -> Iterator[str]:
    alarm = scale.along(limits.alarm)
    start, end = (alarm, _WIDE) if limits.bad_when == "above" else (0.0, alarm)
    box = f'x="{number(start)}" y="{_MID - 12:g}" width="{number(max(0.0, end - start))}"'
    yield f'<rect class="trend__zone" {box} height="24"/>'
    yield f'<path class="trend__alarm" d="M{number(alarm)} {_MID - 14:g}v28"/>'
    if limits.warning is not None:
        warning = number(scale.along(limits.warning))
        yield f'<path class="trend__warning" d="M{warning} {_MID - 14:g}v28"/>'


class _Labels:
    """Names of places above and below the line, none over another."""

    ABOVE, BELOW = _MID - 18, _MID + 29

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.taken: list[tuple[float, float, float]] = []

    def written(self, line: Sequence[Place]) -> list[str]:
        ends = [place for place in (*line[:1], *line[1:][-1:]) if not place.is_own]
        found = [self._word(p, self.ABOVE, "strip__own") for p in line if p.is_own]
        found += [self._word(place, self.BELOW, "strip__word soft") for place in ends]
        more = "strip__word strip__word--more soft"
        for place in line:
            if not place.is_own and place not in ends:
                found.append(
                    self._word(place, self.ABOVE, more) or self._word(place, self.BELOW, more)
                )
        return [word for word in found if word]

    def _word(self, place: Place, row: float, css: str) -> str:
        words = f"{place.label} {place.words}"
        half = len(words) * (3.8 if "more" in css else 5.2) + 4
        spot = min(max(self.scale.along(place.value), half), _WIDE - half)
        if any(row == base and spot + half > a and spot - half < b for base, a, b in self.taken):
            return ""
        self.taken.append((row, spot - half, spot + half))
        side = "start" if spot == half else "end" if spot == _WIDE - half else "middle"
        at = {"start": 0.0, "end": _WIDE}.get(side, spot)
        return text(at, row, words, f"{css} {side}")


class Spot(NamedTuple):
    """`kind` gives the shape: weak, trend, risk or scenario."""

    number: int
    kind: str
    likelihood: int
    impact: int


_LEFT, _ROOF, _SIDE = 40.0, 4.0, 78.0
_STEPS = range(1, 6)
_HEATS = (4, 8, 12, 20)
_SHARED = ((-18, -18), (18, -18), (-18, 18), (18, 18))
_SHAPES = {
    "weak": '<circle class="sign sign--weak" cx="{x}" cy="{y}" r="12"/>',
    "trend": '<rect class="sign" x="{west}" y="{north}" width="22" height="22" rx="4"/>',
    "risk": '<path class="sign" d="M{x} {y}m0 -15l15 15-15 15-15-15z"/>',
    "scenario": '<path class="sign" d="M{x} {y}m-8 -13h16l8 13-8 13h-16l-8-13z"/>',
}


def register(caption: Caption, spots: Sequence[Spot]) -> SafeString:
    """Five by five of likelihood and impact; the shape tells the kind, the number leads to a list.

    At most four stand in one cell; of the rest a cell says how many there are.
    """
    body = [*_cells(), *_axes()]
    cells: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        cells.setdefault((spot.likelihood, spot.impact), []).append(spot)
    for (likelihood, impact), here in cells.items():
        x = _LEFT + (likelihood - 0.5) * _SIDE
        y = _ROOF + (5.5 - impact) * _SIDE
        for place, spot in enumerate(here[: len(_SHARED)]):
            east, south = _SHARED[place] if len(here) > 1 else (0, 0)
            body += _sign(spot, x + east, y + south)
        if len(here) > len(_SHARED):
            body.append(text(x, y + 5, f"+{len(here) - len(_SHARED)}", "small middle"))
    return svg(caption, (_LEFT + 5 * _SIDE + 4, _ROOF + 5 * _SIDE + 50), body, "register")


def _sign(spot: Spot, x: float, y: float) -> Iterator[str]:
    yield _SHAPES.get(spot.kind, _SHAPES["weak"]).format(
        x=number(x), y=number(y), west=number(x - 11), north=number(y - 11)
    )
    weak = " sign__text--weak" if spot.kind == "weak" else ""
    yield text(x, y + 4.5, str(spot.number), f"sign__text middle{weak}")


def _cells() -> Iterator[str]:
    for impact in _STEPS:
        for likelihood in _STEPS:
            heat = 1 + sum(likelihood * impact >= edge for edge in _HEATS)
            x, y = _LEFT + (likelihood - 1) * _SIDE, _ROOF + (5 - impact) * _SIDE
            box = f'x="{number(x)}" y="{number(y)}" width="{_SIDE:g}" height="{_SIDE:g}" rx="6"'
            yield f'<rect class="cell" data-heat="{heat}" {box}/>'


def _axes() -> Iterator[str]:
    foot, middle = _ROOF + 5 * _SIDE, _ROOF + 2.5 * _SIDE
    for step in _STEPS:
        yield text(_LEFT - 10, _ROOF + (5.5 - step) * _SIDE + 5, str(step), "soft end")
        yield text(_LEFT + (step - 0.5) * _SIDE, foot + 20, str(step), "soft middle")
    yield text(_LEFT + 2.5 * _SIDE, foot + 42, _("Likelihood"), "strong middle")
    turned, impact = f'transform="translate(12 {number(middle)}) rotate(-90)"', escape(_("Impact"))
    yield f'<text class="strong middle" {turned}>{impact}</text>'
