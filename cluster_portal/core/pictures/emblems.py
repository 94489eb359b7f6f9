"""Emblems of organisations without a logo, and portraits in place of a face that is not published.

The same name gives the same picture in every process. The outline of an emblem tells the sector.
"""

from __future__ import annotations

import hashlib
import tomllib
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_portal.core.pictures.drawing import ornament

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

DATA = Path(__file__).parent.parent / "data" / "emblems.toml"
SHAPES = tomllib.loads(DATA.read_text(encoding="utf-8"))
BOX = (48, 48)
GROUND = "M0 0H48V48H0Z"
CORNERS = ((0, 0), (24, 0), (24, 24), (0, 24))
# Quarter turns of the four tiles: a wheel, a weave, a mirror, a wheel the other way.
ORDERS = ((0, 1, 2, 3), (0, 1, 0, 1), (0, 1, 3, 2), (0, 3, 2, 1))


def _digits(name: str) -> bytes:
    return hashlib.sha256(name.strip().casefold().encode()).digest()


def _attributes(part: str, size: str, sector: str) -> str:
    kind = f"{part} {part}--{escape(size)}" if size else part
    return f'class="{kind}" data-sector="{escape(sector)}"'


def emblem(name: str, sector: str, size: str = "") -> SafeString:
    """A mark in the outline of its sector. Sizes: xs, s, (m), l, xl."""
    digits, tiles = _digits(name), SHAPES["tiles"]
    first = digits[0] % len(tiles)
    second = (first + 1 + digits[1] % (len(tiles) - 1)) % len(tiles)
    order, turns = ORDERS[digits[2] % len(ORDERS)], (digits[3] % 4, digits[7] % 4)
    body = [f'<path class="emblem__ground" d="{GROUND}"/>']
    for corner, (x, y) in enumerate(CORNERS):
        half = corner % 2 if digits[6] % 3 else corner // 2
        tone = "deep" if (corner + digits[5]) % 2 else "light"
        if corner == digits[4] % 4:
            tone = "accent"
        angle = 90 * ((order[corner] + turns[half]) % 4)
        body.append(
            f'<path class="emblem__{tone}" d="{tiles[second if half else first]}"'
            f' transform="translate({x} {y}) rotate({angle} 12 12)"/>'
        )
    return ornament(BOX, body, _attributes("emblem", size, sector))


def outline(sector: str) -> SafeString:
    """The outline of a sector alone, for keys."""
    ground = f'<path class="emblem__ground" d="{GROUND}"/>'
    return ornament(BOX, [ground], _attributes("emblem", "key", sector))


def portrait(name: str, sector: str = "", size: str = "") -> SafeString:
    """A bust, never a likeness: it says nothing about the person."""
    digits = _digits(name)
    hair = SHAPES["hair"][digits[0] % len(SHAPES["hair"])]
    collar = SHAPES["collars"][digits[1] % len(SHAPES["collars"])]
    body = [
        f'<path class="portrait__ground" d="{GROUND}"/>',
        '<path class="portrait__coat" d="M4 48C5 37 13 33 24 33S43 37 44 48Z"/>',
        '<path class="portrait__skin" d="M20 27H28V34Q24 38 20 34Z"/>',
        f'<path class="portrait__collar" d="{collar}"/>',
        '<ellipse class="portrait__skin" cx="24" cy="20" rx="9" ry="10.5"/>',
        f'<path class="portrait__hair" d="{hair}"/>',
    ]
    tone = f' data-tone="{digits[2] % 3}"'
    return ornament(BOX, body, _attributes("portrait", size, sector or "public") + tone)
