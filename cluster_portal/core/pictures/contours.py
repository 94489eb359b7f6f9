"""Depth curves of an imagined lake: level lines of a few bumps, as one SVG path."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

    from cluster_portal.core.pictures.drawing import Point

LEAST = 5  # points of a line that is worth drawing
BUMPS = 11


def relief(rng: random.Random, width: float, height: float) -> Callable[[float, float], float]:
    bumps = [
        (
            rng.uniform(-20, width + 20),
            rng.uniform(-20, height + 20),
            2 * (rng.uniform(22, 62) * width / 320) ** 2,
            rng.choice((1, 1, -1)) * rng.uniform(0.5, 1.1),
        )
        for _bump in range(BUMPS)
    ]
    return lambda x, y: sum(
        tall * math.exp(-((x - bx) ** 2 + (y - by) ** 2) / wide) for bx, by, wide, tall in bumps
    )


def contours(
    field: Callable[[float, float], float], levels: Iterable[float], size: Point, step: int
) -> str:
    """The lines of all levels; the grid goes one step beyond the edges."""
    columns, rows = int(size[0]) // step + 3, int(size[1]) // step + 3
    heights = [[field((i - 1) * step, (j - 1) * step) for i in range(columns)] for j in range(rows)]
    drawn = ""
    for level in levels:
        grid = [[value - level for value in line] for line in heights]
        drawn += "".join(_curve(chain) for chain in _chains(_cuts(grid, step)))
    return drawn


def _cuts(grid: list[list[float]], step: int) -> dict[Point, list[Point]]:
    """Marching squares: which points of the line lie beside each other."""
    beside: dict[Point, list[Point]] = {}
    for j in range(len(grid) - 1):
        for i in range(len(grid[0]) - 1):
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            cuts = [
                _cut(grid, one, two, step)
                for one, two in zip(corners, corners[1:] + corners[:1], strict=True)
                if (grid[one[1]][one[0]] > 0) != (grid[two[1]][two[0]] > 0)
            ]
            for one, two in zip(cuts[::2], cuts[1::2], strict=True):
                beside.setdefault(one, []).append(two)
                beside.setdefault(two, []).append(one)
    return beside


def _cut(grid: list[list[float]], one: tuple[int, int], two: tuple[int, int], step: int) -> Point:
    """Where the line crosses the edge between two corners."""
    a, b = grid[one[1]][one[0]], grid[two[1]][two[0]]
    share = a / (a - b)
    x = (one[0] - 1 + share * (two[0] - one[0])) * step
    y = (one[1] - 1 + share * (two[1] - one[1])) * step
    return round(x, 1), round(y, 1)


def _chains(beside: dict[Point, list[Point]]) -> Iterator[list[Point]]:
    """Lines from end to end, then the closed ones, which repeat their first point."""
    seen: set[Point] = set()
    for start in [*(p for p, near in beside.items() if len(near) == 1), *beside]:
        if start in seen:
            continue
        chain, here = [start], start
        seen.add(start)
        while True:
            following = next((p for p in beside[here] if p not in seen), None)
            if following is None:
                break
            seen.add(following)
            chain.append(following)
            here = following
        if len(chain) > LEAST:
            yield [*chain, start] if start in beside[here] and len(chain) > 2 else chain


def _curve(chain: list[Point]) -> str:
    """Smooth, by every other point."""
    points = [*chain[:-1:2], chain[-1]]
    drawn = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for one, two in pairwise(points[1:]):
        middle = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
        drawn += f"Q{one[0]:.0f} {one[1]:.0f} {middle[0]:.0f} {middle[1]:.0f}"
    return drawn + f"L{points[-1][0]:.0f} {points[-1][1]:.0f}"
