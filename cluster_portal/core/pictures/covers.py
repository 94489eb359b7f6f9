"""Chart sheets as covers of articles: depth curves from the title, one motif, one lit line.

Decoration beside words: the same title has the same sheet in every process.
"""

from __future__ import annotations

import hashlib
import math
import random
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from cluster_portal.core.pictures.contours import contours, relief
from cluster_portal.core.pictures.drawing import number, ornament

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.safestring import SafeString

TONES = ("water", "moss", "heather", "ember", "slate")
THUMB, WIDE = (320, 200), (640, 240)
LEVELS = (-0.6, -0.35, -0.12, 0.12, 0.35, 0.6, 0.85)
FIFTH = math.tau / 5


@lru_cache(maxsize=512)
def cover(title: str, motif: str = "", *, is_wide: bool = False) -> SafeString:
    """`motif` is one of MOTIFS; without one the title chooses. Wide for a page, else for a list."""
    seed = int.from_bytes(hashlib.sha256(title.encode()).digest()[:8], "big")
    rng = random.Random(seed)  # noqa: S311 – a picture, no secret
    width, height = WIDE if is_wide else THUMB
    drawn = MOTIFS.get(motif) or tuple(MOTIFS.values())[seed % len(MOTIFS)]
    tone = TONES[seed // 7 % len(TONES)]
    curves = contours(relief(rng, width, height), LEVELS, (width, height), 12 if is_wide else 10)
    net = "".join(f"M{x} 0V{height}" for x in range(80, width, 80))
    net += "".join(f"M0 {y}H{width}" for y in range(40, height, 80))
    body = [
        f'<rect class="cover__ground" width="{width}" height="{height}"/>',
        f'<path class="cover__net" d="{net}"/>',
        f'<path class="cover__curve" d="{curves}"/>',
        drawn(rng, width, height),
        f'<path class="cover__edge" d="M0 {height - 3}H{width}"/>',
    ]
    fit = 'preserveAspectRatio="xMidYMid slice"'
    return ornament((width, height), body, f'class="cover" data-tone="{tone}" {fit}')


def _path(css: str, d: str) -> str:
    return f'<path class="cover__{css}" d="{d}"/>'


def _dot(x: float, y: float, r: float, css: str) -> str:
    return f'<circle class="cover__{css}" cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>'


def _at(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"


def _route(rng: random.Random, w: float, h: float) -> str:
    """Links between places; one way is lit."""
    spots = [(w * (0.1 + 0.16 * i), h * (0.25 + 0.5 * rng.random())) for i in range(6)]
    far = [(w * (0.2 + 0.6 * rng.random()), h * (0.1 + 0.12 * i + 0.7 * (i % 2))) for i in range(3)]
    links = "".join(f"M{_at(*one)}L{_at(*two)}" for one in far for two in spots[1::2])
    way = "M" + "L".join(_at(*spot) for spot in spots)
    nodes = "".join(_dot(x, y, 4, "node") for x, y in (*far, *spots[1:-1]))
    ends = _dot(*spots[0], 7, "spot") + _dot(*spots[-1], 7, "spot")
    return _path("link", links) + _path("lit", way) + nodes + ends


def _signal(rng: random.Random, w: float, h: float) -> str:
    """A sender and those who hear it."""
    x, y = w * (0.3 + 0.4 * rng.random()), h * (0.4 + 0.25 * rng.random())
    rings = "".join(_dot(x, y, r, "ring") for r in (26, 46, 70, 98, 130))
    turns = ((46, 0.0, 2.0), (70, 2.0, 4.0), (98, 4.0, 6.0), (98, -0.6, 0.4))
    heard = ""
    for radius, first, last in turns:
        angle = rng.uniform(first, last)
        heard += _dot(x + radius * math.cos(angle), y + radius * math.sin(angle), 4, "node")
    lit = _path("lit", f"M{_at(x, y)}m-26 0a26 26 0 0 1 26-26")
    return rings + heard + lit + _dot(x, y, 9, "spot")


def _grid(rng: random.Random, w: float, h: float) -> str:
    """Twenty cells, of which five are lit."""
    side, lit, cells = h / 5, rng.sample(range(20), 5), ""
    left, top = w / 2 - 3 * side, h * 0.1
    for place in range(20):
        x, y = left + (place % 5) * side * 1.2, top + (place // 5) * side
        cells += _cell((x, y), (side * 1.05, side * 0.86), is_lit=place in lit)
    return cells


def _cell(corner: tuple[float, float], size: tuple[float, float], *, is_lit: bool) -> str:
    css = "cover__cell cover__cell--lit" if is_lit else "cover__cell"
    place = f'x="{number(corner[0])}" y="{number(corner[1])}"'
    return (
        f'<rect class="{css}" {place} width="{number(size[0])}" height="{number(size[1])}" rx="2"/>'
    )


def _power(rng: random.Random, w: float, h: float) -> str:
    """A line on its poles; in one place it is cut."""
    base = [h * (0.62 + 0.16 * rng.random()) for _pole in range(5)]
    tops = [(w * (0.1 + 0.2 * i), base[i] - h * 0.38) for i in range(5)]
    gap = rng.randrange(1, 3)
    drawn = ""
    for (x, y), foot in zip(tops, base, strict=True):
        drawn += _path("link", f"M{_at(x, y)}V{number(foot)}m-9 0h18M{_at(x - 11, y + 8)}h22")
    for place, (one, two) in enumerate(pairwise(tops)):
        sag = _at((one[0] + two[0]) / 2, max(one[1], two[1]) + h * 0.16)
        line = f"M{_at(one[0], one[1] + 8)}Q{sag} {_at(two[0], two[1] + 8)}"
        drawn += _path("gone" if place == gap else "lit", line)
    return drawn + "".join(_dot(x, y + 8, 4, "spot") for x, y in tops)


def _ring(rng: random.Random, w: float, h: float) -> str:
    """Five parts around one middle: the clusters' own mark."""
    x, y, r = w * (0.35 + 0.3 * rng.random()), h * 0.5, h * 0.3
    turn, lit, drawn = rng.random() * 6, rng.randrange(5), ""
    for part in range(5):
        first, last = turn + part * FIFTH + 0.1, turn + (part + 1) * FIFTH - 0.1
        start = _at(x + r * math.cos(first), y + r * math.sin(first))
        end = _at(x + r * math.cos(last), y + r * math.sin(last))
        css = "arc cover__arc--lit" if part == lit else "arc"
        drawn += _path(css, f"M{start}A{number(r)} {number(r)} 0 0 1 {end}")
    return drawn + _dot(x, y, r * 0.28, "node")


def _steps(rng: random.Random, w: float, h: float) -> str:
    """Columns that grow, and the line over them."""
    tops = [h * (0.72 - 0.11 * i + 0.07 * rng.random()) for i in range(6)]
    columns = "".join(
        _cell((w * (0.14 + 0.125 * i), top), (w * 0.08, h * 0.86 - top), is_lit=i == 5)
        for i, top in enumerate(tops)
    )
    line = "M" + "L".join(_at(w * (0.18 + 0.125 * i), top - 10) for i, top in enumerate(tops))
    return columns + _path("lit", line) + _dot(w * 0.805, tops[5] - 10, 6, "spot")


def _furrow(rng: random.Random, w: float, h: float) -> str:
    """A field's rows towards one light."""
    tilt, rows = rng.uniform(0.2, 0.5), ""
    for i in range(9):
        bend = _at(w * (0.3 + 0.04 * i), h * 0.5)
        end = _at(w * (0.5 + tilt * 0.05 * (i - 4)), h * 0.2)
        rows += f"M{_at(w * (0.08 + 0.1 * i), h * 0.92)}Q{bend} {end}"
    middle = f"M{_at(w * 0.48, h * 0.92)}Q{_at(w * 0.46, h * 0.5)} {_at(w * 0.5, h * 0.2)}"
    return _path("ring", rows) + _path("lit", middle) + _dot(w * 0.5, h * 0.2, 8, "spot")


def _track(rng: random.Random, w: float, h: float) -> str:
    """Somebody's way through the woods, and where it ends."""
    x1, y1 = w * 0.12, h * (0.6 + 0.25 * rng.random())
    x2, y2 = w * 0.84, h * (0.22 + 0.2 * rng.random())
    bends = f"{_at(w * 0.3, h * 0.1)} {_at(w * 0.42, h)} {_at(w * 0.6, h * 0.56)}"
    way = f"M{_at(x1, y1)}C{bends}S{_at(w * 0.74, h * 0.3)} {_at(x2, y2)}"
    dots = _dot(x1, y1, 6, "node") + _dot(x2, y2, 22, "ring") + _dot(x2, y2, 8, "spot")
    return _path("gone", way) + dots


MOTIFS: dict[str, Callable[[random.Random, float, float], str]] = {
    "route": _route,
    "signal": _signal,
    "grid": _grid,
    "power": _power,
    "ring": _ring,
    "steps": _steps,
    "furrow": _furrow,
    "track": _track,
}
