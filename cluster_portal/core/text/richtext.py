"""Markdown to safe HTML: the one function for page, preview, admin, mail and feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TAGS = {
    "p", "br", "hr", "strong", "em", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "h2", "h3", "h4",
}  # fmt: skip
_BLOCKS = {"paragraph_close", "heading_close", "bullet_list_close", "ordered_list_close"}
_SCHEMES = {"http", "https", "mailto"}


def render(source: str) -> SafeString:
    """Sanitised HTML of a Markdown text; headings start at h2, images and raw HTML are dropped."""
    html = _parser.render(source or "")
    html = html.replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has just sanitised it


def plain(source: str) -> str:
    """The words of a Markdown text without markup, for summaries and search."""
    return " ".join(nh3.clean(_parser.render(source or ""), tags=set()).split())


def text(source: str) -> str:
    """A Markdown text for mail programs that show no HTML: an address stands after its words."""
    lines: list[str] = []
    mark, quote = "", 0
    for token in _parser.parse(source or ""):
        if token.type == "list_item_open":
            mark = "- " if token.markup in "-+*" else f"{token.info}{token.markup} "
        elif token.type in {"blockquote_open", "blockquote_close"}:
            quote += token.nesting
        elif token.type in {"inline", "fence", "code_block"}:
            words = _words(token.children) if token.children else token.content.rstrip()
            lines += [f"{'> ' * quote}{mark}{line}" for line in words.split("\n")]
            mark = ""
        elif token.type in _BLOCKS and not token.hidden:
            lines.append("")
    return "\n".join(lines).strip()


def _words(tokens: Sequence[Token]) -> str:
    found, address = "", ""
    for token in tokens:
        if token.type == "link_open":
            address, start = str(token.attrGet("href")), len(found)
        elif token.type == "link_close":
            is_known = address.partition(":")[0] in _SCHEMES
            found += "" if found[start:] == address or not is_known else f": {address}"
        else:
            found += "\n" if token.type in {"softbreak", "hardbreak"} else token.content
    return found
