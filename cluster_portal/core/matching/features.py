"""What a text is about, as weighted features: concepts, base forms, members of compounds.

A feature is a short string: `c:` a concept of the thesaurus, `t:` a term of the vocabulary by its
key, and otherwise a base form or stem as the search has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cluster_portal.core.matching import concepts
from cluster_portal.core.search.terms import guess_language, is_stop_word, normalise, tokens
from cluster_portal.core.text.lexicon import GENERAL_BEGINNINGS, GENERAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term

Features = dict[str, float]

CONCEPT, BY_MEMBER, WORD, MEMBER = 2.0, 0.8, 1.0, 0.3
NEAR = 0.4
FURTHER = 0.3  # of the weight, for what is near to what is near
MOST = 3.0  # in a wish, what is said again and again counts no more than three times
TERM, NAMED = 3.0, 0.7
HALF = 1.5  # the weight at which a feature counts half of what it can
LENGTH = 0.3  # how far a long text is a disadvantage
USUAL_SIZE = 60.0
MAX_TEXT = 12_000
_CLAUSES = re.compile(
    r"[.;!?\n]+|\b(?:mutta|men|but)\b|(?=\b(?:paitsi|except|utom)\b)", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\b(?:ei|en|eivät)\s+(?:\w+\s+){0,3}?(?:kiinnosta|halua|haluaisi|innosta|sovi)\b"
    r"|^\s*(?:paitsi|except|utom)\b|\bno interest in\b|\b(?:vill|intresserar mig) inte\b"
    r"|\b(?:not|don[’']t)\s+(?:\w+\s+){0,2}?(?:interested|interest|want|like)\b"
    r"|\binte\s+(?:\w+\s+){0,2}?(?:intresserad|intresserar|vill)\b",
    re.IGNORECASE,
)


@dataclass
class Bag:
    """Features gathered from several texts and terms, each with a weight of its own."""

    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, text: str, weight: float) -> None:
        for one in said(text[:MAX_TEXT]):
            self.weights[one.name] += weight * one.amount

    def add_terms(self, terms: Iterable[Term]) -> None:
        """A term by its key, and by its names, which the other side may have written out."""
        for term in terms:
            self.weights[f"t:{term.pk}"] += TERM
            for label in (term.label_fi, term.label_sv, term.label_en):
                self.add(label, NAMED)

    def as_document(self) -> Features:
        """What is said often counts little more than what is said twice; length is no merit."""
        weights = saturated(self.weights)
        size = (1 - LENGTH) + LENGTH * max(1.0, len(weights) / USUAL_SIZE)
        return {name: weight / size for name, weight in weights.items()}

    def as_wish(self, unwanted: Features | None = None) -> Features:
        """With what is near to the concepts wished for, and against what is `unwanted`."""
        weights = {name: min(weight, MOST) for name, weight in self.weights.items()}
        weights |= _related(weights)
        for name, weight in (unwanted or {}).items():
            weights[name] = weights.get(name, 0.0) - weight
        return weights


def saturated(weights: Features) -> Features:
    return {name: w / (w + HALF) for name, w in weights.items() if w > 0}


def _related(weights: Features) -> Features:
    """Concepts near to those wished for, and more faintly those near to these."""
    found: Features = {}
    edge, share = weights, NEAR
    for _step in range(2):
        reached: Features = {}
        for name, weight in edge.items():
            for other in concepts.near(name.removeprefix("c:")) if name[:2] == "c:" else ():
                key = f"c:{other}"
                if key not in weights and key not in found:
                    reached[key] = max(reached.get(key, 0.0), share * weight)
        found |= reached
        edge, share = reached, FURTHER
    return found


@dataclass(frozen=True, slots=True)
class Said:
    """A feature where a text has it: how strongly, and the words as they stand there."""

    name: str
    amount: float
    words: str


def said(text: str) -> list[Said]:
    return _said(text, concepts.fingerprint())


@lru_cache(maxsize=1_000)
def _said(text: str, _thesaurus: str) -> list[Said]:
    every = tokens(normalise(text))
    language = guess_language(every)
    written = [word for word in every if not is_stop_word(word)]
    words = [concepts.bases(word, language) for word in written]
    found = [
        Said(
            f"c:{one.name}",
            CONCEPT if one.is_said else BY_MEMBER,
            " ".join(written[one.place : one.place + one.size]),
        )
        for one in concepts.finder().find(words, language)
        if one.size > 1 or not any(map(is_general, words[one.place].whole))
    ]
    for word, as_written in zip(words, written, strict=True):
        whole = word.whole - {word.surface} or word.whole
        found += [Said(name, WORD, as_written) for name in whole]
        found += [Said(name, MEMBER, as_written) for name in word.parts - word.whole]
    return [one for one in found if not is_general(one.name)]


@lru_cache(maxsize=concepts.KEPT)
def is_general(name: str) -> bool:
    """What every piece of work is, and how people say what they like: says nothing of a subject."""
    bare = name.removeprefix("e:").removeprefix("s:")
    is_short = len(bare) < 2 or bare.isdigit()
    return is_short or bare in GENERAL_WORDS or bare.startswith(GENERAL_BEGINNINGS)


def liked_and_unwanted(text: str) -> tuple[str, str]:
    """The text in two: what its writer would like, and what not."""
    liked: list[str] = []
    unwanted: list[str] = []
    for clause in _CLAUSES.split(text):
        (unwanted if _NEGATIVE.search(clause) else liked).append(clause)
    return ". ".join(liked), ". ".join(unwanted)
