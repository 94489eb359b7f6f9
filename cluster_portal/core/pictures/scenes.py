"""Evening landscapes, one for each task: what a search, an evacuation or a blackout looks like."""

from __future__ import annotations

import random
import tomllib
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluster_portal.core.pictures.drawing import number, ornament

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

DATA = Path(__file__).parent.parent / "data" / "scenes.toml"
MOTIFS: dict[str, dict[str, Any]] = tomllib.loads(DATA.read_text(encoding="utf-8"))
SCENES = tuple(MOTIFS)
CARD, COVER = (320.0, 180.0), (1200.0, 260.0)
SKY = "cyber"  # the one without ground


@lru_cache(maxsize=256)
def scene(kind: str, seed: str = "", *, wide: bool = False) -> SafeString:
    """`kind` is one of SCENES; with `wide` the cover of a page. A seed has its landscape."""
    rng = random.Random(f"{kind}{seed}")  # noqa: S311 – a picture, no secret
    width, height = COVER if wide else CARD
    body = [f'<path class="scene__sky" d="M0 0H{number(width)}V{number(height)}H0Z"/>']
    body += _sky(rng, width, height)
    if kind == SKY:
        body.append(_motif(kind, width, height))
    else:
        ground = height - (40 if wide else 36)
        body.append(_hill(rng, (width, height), ground - 34, 16, "far"))
        body.append(_hill(rng, (width, height), ground - 4, 8, "near"))
        body.append(_trees(rng, kind, width, ground))
        body.append(_hill(rng, (width, height), height - 22, 5, "floor"))
        body.append(_motif(kind, width, height))
    kinds = "scene scene--wide" if wide else "scene"
    fit = 'preserveAspectRatio="xMidYMax slice"'
    return ornament((width, height), body, f'class="{kinds}" {fit}')


def _sky(rng: random.Random, width: float, height: float) -> Iterator[str]:
    """The moon with depth curves around it, and stars."""
    x, y = number(width * 0.74), number(height * 0.24)
    for ring in range(9 if width > CARD[0] else 5):
        radius = 26 + ring * 24
        size = f'rx="{number(radius * 1.5)}" ry="{radius}"'
        yield f'<ellipse class="scene__curve" cx="{x}" cy="{y}" {size}/>'
    stars = "".join(
        f"M{number(rng.uniform(0, width))} {number(rng.uniform(6, height * 0.5))}h.01"
        for _each in range(int(width / 26))
    )
    yield f'<path class="scene__star" d="{stars}"/>'
    yield f'<circle class="scene__moon" cx="{x}" cy="{y}" r="11"/>'


def _hill(
    rng: random.Random, size: tuple[float, float], level: float, rough: float, css: str
) -> str:
    """A soft line from side to side, closed at the bottom."""
    width, height = size
    steps = max(4, int(width // 90))
    points = [(width * i / steps, level + rng.uniform(-rough, rough)) for i in range(steps + 1)]
    line = f"M0 {number(height)}V{number(points[0][1])}"
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = number((x1 + x2) / 2)
        line += f"C{middle} {number(y1)} {middle} {number(y2)} {number(x2)} {number(y2)}"
    return f'<path class="scene__{css}" d="{line}V{number(height)}Z"/>'


def _trees(rng: random.Random, kind: str, width: float, ground: float) -> str:
    is_wide = width > CARD[0]
    clearing = 150 if is_wide else 112
    trees = ""
    for _each in range(int((46 if is_wide else 13) * MOTIFS[kind]["wooded"])):
        x = rng.uniform(0, width)
        if abs(x - width / 2) > clearing or rng.random() < 0.18:
            trees += _spruce(x, ground + rng.uniform(2, 14), rng.uniform(34, 66))
    return f'<path class="scene__tree" d="{trees}"/>' if trees else ""


def _spruce(x: float, y: float, tall: float) -> str:
    half = tall * 0.24
    right = (
        f"l{number(half * 0.7)} {number(tall * 0.42)}h{number(-half * 0.25)}"
        f"l{number(half * 0.75)} {number(tall * 0.5)}"
    )
    left = (
        f"h{number(-half * 2.4)}l{number(half * 0.75)} {number(-tall * 0.5)}"
        f"h{number(-half * 0.25)}z"
    )
    return f"M{number(x)} {number(y - tall)}{right}{left}"


def _motif(kind: str, width: float, height: float) -> str:
    """What the task is about, larger on a cover: a phone shows the middle of it alone."""
    is_wide = width > CARD[0]
    shapes = "".join(_shape(shape) for shape in MOTIFS[kind]["shapes"])
    place = f"translate({number(width / 2)} {number(height - (8 if is_wide else 0))})"
    larger = " scale(1.7)" if is_wide else ""
    return f'<g transform="{place}{larger}">{shapes}</g>'


def _shape(shape: dict[str, Any]) -> str:
    css = f'class="scene__{shape["css"]}"'
    if "r" in shape:
        return f'<circle {css} cx="{shape["cx"]}" cy="{shape["cy"]}" r="{shape["r"]}"/>'
    moved = f' transform="translate(0 {shape["dy"]})"' if "dy" in shape else ""
    return f'<path {css} d="{shape["d"]}"{moved}/>'
