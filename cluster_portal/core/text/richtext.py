"""Markdown to safe HTML: the one function for page, preview, admin, mail and feed."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
_TAGS = {
    "p", "br", "hr", "strong", "em", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "h2", "h3", "h4",
}  # fmt: skip
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
