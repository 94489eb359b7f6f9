"""The second part of an answer: what is about the same things as the question, in other words.

The concepts of a text stand in its vector (`k:ransomware`); those of the question, what is near to
them and its single words are asked for, any of them, and the rows that have most are the answer.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, FloatField, Q, QuerySet, Value

from cluster_portal.core.matching import concepts
from cluster_portal.core.matching.features import CONCEPT as SAID
from cluster_portal.core.matching.features import is_general, said
from cluster_portal.core.matching.score import rarity
from cluster_portal.core.search.documents import concept_term
from cluster_portal.core.search.fields import TermQuery
from cluster_portal.core.search.queries import MAX_QUERY, lexeme, word_of
from cluster_portal.core.search.terms import guess_language, is_stop_word, normalise, tokens
from cluster_portal.core.text import finnish

CONCEPT, NEAR, WORD, MEMBER = 2.0, 0.5, 1.0, 0.5
MOST = 16  # of what is asked for, the weightiest
SHARE = 0.35  # of the best one's rank: what has less is not related beside it
LEAST = 0.12  # a word in the text, or a concept of which another is near
SHOWN = 10
AMONG = 1_000  # texts, for how rare a term is: their number matters little
WEIGHTS = [0.15, 0.4, 0.6, 1.0]  # of D, C, B, A


def related(queryset: QuerySet[Any], q: str, exclude: Any = None) -> list[Any]:
    """At most SHOWN rows about what `q` is about, best first, without those of `exclude`.

    `exclude` are primary keys, or a queryset of them: what contains the words stands apart.

    Each has `related_rank`, which can be compared between querysets.
    """
    asked = terms_of_question(q)
    if not asked:
        return []
    queryset = queryset.exclude(pk__in=exclude) if exclude is not None else queryset
    weighed = _by_rarity(queryset, asked)
    if not weighed:
        return []
    ranks = [
        SearchRank(F("search"), TermQuery(term), weights=WEIGHTS) * Value(weight)
        for term, weight in weighed.items()
    ]
    rows = queryset.filter(search=TermQuery(" | ".join(weighed)))
    rows = rows.annotate(related_rank=reduce(add, ranks, Value(0.0, output_field=FloatField())))
    found = list(rows.order_by("-related_rank", "-pk")[:SHOWN])
    return real(found)


def about(queryset: QuerySet[Any], text: str, most: int) -> list[Any]:
    """The rows that share most concepts with a text, best first; one statement."""
    names = {one.name for one in said(text) if one.name.startswith("c:") and one.amount >= SAID}
    plain = [name[2:] for name in names if not concepts.is_broad(name[2:])]
    asked = [lexeme(concept_term(name)) for name in sorted(plain)[:MOST]]
    if not asked:
        return []
    ranks = [SearchRank(F("search"), TermQuery(term), weights=WEIGHTS) for term in asked]
    rows = queryset.filter(search=TermQuery(" | ".join(asked)))
    rows = rows.annotate(related_rank=reduce(add, ranks, Value(0.0, output_field=FloatField())))
    return real(list(rows.order_by("-related_rank", "-pk")[:most]))


def real(found: list[Any]) -> list[Any]:
    """Without what has little beside the best."""
    least = max(LEAST, SHARE * max((row.related_rank for row in found), default=0.0))
    return [row for row in found if row.related_rank >= least]


def _by_rarity(queryset: QuerySet[Any], asked: dict[str, float]) -> dict[str, float]:
    counts: dict[str, Any] = {
        f"n{place}": Count("pk", filter=Q(search=TermQuery(term)))
        for place, term in enumerate(asked)
    }
    rows = queryset.order_by().filter(search=TermQuery(" | ".join(asked)))
    having = rows.aggregate(**counts)
    return {
        term: weight * rarity(having[f"n{place}"], AMONG)
        for place, (term, weight) in enumerate(asked.items())
        if having[f"n{place}"]
    }


def terms_of_question(q: str) -> dict[str, float]:
    """What is asked for, in the syntax of `tsquery`, and how much each counts."""
    every = tokens(normalise(q[:MAX_QUERY]))
    language = guess_language(every)
    written = [_with_dots(word) for word in every if not is_stop_word(word, language)]
    asked = _words(written) | _concepts([concepts.bases(word, language) for word in written])
    return dict(sorted(asked.items(), key=lambda pair: -pair[1])[:MOST])


def _with_dots(word: str) -> str:
    if finnish.analyse(word).lemmas:
        return word
    return next(iter(finnish.dotted(word.lower())), word)


def _words(written: list[str]) -> dict[str, float]:
    asked = {}
    for word in written:
        analysis = finnish.analyse(word)
        if any(map(is_general, analysis.lemmas or (word.lower(),))):
            continue
        asked[word_of(word).sql()] = WORD
        for part in analysis.parts:
            if not is_general(part) and len(part) > 3:
                asked.setdefault(f"({lexeme(part)})", MEMBER)
    return asked


def _concepts(words: list[concepts.Word]) -> dict[str, float]:
    asked: dict[str, float] = {}
    for one in concepts.finder().find(words):
        weight = CONCEPT / 2 if concepts.is_broad(one.name) or not one.is_said else CONCEPT
        term = lexeme(concept_term(one.name))
        asked[term] = max(weight, asked.get(term, 0.0))
        for other in concepts.near(one.name):
            asked.setdefault(lexeme(concept_term(other)), NEAR * weight / CONCEPT)
    return asked
