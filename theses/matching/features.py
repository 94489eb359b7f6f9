"""What a text is about, as weighted features: concepts, base forms, members of compounds.

A feature is a short string: `c:` a concept of the lexicon, `t:` a term of the vocabulary by its
key, and otherwise a base form or stem as the search has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from cluster_portal.core.search.terms import guess_language, is_stop_word, normalise, tokens
from theses.matching import concepts

if TYPE_CHECKING:
    from collections.abc import Iterable

Features = dict[str, float]

CONCEPT, WORD, MEMBER = 2.0, 1.0, 0.3
NEAR = 0.3
UNWANTED = -0.8
MAX_TEXT = 12_000
HOLLOW = re.compile(
    # What every thesis is, and how people say what they like.
    r"(?:e:|s:)?(?:opinnäyt\w*|gradu\w*|diplomityö\w*|lopputyö\w*|tutki\w*|selvit\w*|selvity\w*|kartoit\w*"
    r"|kiinnost\w*|halua\w*|halut\w*|aihe\w*|työ|teh|tehdä|kehit\w*|laati\w*|laadi\w*|verra\w*"
    r"|vertail\w*|arvioi\w*|arvio|analys\w*|haastat\w*|kysely\w*|tarkast\w*|suunnit\w*|malli\w*|mahdolli\w*"
    r"|käyt\w*|liitty\w*|erityis\w*|mieluite\w*|erilai\w*|uusi|hyvä|paljon|mielellä\w*|tykk\w*|oike\w*|asia\w*"
    r"|tradenomi|insinööri|maisteri\w*|amk|yamk|di|koulutusohjel\w*|ohjel\w*|opiskel\w*|opinto\w*|ala|alan"
    r"|thes[ie]\w*|stud\w*|research\w*|analy\w*|interest\w*|want\w*|like\w*|would|topic\w*|work\w*|develop\w*"
    r"|method\w*|use\w*|using|compar\w*|survey\w*|interview\w*|case|prefer\w*|special\w*|msc|beng|bsc|track|program\w*"
    r"|arbet\w*|exam\w*|intress\w*|vill|gärna|ämne\w*|undersök\w*|utveckl\w*|forsk\w*|magister\w*|yh|kandidat\w*"
    r"|intervju\w*|enkät\w*|jämför\w*|bedöm\w*|hur|bra|miten|miksi|how|well|\d+|\w)"
)
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
    """Features gathered from several texts, each with a weight of its own."""

    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, text: str, weight: float) -> None:
        for name, amount, _words in said(text[:MAX_TEXT]):
            self.weights[name] += weight * amount

    def add_terms(self, keys: Iterable[int], weight: float) -> None:
        for key in keys:
            self.weights[f"t:{key}"] += weight

    def saturated(self, half: float = 1.5) -> Features:
        """As of a document: what is said often counts little more than what is said twice."""
        return {name: w / (w + half) for name, w in self.weights.items() if w > 0}


@lru_cache(maxsize=1_000)
def said(text: str) -> list[tuple[str, float, str]]:
    """Each feature of a text where it occurs: name, amount, and the words as they stand there."""
    every = tokens(normalise(text))
    language = guess_language(every)
    written = [word for word in every if not is_stop_word(word)]
    read = [concepts.bases(word, language) for word in written]
    found = [
        (f"c:{name}", CONCEPT, " ".join(written[place : place + size]))
        for name, place, size in concepts.lexicon().find(read)
    ]
    for word, as_written in zip(read, written, strict=True):
        whole = word.whole - {word.surface} or word.whole
        found += [(name, WORD, as_written) for name in whole]
        found += [(name, MEMBER, as_written) for name in word.parts - word.whole]
    return [one for one in found if not is_hollow(one[0])]


@lru_cache(maxsize=concepts.KEPT)
def is_hollow(name: str) -> bool:
    return HOLLOW.fullmatch(name) is not None


def wishes(text: str) -> tuple[str, str]:
    """The text in two: what she would like, and what she says that she would not."""
    liked: list[str] = []
    unwanted: list[str] = []
    for sentence in _CLAUSES.split(text):
        (unwanted if _NEGATIVE.search(sentence) else liked).append(sentence)
    return ". ".join(liked), ". ".join(unwanted)
