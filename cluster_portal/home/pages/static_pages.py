"""The pages of standing text: their titles, and what the search finds them by."""

from __future__ import annotations

from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cluster_portal.core import search
from cluster_portal.core.text.languages import LANGUAGES, every_translation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLES: dict[str, _StrPromise] = {
    "about": _("About the clusters"),
    "privacy": _("Privacy notice"),
    "accessibility": _("Accessibility statement"),
    "terms": _("Terms of use"),
}


def matching(q: str) -> list[str]:
    """The pages that have all words of the query, in whatever language."""
    return [page for page in TITLES if search.matches(_terms_of(page), q)]


@cache
def text_of(page: str, language: str) -> str:
    with override(language):
        html = render_to_string(f"home/pages/{page}.{language}.html")
    return unescape(strip_tags(html)).strip()


@cache
def _terms_of(page: str) -> frozenset[str]:
    texts = [("C", text_of(page, language)) for language in LANGUAGES]
    return search.terms_of([("A", every_translation(TITLES[page])), *texts])
