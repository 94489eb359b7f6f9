"""The thread as a poster: from need to measure, left to right, at most three lines of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.core.pictures.drawing import Caption, Point, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.utils.safestring import SafeString

_SIZE: Point = (1240.0, 734.0)
_EDGE, _MIDDLE, _LANE, _BOW = 104.0, 432.0, 150.0, 110.0
_LINE, _DEPTHS = 18.0, (150, 104, 62)  # of the words; of the water around the thread


class Knot(NamedTuple):
    """One box of the poster. `state`: done, now, broken (missing or ended), goal."""

    key: str
    label: str  # in the knot: its number, or how many are folded there
    column: int
    lane: float
    kind: str
    title: Sequence[str]  # in lines
    meta: str
    state: str


def poster(
    caption: Caption,
    columns: Sequence[str],
    knots: Sequence[Knot],
    links: Sequence[tuple[str, str]],
    statement: Sequence[str],
    foot: str,
) -> SafeString:
    """The water first, then the thread, the words with a halo last."""
    gap = (_SIZE[0] - 2 * _EDGE) / max(1, len(columns) - 1)
    across = [_EDGE + gap * column for column in range(len(columns))]
    places = {knot.key: (across[knot.column], _MIDDLE + _LANE * knot.lane) for knot in knots}
    states = {knot.key: knot.state for knot in knots}
    body = [*_water(links, places), *_head(columns, across, statement)]
    body += _strands(links, places, states)
    for knot in knots:
        body += _mark(knot, *places[knot.key])
    for knot in knots:
        body += _words(knot, *places[knot.key])
    body.append(text(36, _SIZE[1] - 24, foot, "poster__foot"))
    return svg(caption, _SIZE, body)


def _bend(start: Point, end: Point) -> str:
    """Work that leads to other work stands above it: that tie goes round the words."""
    half = 0.55 * (end[0] - start[0]) or -_BOW
    back = half if end[0] != start[0] else _BOW
    points = [*start, start[0] + half, start[1], end[0] - back, end[1], *end]
    return "M{} {}C{} {} {} {} {} {}".format(*map(number, points))


def _water(links: Sequence[tuple[str, str]], places: Mapping[str, Point]) -> Iterator[str]:
    whole = "".join(_bend(places[a], places[b]) for a, b in links)
    if whole:
        for index, depth in enumerate(_DEPTHS, start=1):
            yield f'<path class="water water--{index}" stroke-width="{depth}" d="{whole}"/>'


def _head(
    columns: Sequence[str], across: Sequence[float], statement: Sequence[str]
) -> Iterator[str]:
    for line, words in enumerate(statement):
        yield text(36, 66 + line * 40, words, "poster__statement")
    for name, x in zip(columns, across, strict=True):
        yield f'<path class="poster__tick" d="M{number(x)} 170V{number(_SIZE[1] - 62)}"/>'
        yield text(x, 158, name, "poster__stage middle")


def _strands(
    links: Sequence[tuple[str, str]], places: Mapping[str, Point], states: Mapping[str, str]
) -> Iterator[str]:
    """What is done is drawn last, above the rest."""
    kinds = {link: _strand(states[link[0]], states[link[1]]) for link in links}
    for link in sorted(links, key=lambda one: not kinds[one]):
        yield f'<path class="strand{kinds[link]}" d="{_bend(places[link[0]], places[link[1]])}"/>'


def _strand(*states: str) -> str:
    if "broken" in states:
        return " strand--broken"
    return " strand--now" if "now" in states else ""


def _mark(knot: Knot, x: float, y: float) -> Iterator[str]:
    spot = f'cx="{number(x)}" cy="{number(y)}"'
    if knot.state == "goal":
        yield f'<circle class="goal__ground" {spot} r="30"/>'
        yield f'<circle class="goal__ring" pathLength="5" {spot} r="30"/>'
        yield f'<circle class="goal__lit" pathLength="5" {spot} r="30"/>'
    else:
        css = "knot" if knot.state == "done" else f"knot knot--{knot.state}"
        yield f'<circle class="{css}" {spot} r="15"/>'
    css = "" if knot.state == "done" else f" knot__no--{knot.state}"
    yield text(x, y + 5, knot.label, f"knot__no{css} middle")


def _words(knot: Knot, x: float, y: float) -> Iterator[str]:
    edge = 46 if knot.state == "goal" else 28
    above = y - edge - _LINE * len(knot.title) - 14
    top = y + edge + 10 if knot.lane >= 0 else above
    yield text(x, top, knot.kind, "poster__kind middle")
    for line, words in enumerate(knot.title):
        yield text(x, top + 19 + line * _LINE, words, "poster__title middle")
    css = "poster__meta middle" + " poster__meta--broken" * (knot.state == "broken")
    yield text(x, top + 19 + len(knot.title) * _LINE, knot.meta, css)
