"""What every picture is made of: numbers, words and the <svg> around them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

Point = tuple[float, float]


class Caption(NamedTuple):
    """`title` names the picture, `desc` tells in a sentence or two what it shows."""

    key: str
    title: str
    desc: str


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def text(x: float, y: float, words: str, css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text x="{number(x)}" y="{number(y)}"{kind}>{escape(words)}</text>'


def svg(caption: Caption, size: Point, body: Iterable[str], css: str = "") -> SafeString:
    kind = f' class="{css}"' if css else ""
    key = escape(caption.key)
    drawn = (
        f'<svg{kind} viewBox="0 0 {number(size[0])} {number(size[1])}" role="img"'
        f' aria-labelledby="{key}-t {key}-d"><title id="{key}-t">{escape(caption.title)}</title>'
        f'<desc id="{key}-d">{escape(caption.desc)}</desc>{"".join(body)}</svg>'
    )
    return mark_safe(drawn)  # noqa: S308 – all words above and in text() are escaped


def ornament(size: Point, body: Iterable[str], attributes: str) -> SafeString:
    """Decoration beside words, hidden from assistive technology; code gives the attributes."""
    box = f'viewBox="0 0 {number(size[0])} {number(size[1])}"'
    drawn = f'<svg {attributes} {box} aria-hidden="true">{"".join(body)}</svg>'
    return mark_safe(drawn)  # noqa: S308 – holds no words
