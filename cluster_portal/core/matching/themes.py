"""Which terms of the vocabulary a text speaks of: offered to its writer, never set unasked."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from cluster_portal.core.matching.concepts import fingerprint, is_broad
from cluster_portal.core.matching.features import WORD, said
from cluster_portal.core.vocabulary import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term

MOST = 6
WHOLE, BY_CONCEPT = 1.0, 0.6


def found_in(text: str, schemes: Iterable[str], most: int = MOST) -> list[Term]:
    """Those whose name stands in the text, then those that share a concept with it."""
    names = frozenset(one.name for one in said(text))
    worth = {
        term: max(_worth(label, names) for label in _labels(term))
        for scheme in schemes
        for term in terms(scheme)
    }
    found = sorted((term for term in worth if worth[term]), key=lambda term: -worth[term])
    return found[:most]


def _labels(term: Term) -> tuple[str, str, str]:
    return term.label_fi, term.label_sv, term.label_en


def _worth(label: str, names: frozenset[str]) -> float:
    words, concepts = _parts_of(label, fingerprint())
    if words and all(not bases.isdisjoint(names) for bases in words):
        return WHOLE
    return BY_CONCEPT if not concepts.isdisjoint(names) else 0.0


@lru_cache(maxsize=2_000)
def _parts_of(label: str, _thesaurus: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The base forms of each word of a name, and the concepts that it says itself."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    concepts = set()
    for one in said(label):
        if one.name.startswith("c:"):
            if one.amount >= WORD and not is_broad(one.name[2:]):
                concepts.add(one.name)
        elif one.amount >= WORD:
            words[one.words].add(one.name)
    return tuple(map(frozenset, words.values())), frozenset(concepts)
