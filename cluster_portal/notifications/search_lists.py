"""Lists whose searches can be saved; the apps register theirs in `apps.py`.

    lists.register(
        ListKind("topics", 60, _("Thesis topics"), "theses:list", rows=open_topics, facets=FACETS)
    )

and their services say `saved_searches.published("topics", topic.pk)` in the transaction that brings
a thing to the list. On the list's page stands `components/save_search.html`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise

from cluster_portal.core.facets import FacetSet
from cluster_portal.core.registries import Keyed, Registry
from cluster_portal.core.search import search

MAX_WORDS = 200


@dataclass(frozen=True)
class ListKind(Keyed):
    """A list with one search field `q` and facets.

    `rows(user)` are those that stand on the list for this reader: a searchable queryset whose
    objects have `get_absolute_url()`, `search_title` and, perhaps, `digest_line`. A list that
    orders or narrows in a way of its own gives `narrow(rows, params)`.
    """

    label: str | Promise
    list_url_name: str
    rows: Callable[[Any], QuerySet[Any]]
    facets: FacetSet
    narrow: Callable[[QuerySet[Any], QueryDict], QuerySet[Any]] | None = None

    def matching(self, user: Any, params: QueryDict, only: Collection[int]) -> QuerySet[Any]:
        """Which of the things `only` (primary keys) this reader finds on the list by `params`.

        The search is made among all rows and cut down then: whether a word is a slip of the pen
        is seen from what all of them say.
        """
        found = search(self.rows(user), words_of(params))
        narrowed = (self.narrow or self.facets.narrow)(found, params)
        return narrowed.filter(pk__in=only)

    def canonical(self, params: QueryDict) -> str:
        """The search in one spelling: words, then choices in force; nothing else is kept."""
        words = words_of(params)
        pairs = [("q", words)] if words else []
        return urlencode(pairs + sorted((chip.key, chip.value) for chip in self._chips(params)))

    def describe(self, params: QueryDict) -> str:
        """The search in words of the active language; empty when it asks for everything."""
        words = words_of(params)
        return ", ".join([*([words] if words else []), *(c.label for c in self._chips(params))])

    def url(self, query: str) -> str:
        address = reverse(self.list_url_name)
        return f"{address}?{query}" if query else address

    def _chips(self, params: QueryDict) -> list[Any]:
        return self.facets.chosen(self.rows(AnonymousUser()).model, params)


def words_of(params: QueryDict) -> str:
    return " ".join(params.get("q", "").split())[:MAX_WORDS].strip()


lists: Registry[ListKind] = Registry()


def get(key: str) -> ListKind | None:
    """None for a list that no app registers any more."""
    return next((kind for kind in lists if kind.key == key), None)
