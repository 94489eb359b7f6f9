"""A consortium as a circle of roles: whole where somebody is in, open where nobody is yet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from cluster_portal.core.pictures.drawing import number, svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from cluster_portal.core.pictures.drawing import Caption

MIDDLE, OUTER, INNER, GAP = 140.0, 130.0, 96.0, 0.04
IN, ASKED, MISSING = "in", "asked", "missing"


class Seat(NamedTuple):
    """`sector` colours an arc that somebody has; a code without letters of markup."""

    state: str
    sector: str = ""


def consortium(caption: Caption, seats: Sequence[Seat], centre: Sequence[str]) -> SafeString:
    turn = 2 * math.pi / max(1, len(seats))
    body = []
    for index, seat in enumerate(seats):
        first, last = index * turn - math.pi / 2 + GAP, (index + 1) * turn - math.pi / 2 - GAP
        css = "arc" if seat.state == IN else f"arc arc--{seat.state}"
        sector = f' data-sector="{seat.sector}"' if seat.sector else ""
        body.append(f'<path class="{css}"{sector} d="{_arc(first, last)}"/>')
        x, y = _point((INNER + OUTER) / 2, (first + last) / 2)
        kind = "arc__no arc__no--in middle" if seat.state == IN else "arc__no middle"
        body.append(text(x, y + 5, str(index + 1), kind))
    for index, line in enumerate(centre):
        y = MIDDLE + 6 + (index - (len(centre) - 1) / 2) * 20
        body.append(text(MIDDLE, y, line, "soft middle fine" if index else "strong middle"))
    return svg(caption, (2 * MIDDLE, 2 * MIDDLE), body)


def _point(radius: float, angle: float) -> tuple[float, float]:
    return MIDDLE + radius * math.cos(angle), MIDDLE + radius * math.sin(angle)


def _arc(first: float, last: float) -> str:
    ends = ((INNER, first), (OUTER, first), (OUTER, last), (INNER, last))
    a, b, c, d = (" ".join(number(part) for part in _point(*end)) for end in ends)
    large = int(last - first > math.pi)
    outer = f"A{number(OUTER)} {number(OUTER)} 0 {large} 1 {c}"
    inner = f"A{number(INNER)} {number(INNER)} 0 {large} 0 {a}"
    return f"M{a}L{b}{outer}L{d}{inner}Z"
