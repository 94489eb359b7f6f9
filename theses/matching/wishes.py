"""What somebody is after, as weights of features: of a student, a supervisor, or of a topic."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from theses.matching import concepts
from theses.matching.features import NEAR, UNWANTED, Bag, Features, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cluster_portal.core.vocabulary import Term
    from theses.models import StudentProfile, SupervisorProfile, Topic

MOST = 3.0  # what is said again and again counts no more than three times
STRONG = 3.0
FURTHER = 0.3  # of the weight, for what is near to what is near
TERM, NAMED = 3.0, 0.7
LENGTH = 0.3  # how far a long text is a disadvantage
USUAL_SIZE = 60.0
FIELD = 2.0
OTHER_FIELD, NO_FIELD = 0.4, 0.85
HALF = 1.5  # the weight at which a feature counts half of what it can


@dataclass
class Wish:
    """`weights` of features; `fields` of education as keys of terms."""

    weights: Features
    fields: frozenset[int] = frozenset()
    unwanted: Features = field(default_factory=dict)


def of_student(profile: StudentProfile) -> Wish:
    """From her own words and themes, her programme, and the fields; wants both prefetched."""
    liked, unwanted = wishes(profile.interests)
    bag = Bag()
    bag.add(liked, 1.0)
    bag.add(profile.programme, 0.5)
    _add_themes(bag, profile.terms.all())
    fields = frozenset(term.pk for term in profile.education_fields.all())
    return _wish(bag, unwanted, fields)


def of_supervisor(profile: SupervisorProfile) -> Wish:
    bag = Bag()
    bag.add(profile.expertise, 1.0)
    bag.add(profile.methods, 0.5)
    _add_themes(bag, profile.terms.all())
    return _wish(bag, "", frozenset(term.pk for term in profile.education_fields.all()))


def _add_themes(bag: Bag, themes: Iterable[Term]) -> None:
    """A theme by its key, and by its names, which the other side may have written out."""
    for theme in themes:
        bag.add_terms([theme.pk], TERM)
        for label in (theme.label_fi, theme.label_sv, theme.label_en):
            bag.add(label, NAMED)


def _wish(bag: Bag, unwanted: str, fields: frozenset[int]) -> Wish:
    weights = {name: min(weight, MOST) for name, weight in bag.weights.items()}
    weights |= _related(weights)
    against = Bag()
    against.add(unwanted, -UNWANTED)
    for name, weight in against.weights.items():
        weights[name] = weights.get(name, 0.0) - weight
    return Wish(weights, fields, dict(against.weights))


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


def as_document(wish: Wish) -> Features:
    """What is wished for, on the scale of a document's features."""
    return {name: w / (w + HALF) for name, w in wish.weights.items() if w > 0}


def of_topic(topic: Topic) -> Features:
    """What every reader of its page may see; wants themes prefetched."""
    bag = Bag()
    for text in (topic.title, topic.title_sv, topic.title_en, ", ".join(topic.keywords)):
        bag.add(text, STRONG)
    for text in (topic.description, topic.summary_sv, topic.summary_en, topic.aim, topic.questions):
        bag.add(text, 1.0)
    _add_themes(bag, topic.terms.all())
    weights = bag.saturated()
    size = (1 - LENGTH) + LENGTH * max(1.0, len(weights) / USUAL_SIZE)
    return {name: weight / size for name, weight in weights.items()}


@lru_cache(maxsize=50_000)
def hashed(name: str) -> int:
    """The name's number in the index: 63 bits, so that no two names meet by chance."""
    digest = hashlib.blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def rarity(having: int, among: int) -> float:
    """How much a feature weighs that so many of the topics have; a new topic has it at least."""
    having = max(having, 1)
    return math.log(1 + (max(among - having, 0) + 0.5) / (having + 0.5))


def content_score(weights: Features, features: Features, rare: Mapping[str, float]) -> float:
    return sum(
        weight * features[name] * rare.get(name, 0.0)
        for name, weight in weights.items()
        if name in features
    )


def with_field(score: float, mine: frozenset[int], theirs: frozenset[int]) -> float:
    """The same words in another field mostly mean another thing."""
    if mine & theirs:
        return score + FIELD
    return score * (OTHER_FIELD if mine and theirs else NO_FIELD)
