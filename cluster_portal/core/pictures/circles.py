"""Rings of readers, and readiness as fine steps beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.core.pictures.drawing import number, ornament, svg, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from cluster_portal.core.pictures.drawing import Caption

MIDDLE, WIDEST, RING = 76, 72, 18


def circles(caption: Caption, names: Sequence[object], chosen: int) -> SafeString:
    """From everyone to the named ones: the chosen ring and all inside it are lit."""
    body = []
    for index in range(len(names)):
        css = "circle circle--lit" if index >= chosen else "circle circle--dark"
        css += " circle--edge" if index == chosen else ""
        radius = WIDEST - index * RING
        body.append(f'<circle class="{css}" cx="{MIDDLE}" cy="{MIDDLE}" r="{radius}"/>')
    for index, name in enumerate(names):
        y = MIDDLE - (WIDEST - index * RING) + 10
        body.append(f'<path class="axis axis--strong" d="M{MIDDLE} {y}H158"/>')
        body.append(f'<circle class="circle__dot" cx="{MIDDLE}" cy="{y}" r="2.5"/>')
        tone = "strong" if index == chosen else "soft"
        body.append(text(164, y + 4.5, str(name), f"fine {tone}"))
    return svg(caption, (300, 152), body, "picture-small")


def readiness(level: int) -> SafeString:
    """A level of nine as fine steps; the words stand beside it on the page."""
    steps = []
    for index in range(9):
        css = "trl trl--on" if index < level else "trl"
        top, tall = number(16 - index * 1.6), number(6 + index * 1.6)
        steps.append(
            f'<rect class="{css}" x="{index * 13}" y="{top}" width="10" height="{tall}" rx="2"/>'
        )
    return ornament((116, 24), steps, 'class="trl-scale"')
