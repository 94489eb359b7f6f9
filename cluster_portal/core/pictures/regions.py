"""The schematic map of Finland's nineteen regions."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_portal.core.pictures.drawing import Caption, Point, number, svg, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

DATA = Path(__file__).parent.parent / "data" / "regions_map.toml"
MAP = tomllib.loads(DATA.read_text(encoding="utf-8"))
SIZE = (250.0, 436.0)
STEPS = (1, 2, 5, 15, 30)  # from how many on a region is one step deeper


def depth(count: int) -> int:
    """0-5: how much there is of something, for `finland` and its key."""
    return sum(count >= step for step in STEPS)


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """The codes of the regions that share a border with the region."""
    own = _edges(code)
    return tuple(other for other in MAP["regions"] if other != code and own & _edges(other))


@cache
def _edges(code: str) -> frozenset[frozenset[str]]:
    corners = MAP["regions"].get(code, "").split()
    return frozenset(map(frozenset, zip(corners, corners[1:] + corners[:1], strict=True)))


@cache
def _outline(code: str) -> tuple[Point, ...]:
    return tuple(_place(*MAP["corners"][corner]) for corner in MAP["regions"][code].split())


def _place(longitude: float, latitude: float) -> Point:
    x = 138 + (longitude - 26) * math.cos(math.radians(latitude)) * 42
    return x, (70.25 - latitude) * 41.5


def _middle(points: tuple[Point, ...]) -> Point:
    """The centre of area, so that a figure stands inside its region."""
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, cx, cy = area + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return cx / (3 * area), cy / (3 * area)


def _figure(points: tuple[Point, ...], words: str, level: int) -> list[str]:
    x, y = _middle(points)
    deep = " region__text--deep" if level >= 4 else ""
    return [text(x, y + 7, words, f"region__text{deep}")] if words else []


def finland(caption: Caption, levels: Mapping[str, int], marked: Mapping[str, str]) -> SafeString:
    """`levels` is a depth of 0-5 by the region's code; `marked` is a figure written into a region.

    An empty figure only marks the region's edge. Always shown with a list or table beside it.
    """
    body, front = [], []
    for code in MAP["regions"]:
        points, level = _outline(code), levels.get(code, 0)
        line = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
        body.append(f'<path class="region" data-depth="{level:d}" d="{line}"/>')
        if code in marked:
            front.append(f'<path class="region__edge" d="{line}"/>')
            front += _figure(points, marked[code], level)
    return svg(caption, SIZE, [*body, *front], "region-map")
