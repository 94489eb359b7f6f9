"""What the one search box finds: rows of every kind that the reader may see, and standing pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import search
from cluster_portal.core.content import parts
from cluster_portal.home.pages import static_pages

if TYPE_CHECKING:
    from cluster_portal.core.content import Found
    from cluster_portal.core.visibility import Reader

PER_KIND = 5
PAGES = "pages"


@dataclass(frozen=True)
class Hits:
    """What is found of one kind: the first of it, all of it in order, and how much it is.

    `count` is at most `search.MAX_RANKED`; of more only the newest are found.
    """

    key: str
    label: str
    first: list[Any]
    rows: Any
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.first)


def everything(user: Reader, q: str) -> list[Hits]:
    """By kind, in the order of the kinds; without those of which nothing is found."""
    found = [_of_kind(kind, user, q) for kind in parts(lambda one: one.search)]
    pages = static_pages.matching(q)
    found.append(Hits(PAGES, _("Pages of the portal"), pages[:PER_KIND], pages, len(pages)))
    return [hits for hits in found if hits.count]


def _of_kind(kind: Found, user: Reader, q: str) -> Hits:
    rows = search.ranked(search.search(kind.rows(user), q))
    first = list(rows.annotate(hits=Window(Count("pk")))[:PER_KIND])
    return Hits(kind.key, str(kind.label), first, rows, first[0].hits if first else 0)


def related(user: Reader, q: str, found: list[Hits]) -> list[Any]:
    """What is about the same things in other words, of all kinds, best first, without `found`."""
    stored = (hits for hits in found if hits.key != PAGES)
    rows, known = [], {hits.key: hits.rows.order_by().values("pk") for hits in stored}
    for kind in parts(lambda one: one.search):
        rows += search.related(kind.rows(user), q, exclude=known.get(kind.key))
    rows.sort(key=lambda row: -row.related_rank)
    return search.real(rows[: search.SHOWN])


def suggestion(user: Reader, q: str) -> str | None:
    """The query put right, when that finds something that the reader may see."""
    better = (search.suggest(kind.rows(user), q) for kind in parts(lambda one: one.search))
    return next(filter(None, better), None)


def line(found: Any, q: str) -> dict[str, Any]:
    """One found object, or the name of a standing page, as the results show it."""
    if isinstance(found, str):
        text = static_pages.text_of(found, (get_language() or "fi")[:2])
        title, url = str(static_pages.TITLES[found]), reverse(f"home:{found}")
    else:
        title, text, url = found.search_title, found.search_summary, found.get_absolute_url()
    return {"title": search.snippet(title, q), "text": search.snippet(text, q), "url": url}
