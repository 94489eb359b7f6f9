"""Words of a search that name a facet of the list: a level, pay, a town, an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cluster_portal.core.search.terms import is_stop_word, normalise, tokens
from cluster_portal.core.text import finnish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

MOST = 4
FEW = 12  # options, of which one word is enough to name one


@dataclass(frozen=True)
class Offer:
    """A choice of a facet in place of words of the search, and the address that makes it."""

    label: str
    url: str


def offers(groups: Iterable[Any], q: str, params: QueryDict) -> list[Offer]:
    """What is not chosen yet and has rows; the words that name it leave the search."""
    words = tokens(normalise(q))
    found = []
    for group in groups:
        labels = [_telling(str(option.label)) for option in group.options]
        for option, label in zip(group.options, labels, strict=True):
            named = _named(label, [other for other in labels if other is not label], words)
            is_there = option.count or option.is_least
            if named and is_there and option.value not in params.getlist(group.key):
                rest = " ".join(word for word in words if word not in named)
                address = _address(params, group.key, option.value, rest)
                found.append(Offer(f"{group.label}: {option.label}", address))
    return found[:MOST]


def _telling(label: str) -> list[frozenset[str]]:
    return [_bases(word) for word in tokens(normalise(label)) if not is_stop_word(word)]


def _named(
    label: list[frozenset[str]], others: list[list[frozenset[str]]], words: list[str]
) -> list[str]:
    """The words that say the label, in any form: all of it, or of few options what tells it apart
    from the others.
    """
    said = [next((w for w in words if _bases(w) & part), "") for part in label]
    if said and all(said):
        return said
    if not any(said) or len(others) >= FEW:
        return []
    known = frozenset().union(*(part for other in others for part in other))
    return [word for word, part in zip(said, label, strict=True) if word and not part & known]


@lru_cache(maxsize=10_000)
def _bases(word: str) -> frozenset[str]:
    lower = word.lower()
    return frozenset({lower, *finnish.analyse(lower).lemmas, *finnish.stripped(lower)})


def _address(params: QueryDict, key: str, value: str, q: str) -> str:
    rest = params.copy()
    rest.pop("page", None)
    rest["q"] = q
    rest.appendlist(key, value)
    return f"?{rest.urlencode()}"
