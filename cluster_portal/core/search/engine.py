"""Finding, ranking and suggesting, over the rows a reader may see."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, FloatField, QuerySet, Value

from cluster_portal.core.search.fields import TermQuery
from cluster_portal.core.search.occurrences import Rows
from cluster_portal.core.search.queries import Word, loose_terms, query_for, word_of, words_of
from cluster_portal.core.search.words import candidates, same_but_for_dots

MAX_RANKED = 2_000
ENOUGH = 1_000  # as many of the newest rows as a list counts (`newest.Newest.MAX_COUNTED`)


def search(queryset: QuerySet[Any], q: str, newest: QuerySet[Any] | None = None) -> QuerySet[Any]:
    """The rows of `queryset` that match `q`, annotated with `rank`; all of them when q is empty.

    Costs one statement (do the words occur?), and one more per word that does not. Where rows are
    very many it looks among the `newest` of them first. Any text is harmless. The order is left
    alone: see `ranked`.
    """
    if not q or not q.strip():
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()))
    words = words_of(q)
    if not words:
        return queryset.none().annotate(rank=Value(0.0, output_field=FloatField()))
    query = query_for(_widen(Rows(queryset, newest, 1 if words[1:] else ENOUGH), words))
    return queryset.filter(search=query).annotate(rank=SearchRank(F("search"), query))


def is_searched(queryset: QuerySet[Any]) -> bool:
    return isinstance(queryset.query.annotations.get("rank"), SearchRank)


def query_of(queryset: QuerySet[Any]) -> TermQuery | None:
    """What a searched queryset is matched against; None when it is not searched."""
    rank = queryset.query.annotations.get("rank")
    if not isinstance(rank, SearchRank):
        return None
    return next(part for part in rank.get_source_expressions() if isinstance(part, TermQuery))


def ranked(queryset: QuerySet[Any], count: int | None = None) -> QuerySet[Any]:
    """Best first; of more than MAX_RANKED hits only the newest are ranked and returned.

    Apply it last, after all filters. Without a search the order stays. `count`, when known, spares
    the bound where it is not needed.
    """
    if not is_searched(queryset):
        return queryset
    if count is None or count >= MAX_RANKED:
        newest = queryset.order_by("-pk").values("pk")[:MAX_RANKED]
        queryset = queryset.filter(pk__in=newest)
    return queryset.order_by("-rank", "-pk")


def suggest(queryset: QuerySet[Any], q: str, newest: QuerySet[Any] | None = None) -> str | None:
    """`q` with its unknown words put right, when that finds rows of `queryset`; else None.

    Where rows are very many it looks among the `newest` of them first.
    """
    words, rows = words_of(q), Rows(queryset, newest)
    found = rows.have(words)
    if not words or all(found):
        return None
    better = [w.text if occurs else _best(rows, w) for w, occurs in zip(words, found, strict=True)]
    if None in better or not any(rows.have(words_of(" ".join(map(str, better))))):
        return None
    return " ".join(map(str, better))


def _best(rows: Rows, word: Word) -> str | None:
    options = candidates(word.text)
    occurs = rows.have([word_of(option) for option in options])
    return next((o for o, there in zip(options, occurs, strict=True) if there), None)


def _widen(rows: Rows, words: list[Word]) -> list[Word]:
    """Each word that occurs in no row, as a beginning (the last) or as what it may stand for.

    A pair that is one compound of these texts is read as that. The last word, when no dictionary
    knows it and no text has it as it stands, is a beginning besides.
    """
    last, pairs = words[-1], [first.joined(second) for first, second in pairwise(words)]
    asked = [*words, *filter(None, pairs)]
    *occurs, begins = rows.have_and_begin(asked, len(words) - 1)
    found, joined = occurs[: len(words)], iter(occurs[len(words) :])
    prefix = replace(last.as_prefix() or last, seen=begins) if begins else None
    whole = zip(words[:-1], found[:-1], strict=True) if prefix else zip(words, found, strict=True)
    widened = [replace(word, seen=there) if there else _corrected(word) for word, there in whole]
    if prefix:
        widened.append(
            prefix if found[-1] else prefix.widened(map(word_of, same_but_for_dots(last.text)))
        )
    return _merged(widened, [pair if pair and next(joined) else None for pair in pairs])


def _merged(words: list[Word], pairs: list[Word | None]) -> list[Word]:
    """`pairs[i]` stands for the words i and i + 1 where it is given, from the left."""
    merged, index = [], 0
    while index < len(words):
        pair = pairs[index] if index < len(pairs) else None
        merged.append(pair or words[index])
        index += 2 if pair else 1
    return merged


def _corrected(word: Word) -> Word:
    """The word or what it may stand for; no letter of a Finnish base form is taken for a slip."""
    options = same_but_for_dots(word.text) if word.is_base else candidates(word.text)
    meant = [word_of(option) for option in options]
    return word.widened(meant, loose_terms(word.text.lower()))
