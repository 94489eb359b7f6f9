"""A list page: search, facets, orders, pages, "did you mean", the fragment for htmx, saved search.

    TOPICS = ListPage(
        "topics", _("Thesis topics"), "theses:list",
        rows=lambda user: Topic.objects.visible_to(user).open(),
        filters=TopicFilters,
        counted=ngettext_lazy("%(count)d topic", "%(count)d topics", "count"),
        page="theses/topic_list.html", results="components/results_rows.html", row=row_of,
    )

stands in the app's `pages/`; its view is `return TOPICS.response(request)`. Searches of the lists
that a content type declares can be saved; notices of them ask this same declaration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.content import Part, parts
from cluster_portal.core.facets import Filters
from cluster_portal.core.http import page_of
from cluster_portal.core.search import Hits, is_searched, ranked, related, search, snippet, suggest
from cluster_portal.core.search.offers import Offer, offers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from cluster_portal.core.facets import Label
    from cluster_portal.core.visibility import Reader

MAX_IN_FEED = 200
MAX_QUERY = 200
FEW = 10  # found rows, below which what is related is shown too
BEST = "best"


@dataclass(frozen=True)
class Order:
    """An order that a reader can choose; `by()` gives the arguments of `order_by`."""

    key: str
    label: Label
    by: Callable[[], tuple[Any, ...]]


BEST_MATCH = Order(BEST, gettext_lazy("Best match"), tuple)


@dataclass(frozen=True)
class ListPage(Part):
    """One list of the portal; see the module's text.

    `rows(user)` are those that stand on the list for this reader, in the list's own order, with
    all that a row shows. `row` makes of each what the template draws, `values` gives the templates
    more, `around` more for the whole page alone. `counted` is a lazy plural of `count`. Without a
    search the first of `orders` holds; the expressions of `first_by`, carried by rows by name, come
    before any order. Who saved a search is told of rows that are `told`.
    """

    label: Label
    url_name: str
    rows: Callable[[Any], QuerySet[Any]]
    counted: _StrPromise
    page: str
    results: str
    filters: type[Filters] = Filters
    orders: tuple[Order, ...] = ()
    row: Callable[[Any], Any] | None = None
    values: Callable[[Found], dict[str, Any]] | None = None
    around: Callable[[Found], dict[str, Any]] | None = None
    above: tuple[tuple[Label, str], ...] = ()  # pages in the breadcrumb: name, name of the address
    first_by: Callable[[Found], dict[str, Any]] | None = None
    told: Q = field(default_factory=Q)
    per_page: int = 20

    def response(self, request: HttpRequest) -> HttpResponse:
        """The whole page, or its results alone for htmx."""
        found = Found(self, request.user, request.GET)
        context = found.context(
            page_of(request, found.rows, self.per_page, count=found.filters.count)
        )
        is_fragment = bool(getattr(request, "htmx", False))
        if self.around and not is_fragment:
            context |= self.around(found)
        response = render(request, self.results if is_fragment else self.page, context)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def found(self, user: Reader, params: QueryDict) -> Found:
        return Found(self, user, params)

    def feed(self, user: Reader, params: QueryDict) -> Iterable[Any]:
        """What a feed of the list tells: the first rows of what the address asks for."""
        return Found(self, user, params).rows[:MAX_IN_FEED]

    def matching(self, user: Reader, params: QueryDict, only: Collection[int]) -> QuerySet[Any]:
        """Which of the things `only` (primary keys) this reader finds on the list by `params`.

        The search is made among all rows and cut down then: whether a word is a slip of the pen
        is seen from what all of them say.
        """
        found = Found(self, user, params)
        if found.filters.has_unknown:  # a choice that is gone would else ask for everything
            return found.visible.none()
        return found.filters.qs.filter(self.told, pk__in=only)

    def told_to(self, user: Reader) -> QuerySet[Any]:
        return self.rows(user).filter(self.told)

    def canonical(self, params: QueryDict, user: Reader) -> str:
        """The search in one spelling: words, then choices in force; nothing else is kept."""
        words = words_of(params)
        chosen = sorted((chip.key, chip.value) for chip in self._chips(params, user))
        return urlencode([("q", words), *chosen] if words else chosen)

    def describe(self, params: QueryDict, user: Reader) -> str:
        """The search in words of the active language; empty when it asks for everything."""
        words = words_of(params)
        labels = [chip.label for chip in self._chips(params, user)]
        return ", ".join([words, *labels] if words else labels)

    def url(self, query: str = "") -> str:
        address = reverse(self.url_name)
        return f"{address}?{query}" if query else address

    def _chips(self, params: QueryDict, user: Reader) -> list[Any]:
        """What the reader can choose; without what only a link can."""
        filters = self.filters(params, self.rows(user), reader=user)
        return [chip for chip in filters.chosen if chip not in filters.unoffered]


class Found:
    """What one reader finds on a list by the parameters of an address."""

    def __init__(self, page: ListPage, user: Reader, params: QueryDict) -> None:
        self.page, self.user, self.params = page, user, params
        self.visible = page.rows(user)
        self.can_search = hasattr(self.visible.model, "search_title")
        self.q = words_of(params) if self.can_search else ""
        found = search(self.visible, self.q)
        self.filters = page.filters(params, found, reader=user, words=self.q)
        self.is_searched = is_searched(self.filters.queryset)

    @property
    def count_text(self) -> str:
        words = self.page.counted % {"count": self.filters.count}
        return _("Over %(rows)s") % {"rows": words} if self.filters.is_capped else words

    @cached_property
    def order(self) -> Order | None:
        """What is asked when the list has it, else the best match or the list's first."""
        return next(
            (one for one in self._orders if one.key == self.params.get("sort")),
            self._orders[0] if self._orders else None,
        )

    @cached_property
    def _orders(self) -> tuple[Order, ...]:
        return (BEST_MATCH, *self.page.orders) if self.is_searched else self.page.orders

    @property
    def rows(self) -> QuerySet[Any] | Hits:
        """All that is found, in order."""
        first = self.page.first_by(self) if self.page.first_by else {}
        if self.order is BEST_MATCH and not first:
            return Hits(self.visible, self.filters.best)
        rows = self.filters.qs.annotate(**first)
        if self.order is BEST_MATCH:
            return ranked(rows, first)
        if self.is_searched:
            rows = self.visible.annotate(**first).filter(pk__in=self.filters.best)
        return rows.order_by(*first, *self.order.by()) if self.order else rows

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """None to choose from where the list has but its own order."""
        orders = self._orders if self.page.orders else ()
        return [{"value": o.key, "label": o.label, "chosen": o is self.order} for o in orders]

    def context(self, page: Page[Any]) -> dict[str, Any]:
        if self.page.row:
            page.object_list = [self.page.row(row) for row in page.object_list]
        trail = [{"name": label, "url": reverse(to)} for label, to in self.page.above]
        values: dict[str, Any] = {
            "q": self.q,
            "can_search": self.can_search,
            "page": page,
            "faceted": self.filters,
            "count_text": self.count_text,
            "sorts": self.sorts,
            "suggestion": suggest(self.visible, self.q)
            if self.q and not self.filters.count
            else None,
            "list_url": self.page.url(),
            "results_template": self.page.results,
            "save_kind": self.page.key if get(self.page.key) is self.page else "",
            "trail": [*trail, {"name": self.page.label}],
        }
        if self.is_searched:
            values |= {"offers": self.offers, "related": self.related}
        return values | (self.page.values(self) if self.page.values else {})

    @property
    def offers(self) -> list[Offer]:
        """The facets that words of the search name; where little is found, of the whole list."""
        facets = self.filters
        if facets.count < FEW:
            facets = self.page.filters(QueryDict(), self.visible, reader=self.user, words=self.q)
        return offers(facets.named, self.q, self.params)

    @property
    def related(self) -> list[dict[str, Any]]:
        """Where little contains the words: what is about the same things."""
        if self.filters.count >= FEW or not hasattr(self.visible.model, "search_title"):
            return []
        narrowed = self.filters.filter_queryset(self.visible)
        rows = related(narrowed, self.q, exclude=self.filters.queryset.values("pk"))
        return [
            {
                "title": row.search_title,
                "text": snippet(row.search_summary, self.q),
                "url": row.get_absolute_url(),
            }
            for row in rows
        ]


def words_of(params: QueryDict) -> str:
    return " ".join(params.get("q", "").split())[:MAX_QUERY].strip()


def get(key: str) -> ListPage | None:
    """The list whose searches can be saved; None for one that no type declares any more."""
    return next((page for page in every() if page.key == key), None)


def every() -> list[ListPage]:
    return parts(lambda one: one.lists)
