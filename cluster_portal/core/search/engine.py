"""Finding, ranking and suggesting, over the rows a reader may see.

What a query says is read from the query alone: the order of its words and the other texts change
nothing, so a text that is added removes no hit. Only a word that occurs nowhere among the rows as
it stands is taken for a slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, IntegerField, QuerySet, Value

from cluster_portal.core.search.documents import vector
from cluster_portal.core.search.fields import TermQuery
from cluster_portal.core.search.queries import Word, query_for, word_of, words_of
from cluster_portal.core.search.slips import corrected, with_slips
from cluster_portal.core.search.words import candidates, continued

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_RANKED = 1_000


def search(queryset: QuerySet[Any], q: str) -> QuerySet[Any]:
    """The rows of `queryset` that match `q`, annotated with `rank`; all of them when q is empty.

    Costs at most one statement for all words that may be slips, and one more for each that is.
    Any text is harmless. The order is left alone: see `ranked`.
    """
    if not q or not q.strip():
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()))
    words = words_of(q)
    if not words:
        return queryset.none().annotate(rank=Value(0.0, output_field=FloatField()))
    known = _known(queryset, words)
    read = [with_slips(w) if there else corrected(w) for w, there in zip(words, known, strict=True)]
    query = query_for(read)
    return queryset.filter(search=query).annotate(rank=SearchRank(F("search"), query))


def is_searched(queryset: QuerySet[Any]) -> bool:
    return isinstance(queryset.query.annotations.get("rank"), SearchRank)


def query_of(queryset: QuerySet[Any]) -> TermQuery | None:
    """What a searched queryset is matched against; None when it is not searched."""
    rank = queryset.query.annotations.get("rank")
    if not isinstance(rank, SearchRank):
        return None
    return next(part for part in rank.get_source_expressions() if isinstance(part, TermQuery))


def newest(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Newest first. Of a search by an expression, which no index is ordered by: along the index of
    the key, PostgreSQL would look for the words row by row.
    """
    return queryset.order_by((F("pk") + 0).desc() if is_searched(queryset) else "-pk")


def ranked(queryset: QuerySet[Any], first: Iterable[str] = ()) -> QuerySet[Any]:
    """Best first; of more than MAX_RANKED hits only the newest are ranked and returned.

    Apply it last, after all filters. Without a search the order stays. `first` is what comes
    before the rank.
    """
    if not is_searched(queryset):
        return queryset
    pks = newest(queryset).values("pk")[:MAX_RANKED]
    return queryset.filter(pk__in=pks).order_by(*first, "-rank", "-pk")


def bounded(found: QuerySet[Any], most: int) -> QuerySet[Any]:
    """The newest rows of a search, at most so many, with their ranks; the words of no more rows
    are looked at than are found and ranked.
    """
    pks, query = newest(found).values("pk")[:most], query_of(found)
    rows = found.model._default_manager.filter(pk__in=pks).order_by()
    return rows.annotate(rank=SearchRank(F("search"), query)) if query else rows.none()


@dataclass(frozen=True)
class Hits:
    """Rows in the order of their keys; what is cut out of them is read, and nothing else."""

    rows: QuerySet[Any]
    keys: list[int]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, which: slice) -> list[Any]:
        keys = self.keys[which]
        found = self.rows.in_bulk(keys)
        return [found[key] for key in keys if key in found]


def suggest(queryset: QuerySet[Any], q: str) -> str | None:
    """`q` with its unknown words put right, when that finds rows of `queryset`; else None."""
    words = words_of(q)
    found = occurring(queryset, words)
    if not words or all(found):
        return None
    better = [
        w.text if there else _best(queryset, w) for w, there in zip(words, found, strict=True)
    ]
    if None in better or not any(occurring(queryset, words_of(" ".join(map(str, better))))):
        return None
    return " ".join(map(str, better))


def _best(rows: QuerySet[Any], word: Word) -> str | None:
    options = candidates(word.text) or continued(word.text)
    found = occurring(rows, [word_of(option) for option in options])
    return next((o for o, there in zip(options, found, strict=True) if there), None)


def _known(rows: QuerySet[Any], words: list[Word]) -> list[bool]:
    """Which words need no correction; those that cannot be slips are not looked up."""
    unsure = [word for word in words if word.may_be_slip]
    found = iter(occurring(rows, unsure))
    return [next(found) if word.may_be_slip else True for word in words]


def terms_of(parts: list[tuple[str, str]]) -> frozenset[str]:
    """What texts that are no row are found by; `parts` as in `Searchable.search_parts`."""
    return frozenset(vector(parts).positions)


def matches(terms: frozenset[str], q: str) -> bool:
    """Whether a text of these terms has all words of a query; no slips are put right."""
    words = words_of(q)
    return bool(words) and all(word.is_among(terms) for word in words)


def occurring(rows: QuerySet[Any], words: Iterable[Word]) -> list[bool]:
    """For each word, whether any row has it; one statement."""
    looks = [
        rows.order_by()
        .filter(search=TermQuery(word.sql()))
        .annotate(nth_word=Value(place, output_field=IntegerField()))
        .values_list("nth_word", flat=True)[:1]
        for place, word in enumerate(words)
    ]
    found = set(looks[0].union(*looks[1:], all=True)) if looks else set()
    return [place in found for place in range(len(looks))]
