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
Label = list[frozenset[str]]  # of each telling word its forms


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
        for option, named in zip(group.options, _named_among(labels, words), strict=True):
            is_there = option.count or option.is_least
            if named and is_there and option.value not in params.getlist(group.key):
                rest = " ".join(word for word in words if word not in named)
                address = _address(params, group.key, option.value, rest)
                found.append(Offer(f"{group.label}: {option.label}", address))
    return found[:MOST]


def names_any(labels: Iterable[str], q: str) -> bool:
    """Whether words of a search name one of the labels of a facet."""
    words = tokens(normalise(q))
    return any(_named_among([_telling(label) for label in labels], words))


def _named_among(labels: list[Label], words: list[str]) -> list[list[str]]:
    """Of each label the words that name it."""
    return [
        _named(label, [other for other in labels if other is not label], words) for label in labels
    ]


@lru_cache(maxsize=10_000)
def _telling(label: str) -> Label:
    return [_bases(word) for word in tokens(normalise(label)) if not is_stop_word(word)]


def _named(label: Label, others: list[Label], words: list[str]) -> list[str]:
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
