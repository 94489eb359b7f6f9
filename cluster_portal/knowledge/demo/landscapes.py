"""Evening landscapes as pictures of the example's articles: made here, of nobody and nowhere."""

from __future__ import annotations

import io
import math

from PIL import Image, ImageDraw

SIZE = (1200, 750)
RIDGES = ((0.52, 60, 210), (0.66, 40, 340), (0.8, 28, 160))  # height, roughness, width of a wave
Colour = tuple[int, int, int]


def landscape(sky: Colour, glow: Colour, ground: Colour) -> bytes:
    """A sky that glows at the horizon, and three ridges that darken towards the reader."""
    width, height = SIZE
    picture = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        draw.line([(0, y), (width, y)], fill=_between(sky, glow, y / height))
    for number, (level, rough, wave) in enumerate(RIDGES, start=1):
        line = [
            (x, height * level + rough * math.sin(x / wave + number) * math.cos(x / 90 / number))
            for x in range(0, width + 20, 20)
        ]
        shade = _between(glow, ground, 0.45 + 0.18 * number)
        draw.polygon([(0, height), *line, (width, height)], fill=shade)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=84)
    return out.getvalue()


def _between(one: Colour, two: Colour, share: float) -> Colour:
    share = min(1.0, max(0.0, share))
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, two, strict=True))
    return first, second, third
