"""The pages of standing text: their titles, and what the search finds them by."""

from __future__ import annotations

from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cluster_portal.core import search
from cluster_portal.core.text import richtext
from cluster_portal.core.text.languages import LANGUAGES, every_translation, text_in
from cluster_portal.knowledge.models.pages import Page, current

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EDITED = (Page.ABOUT, Page.CONTACT)
TITLES: dict[str, _StrPromise] = {
    **{str(page): page.label for page in EDITED},
    "privacy": _("Privacy notice"),
    "accessibility": _("Accessibility statement"),
    "terms": _("Terms of use"),
}


def matching(q: str) -> list[str]:
    """The pages that have all words of the query, in whatever language."""
    return [page for page in TITLES if search.matches(_terms_of(page), q)]


def text_of(page: str, language: str) -> str:
    if page in EDITED:
        return richtext.plain(text_in(current(page), "body", language))
    return _fixed_text(page, language)


@cache
def _fixed_text(page: str, language: str) -> str:
    with override(language):
        html = render_to_string(f"home/pages/{page}.{language}.html")
    return unescape(strip_tags(html)).strip()


def _terms_of(page: str) -> frozenset[str]:
    """Found anew only where somebody has saved another text."""
    return _found_by(page, tuple(text_of(page, language) for language in LANGUAGES))


@lru_cache(maxsize=20)
def _found_by(page: str, texts: tuple[str, ...]) -> frozenset[str]:
    title = every_translation(TITLES[page])
    return search.terms_of([("A", title), *(("C", text) for text in texts)])
