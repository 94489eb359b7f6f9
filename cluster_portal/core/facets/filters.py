"""What a list is narrowed by in one request: what is chosen, what is found, what is counted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import Value

from cluster_portal.core.facets.facet import TOTAL, Facet
from cluster_portal.core.facets.groups import Chip, Group
from cluster_portal.core.search import bounded, is_searched, newest
from cluster_portal.core.search.offers import names_any

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import QueryDict

    from cluster_portal.core.facets.facet import Choice
    from cluster_portal.core.visibility import Reader

MAX_COUNTED = 1_000  # newest rows: options are counted in these, and a search finds no more
MAX_ROWS = 10_000
OPEN = "open-"  # in the address, before the name of a facet that the reader has opened
OPEN_AT_FIRST = 3  # facets


class Filters(django_filters.FilterSet):
    """What a list is narrowed by; subclasses declare a `Facet` each line. Unknown keys and values
    are ignored. Of the `words` of a search some may name an option.
    """

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Any],
        *,
        reader: Reader | None = None,
        words: str = "",
    ) -> None:
        super().__init__(data, queryset)
        self.reader, self.words = reader or AnonymousUser(), words

    @cached_property
    def selection(self) -> dict[str, list[Choice]]:
        """By facet, in force."""
        if not self.is_valid():
            return {}
        return {name: chosen for name, chosen in self.form.cleaned_data.items() if chosen}

    @property
    def has_unknown(self) -> bool:
        """Whether the address names a facet with values that are none of its options."""
        named = (name for name in self.filters if any(self.data.getlist(name)))
        return any(name not in self.selection for name in named)

    @cached_property
    def groups(self) -> list[Group]:
        """What to choose from, folded or not; naming it may need the database."""
        return [
            self._group(name) if name in self._unfolded else Group(name, facet.label, is_open=False)
            for name, facet in self._offered.items()
        ]

    @cached_property
    def named(self) -> list[Group]:
        """Those of which the words may name an option."""
        return [self._group(name) for name in self._named]

    def _group(self, name: str) -> Group:
        facet, counts = self.filters[name], self._counts[name]
        is_least = counts[TOTAL] >= MAX_COUNTED
        return Group(
            name,
            facet.label,
            is_open=True,
            options=facet.options_of(counts, self.selection.get(name, []), is_least=is_least),
            is_kept_open=name not in self._open_at_first,
        )

    @cached_property
    def _offered(self) -> dict[str, Facet]:
        return {name: facet for name, facet in self.filters.items() if facet.is_offered}

    @cached_property
    def _open_at_first(self) -> set[str]:
        open_ones = (name for name, facet in self._offered.items() if facet.is_open)
        return {*list(self._offered)[:OPEN_AT_FIRST], *open_ones}

    @cached_property
    def _unfolded(self) -> set[str]:
        opened = (name for name in self._offered if f"{OPEN}{name}" in self.data)
        return {*self._open_at_first, *self.selection, *opened}

    @cached_property
    def _named(self) -> list[str]:
        """What occurs among the rows is not known before: it may be named by any words."""
        return [
            name
            for name, facet in self._offered.items()
            if self.words and (facet.options is None or names_any(facet.labels, self.words))
        ]

    @cached_property
    def _counted(self) -> list[str]:
        return [name for name in self._offered if name in self._unfolded or name in self._named]

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        """How many of the newest rows have each value of a facet, of those to be shown.

        A facet's own choice narrows only the counts of the others.
        """
        texts = self._columns | self._chosen_values()
        return {name: self.filters[name].count(texts[name][:MAX_COUNTED]) for name in self._counted}

    @cached_property
    def _columns(self) -> dict[str, Sequence[Any]]:
        """The newest rows and one more: keys, ranks, the values of what is not chosen from."""
        if is_searched(self.queryset):
            own, rows = ["pk", "rank"], bounded(self.qs, MAX_COUNTED + 1)
        else:
            own, rows = ["pk"], newest(self.qs)
        names = [name for name in self._counted if name not in self.selection]
        values = (self.filters[name].value for name in names)
        found = rows.values_list(*own, *values)[: MAX_COUNTED + 1]
        columns = list(zip(*found, strict=True)) or [()] * (len(own) + len(names))
        return dict(zip([*own, *names], columns, strict=True))

    @property
    def best(self) -> list[int]:
        """Keys of what a search finds, best first; of more than MAX_COUNTED only the newest."""
        hits = zip(self._columns["pk"], self._columns["rank"], strict=True)
        ranks = [(rank, pk) for pk, rank in sorted(hits, reverse=True)[:MAX_COUNTED]]
        return [pk for _rank, pk in sorted(ranks, reverse=True)]

    def _chosen_values(self) -> dict[str, list[str | None]]:
        """The values of each facet chosen from, in the rows that the other facets leave."""
        chosen = [name for name in self._offered if name in self.selection]
        rows = (newest(self.without(name)) for name in chosen)
        parts = [
            each.values_list(Value(name), self.filters[name].value)[:MAX_COUNTED]
            for name, each in zip(chosen, rows, strict=True)
        ]
        texts: dict[str, list[str | None]] = {name: [] for name in chosen}
        for name, text in parts[0].union(*parts[1:], all=True) if parts else ():
            texts[name].append(text)
        return texts

    @cached_property
    def _total(self) -> int:
        counted = len(self._columns["pk"])
        if counted <= MAX_COUNTED or is_searched(self.queryset):
            return counted
        return self.qs.order_by().values("pk")[: MAX_ROWS + 1].count()

    @property
    def count(self) -> int:
        """How many rows are found, at most the bound that `is_capped` tells of."""
        return min(self._total, self._bound)

    @property
    def is_capped(self) -> bool:
        return self._total > self._bound

    @cached_property
    def _bound(self) -> int:
        return MAX_COUNTED if is_searched(self.queryset) else MAX_ROWS

    def without(self, *names: str) -> QuerySet[Any]:
        """Narrowed by all other facets."""
        rows = self.queryset
        for other, facet in self.filters.items():
            if other not in names:
                rows = facet.filter(rows, self.selection.get(other, []))
        return rows

    @cached_property
    def chosen(self) -> list[Chip]:
        """What is in force, named."""
        found = []
        for name, chosen in self.selection.items():
            for _stored, value, label in chosen:
                words = f"{self.filters[name].label}: {label}"
                found.append(Chip(name, value, words, self._url_without(name, value)))
        return found

    @property
    def unoffered(self) -> list[Chip]:
        """What a link has chosen, which the form must carry along."""
        return [chip for chip in self.chosen if chip.key not in self._offered]

    @property
    def query(self) -> str:
        """What is searched and chosen, whatever the page and the order, for an address."""
        rest = self._without_page()
        for key in ("sort", *(key for key in rest if key.startswith(OPEN))):
            rest.pop(key, None)
        return rest.urlencode()

    def _url_without(self, name: str, value: str) -> str:
        rest = self._without_page()
        rest.setlist(name, [v for v in rest.getlist(name) if v != value])
        return f"?{rest.urlencode()}"

    def _without_page(self) -> QueryDict:
        rest = self.data.copy()
        rest.pop("page", None)
        return rest
