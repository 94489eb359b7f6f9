"""Who works with whom: an organisation among its partners, and a whole network on a circle."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.core.pictures.drawing import Caption, Point, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.utils.safestring import SafeString


class Node(NamedTuple):
    key: str
    label: str
    sector: str


_HUB: Point = (190.0, 165.0)
_RING: Point = (138.0, 118.0)


def network(
    caption: Caption, own: Node, others: Sequence[Node], links: Sequence[tuple[str, str, int]]
) -> SafeString:
    """The organisation in the middle, partners on a ring grouped by sector."""
    order = {node.key: index for index, node in enumerate(others)}
    places = {own.key: _HUB}
    for index, node in enumerate(others):
        turn = 2 * math.pi * index / len(others) - math.pi / 2
        x, y = _HUB[0] + _RING[0] * math.cos(turn), _HUB[1] + _RING[1] * math.sin(turn)
        places[node.key] = (x, y)
    body: list[str] = []
    for a, b, weight in links:
        mine = own.key in {a, b}
        gap = 0 if mine else abs(order[a] - order[b])
        bend = _bend(places[a], places[b], min(gap, len(others) - gap), mine=mine)
        css = "edge edge--own" if mine else "edge"
        path = _curve(places[a], places[b], bend)
        body.append(f'<path class="{css}" stroke-width="{number(0.8 + weight * 0.9)}" d="{path}"/>')
    for node in (*others, own):
        body += _node(node, places[node.key], mine=node.key == own.key)
    return svg(caption, (380, 330), body)


def _bend(start: Point, end: Point, gap: int, *, mine: bool) -> float:
    """Next but one passes inside the ring, all else bows outward: no line crosses a third node."""
    if mine:
        return 0.0
    mx, my = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    outward = (mx - _HUB[0]) * (start[1] - end[1]) + (my - _HUB[1]) * (end[0] - start[0])
    return (1 if outward >= 0 else -1) * (-0.15 if gap == 2 else 0.26)


def _curve(start: Point, end: Point, bend: float) -> str:
    mx = (start[0] + end[0]) / 2 + bend * (start[1] - end[1])
    my = (start[1] + end[1]) / 2 + bend * (end[0] - start[0])
    ends = f"{number(end[0])} {number(end[1])}"
    return f"M{number(start[0])} {number(start[1])}Q{number(mx)} {number(my)} {ends}"


def _node(node: Node, place: Point, *, mine: bool) -> Iterator[str]:
    x, y = place
    own, words, radius = (" node--own", " node__text--own", 30) if mine else ("", "", 24)
    spot = f'cx="{number(x)}" cy="{number(y)}" r="{radius}"'
    yield f'<circle class="node{own}" data-sector="{escape(node.sector)}" {spot}/>'
    yield text(x, y + 4, node.label, f"node__text{words}")


def ring(
    caption: Caption, nodes: Sequence[Node], links: Sequence[tuple[str, str, int]]
) -> SafeString:
    """Who is linked with whom: nodes on a circle in their order, a line for each link."""
    places, radius = {}, max(9.0, min(24.0, 420 / max(1, len(nodes))))
    for index, node in enumerate(nodes):
        turn = 2 * math.pi * index / len(nodes) - math.pi / 2
        places[node.key] = (190 + 152 * math.cos(turn), 190 + 152 * math.sin(turn))
    heaviest = max((weight for _a, _b, weight in links), default=1)
    body = []
    for a, b, weight in links:
        (x1, y1), (x2, y2) = places[a], places[b]
        line = f"M{number(x1)} {number(y1)}Q190 190 {number(x2)} {number(y2)}"
        width = number(0.8 + 5 * weight / heaviest)
        body.append(f'<path class="edge" stroke-width="{width}" d="{line}"/>')
    for node in nodes:
        x, y = places[node.key]
        spot = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
        body.append(f'<circle class="node" data-sector="{escape(node.sector)}" {spot}/>')
        body.append(text(x, y + 4, node.label, "node__text"))
    return svg(caption, (380, 380), body)
