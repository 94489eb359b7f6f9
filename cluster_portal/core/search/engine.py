"""Finding, ranking and suggesting, over the rows a reader may see."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, FloatField, QuerySet, Value

from cluster_portal.core.search.fields import TermQuery
from cluster_portal.core.search.queries import Word, loose_terms, sql_of, word_of, words_of
from cluster_portal.core.search.words import candidates

MAX_RANKED = 2_000


def search(queryset: QuerySet[Any], q: str) -> QuerySet[Any]:
    """The rows of `queryset` that match `q`, annotated with `rank`; all of them when q is empty.

    Costs one statement (do the words occur?), and one more per word that does not. Any text is
    harmless. The order is left alone: see `ranked`.
    """
    if not q or not q.strip():
        return queryset.annotate(rank=Value(0.0, output_field=FloatField()))
    words = words_of(q)
    if not words:
        return queryset.none().annotate(rank=Value(0.0, output_field=FloatField()))
    query = TermQuery(sql_of(_widen(queryset, words)))
    return queryset.filter(search=query).annotate(rank=SearchRank(F("search"), query))


def is_searched(queryset: QuerySet[Any]) -> bool:
    return isinstance(queryset.query.annotations.get("rank"), SearchRank)


def query_of(queryset: QuerySet[Any]) -> str | None:
    """The terms that a searched queryset is matched against, as PostgreSQL reads them."""
    rank = queryset.query.annotations.get("rank")
    if not isinstance(rank, SearchRank):
        return None
    return next(part.text for part in rank.get_source_expressions() if isinstance(part, TermQuery))


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


def suggest(queryset: QuerySet[Any], q: str) -> str | None:
    """`q` with its unknown words put right, when that finds rows of `queryset`; else None."""
    words = words_of(q)
    found = _occurrences(queryset, words)
    if not words or all(found):
        return None
    better = [
        w.text if occurs else _best(queryset, w) for w, occurs in zip(words, found, strict=True)
    ]
    if None in better or not any(_occurrences(queryset, words_of(" ".join(map(str, better))))):
        return None
    return " ".join(map(str, better))


def _best(queryset: QuerySet[Any], word: Word) -> str | None:
    options = candidates(word.text)
    occurs = _occurrences(queryset, [word_of(option) for option in options])
    return next((o for o, there in zip(options, occurs, strict=True) if there), None)


def _widen(queryset: QuerySet[Any], words: list[Word]) -> list[Word]:
    """Each word that occurs in no row, as a beginning (the last) or as what it may stand for.

    A pair that is one compound of these texts is read as that. The last word, when no dictionary
    knows it and no text has it as it stands, is a beginning besides.
    """
    last, prefix = words[-1], words[-1].as_prefix()
    pairs = [first.joined(second) for first, second in pairwise(words)]
    asked = [*words, last.as_typed(), prefix or last, *(pair or last.as_typed() for pair in pairs)]
    occurs = _occurrences(queryset, [replace(word, near=()) for word in asked])
    found, (is_typed, begins), joined = (
        occurs[: len(words)],
        occurs[len(words) : len(words) + 2],
        occurs[len(words) + 2 :],
    )
    widened = [
        word if there else _corrected(word) for word, there in zip(words, found, strict=True)
    ]
    if prefix and begins and not (found[-1] and (is_typed or last.is_sure)):
        widened[-1] = prefix
    compounds = [pair if there else None for pair, there in zip(pairs, joined, strict=True)]
    return _merged(widened, compounds)


def _merged(words: list[Word], pairs: list[Word | None]) -> list[Word]:
    """`pairs[i]` stands for the words i and i + 1 where it is given, from the left."""
    merged, index = [], 0
    while index < len(words):
        pair = pairs[index] if index < len(pairs) else None
        merged.append(pair or words[index])
        index += 2 if pair else 1
    return merged


def _corrected(word: Word) -> Word:
    meant = [word_of(candidate) for candidate in candidates(word.text)]
    return word.widened(meant, loose_terms(word.text.lower()))


def _occurrences(queryset: QuerySet[Any], words: list[Word]) -> list[bool]:
    """For each word, whether any row has it; one statement.

    Of materialised rows the first, not EXISTS: that would make the planner read the
    table in the hope of an early hit, which a word that occurs seldom never gives.
    """
    if not words:
        return []
    base = queryset.order_by()
    try:
        rows = [base.filter(search=TermQuery(word.sql())).values("pk") for word in words]
        asked = [some.query.sql_with_params() for some in rows]
    except EmptyResultSet:
        return [False] * len(words)
    # The parts are the ORM's.
    parts = (
        f"(WITH h AS MATERIALIZED ({part}) SELECT count(*) > 0 FROM (SELECT FROM h LIMIT 1) AS one)"  # noqa: S608
        for part, _params in asked
    )
    sql = f"SELECT {', '.join(parts)}"
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(sql, [value for _part, params in asked for value in params])
        return list(cursor.fetchone() or [])
