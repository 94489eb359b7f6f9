"""How well things fit a wish: shared features, the rarer the weightier."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cluster_portal.core.matching.features import Features

PRIOR = 30  # things with none of the features: so that among a few nothing seems common
LEAST = 0.08  # a part of what a word of the wish in the other's text is worth
SHARE = 0.08  # of the best one's score: what is below is no real fit beside it
LESSON, FLOOR = 0.4, 0.2


@dataclass(frozen=True)
class Match:
    """`reasons` say why the object fits, `doubts` what speaks against.

    Without `has_reason` the two only share circumstances, and the match is not shown.
    """

    object: Any
    score: float
    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    has_reason: bool = True
    only_theme: int | None = None  # the key of the one shared theme that is all they share


class Corpus:
    """The features of many things: which have a feature how strongly, and how rare it is."""

    def __init__(
        self, things: Iterable[tuple[int, Features]], only: Collection[str] | None = None
    ) -> None:
        """From keys and features; of `only` some when no others will be asked for."""
        self.size = 0
        self._having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for key, features in things:
            self.size += 1
            for name in features if only is None else features.keys() & only:
                self._having[name].append((key, features[name]))

    def rarity(self, name: str) -> float:
        """From nearly 0, what all have, to 1, what one has."""
        return rarity(len(self._having.get(name, ())), self.size)

    def rarities(self, names: Iterable[str]) -> dict[str, float]:
        return {name: self.rarity(name) for name in names}

    def scores(self, wish: Features) -> dict[int, float]:
        """By key, of all that share a feature with the wish."""
        found: defaultdict[int, float] = defaultdict(float)
        for name, weight in wish.items():
            worth = weight * self.rarity(name)
            for key, has in self._having.get(name, ()):
                found[key] += worth * has
        return found


def rarity(having: int, among: int) -> float:
    return _log_odds(having, among) / _log_odds(1, among)


def _log_odds(having: int, among: int) -> float:
    having = max(having, 1)
    return math.log(1 + (max(among - having, 0) + PRIOR + 0.5) / (having + 0.5))


def best(scores: Mapping[int, float], limit: int) -> list[tuple[int, float]]:
    """Keys and scores of the real fits, best first; of equal ones the newest."""
    found = heapq.nlargest(limit, ((score, key) for key, score in scores.items()))
    least = max(LEAST, SHARE * found[0][0]) if found else LEAST
    return [(key, score) for score, key in found if score >= least]


def learned(weights: Features, dismissed: Iterable[Features]) -> Features:
    """What was turned down counts less, down to a fifth, and against what has it where it was
    never asked for."""
    lessons: defaultdict[str, float] = defaultdict(float)
    for features in dismissed:
        for name, weight in features.items():
            lessons[name] += LESSON * weight
    taught = dict(weights)
    for name, lesson in lessons.items():
        had = weights.get(name, 0.0)
        taught[name] = max(had * FLOOR, had - lesson) if had > 0 else had - lesson / 2
    return taught
