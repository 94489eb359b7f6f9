"""The field of education in the score: the same words in another field mean another thing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

SAME_FIELD, OTHER_FIELD, NO_FIELD = 1.25, 0.35, 0.85


def of(links: QuerySet[Any], owner: str) -> dict[int, frozenset[int]]:
    """The fields of each of the owners that the links name."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, term in links.order_by().values_list(owner, "term"):
        found[key].add(term)
    return {key: frozenset(terms) for key, terms in found.items()}


def weighed(
    scores: Mapping[int, float], mine: frozenset[int], theirs: Mapping[int, frozenset[int]]
) -> dict[int, float]:
    return {key: score * _factor(mine, theirs.get(key)) for key, score in scores.items()}


def _factor(mine: frozenset[int], theirs: frozenset[int] | None) -> float:
    if not mine or not theirs:
        return NO_FIELD
    return SAME_FIELD if mine & theirs else OTHER_FIELD
