"""The `tsvector` of an object, made from its weighted texts."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import dropwhile

from cluster_portal.core.matching import concepts
from cluster_portal.core.search.terms import (
    Terms,
    apart_terms,
    document_terms,
    guess_language,
    is_stop_word,
    normalise,
    tokens,
)
from cluster_portal.core.text import finnish

MAX_TEXT = 100_000
MAX_POSITION = 16_383
MAX_POSITIONS = 60  # of one term; PostgreSQL keeps at most 256
_LOWER_WEIGHT = {"A": "B", "B": "C", "C": "D", "D": "D"}
_CONJUNCTIONS = frozenset(["ja", "tai", "sekä", "eli", "och", "eller", "and", "or"])
_INDEXED_WORD = re.compile(r"[^\W\d_]{4,40}")
_BORDER = re.compile(r"[,;!?()\[\]\n\r|•·\"”“]|[.:…](?=\s|$)|\s[–—-]\s")  # words meet across none
_GAP = 10  # between two texts, so that no phrase spans them


class Vector:
    """Collects terms with positions and weights, and writes them as PostgreSQL reads them."""

    def __init__(self) -> None:
        self.positions: dict[str, dict[int, str]] = defaultdict(dict)
        self.words: set[str] = set()

    def add(self, term: str, position: int, weight: str) -> None:
        places = self.positions[term]
        if len(places) < MAX_POSITIONS and position <= MAX_POSITION:
            places[position] = min(weight, places.get(position, "D"))

    def add_terms(self, terms: Terms, position: int, weight: str) -> None:
        for term in terms.whole:
            self.add(term, position, weight)
        for term in terms.parts:
            self.add(term, position, _LOWER_WEIGHT[weight])

    def literal(self) -> str:
        parts = []
        for term, places in self.positions.items():
            quoted = term.replace("\\", "\\\\").replace("'", "''")
            spots = ",".join(f"{p}{w}" for p, w in sorted(places.items()))
            parts.append(f"'{quoted}':{spots}" if spots else f"'{quoted}'")
        return " ".join(parts)

    def distinct_words(self) -> set[str]:
        """The words worth offering to one who mistypes them."""
        return {term for term in self.positions if _INDEXED_WORD.fullmatch(term)}


@dataclass(frozen=True)
class Text:
    """The words of a text, and the places of those after which a comma or a line ends."""

    words: list[str]
    ends: frozenset[int]

    def following(self, index: int) -> str:
        """The next word, when nothing stands between; else nothing."""
        return "" if index in self.ends else self.words[index + 1]


def read(text: str) -> Text:
    words: list[str] = []
    ends = set()
    for stretch in _BORDER.split(normalise(text[:MAX_TEXT])):
        words += tokens(stretch)
        ends.add(len(words) - 1)
    return Text(words, frozenset(ends))


def vector(parts: list[tuple[str, str]]) -> Vector:
    """The vector of (weight, text) pairs; the language of each is guessed, else that of all."""
    texts = [(weight, read(text)) for weight, text in parts if text]
    overall = guess_language([word for _weight, text in texts for word in text.words])
    found, start = Vector(), 1
    for weight, text in texts:
        _add_text(found, text, start, weight, guess_language(text.words) or overall)
        start += len(text.words) + _GAP
    return found


def concept_term(name: str) -> str:
    """What a text is found by that is about a concept."""
    return f"k:{name}"


def _add_concepts(found: Vector, text: Text, start: int, weight: str, language: str) -> None:
    places = [n for n, word in enumerate(text.words) if not is_stop_word(word, language)]
    words = [concepts.bases(text.words[place], language) for place in places]
    for one in concepts.finder().find(words, language):
        mark = weight if one.is_said else _LOWER_WEIGHT[weight]
        found.add(concept_term(one.name), start + places[one.place], mark)


def _add_text(found: Vector, text: Text, start: int, weight: str, language: str) -> None:
    _add_concepts(found, text, start, weight, language)
    for index, word in enumerate(text.words):
        if is_stop_word(word, language):
            continue
        position = start + index
        found.add_terms(document_terms(word, language), position, weight)
        following = text.following(index)
        for term in _written_apart(word, following, language):
            found.add(term, position, weight)
        for term in _left_out(text.words, index):
            found.add_terms(document_terms(term, language), position, _LOWER_WEIGHT[weight])
        if _is_acronym_with_number(word, following):
            found.add((word + following).lower(), position, weight)


def _left_out(words: list[str], index: int) -> list[str]:
    """The compounds that hyphens stand for in *tieto- ja kyberturvallisuus*, *tieto-, kyber- ja
    paloturvallisuus* and the reverse.
    """
    word = words[index]
    if word.endswith("-"):
        rest = list(dropwhile(lambda w: w.endswith("-"), words[index + 1 : index + 6]))
        if len(rest) > 1 and rest[0].lower() in _CONJUNCTIONS:
            return [word[:-1] + tail for tail in finnish.analyse(rest[1]).tails]
    if word.startswith("-") and index >= 2 and words[index - 1].lower() in _CONJUNCTIONS:
        return [head + word[1:] for head in finnish.analyse(words[index - 2]).heads]
    return []


def _written_apart(word: str, following: str, language: str) -> frozenset[str]:
    """What stands for the compound that a word and the next one may be."""
    if not following or is_stop_word(following, language):
        return frozenset()
    return apart_terms(word, following, language)


def _is_acronym_with_number(word: str, following: str) -> bool:
    """`NIS 2`, `TRL 6`: also indexed as one word."""
    return word.isupper() and len(word) > 1 and following.isdigit()
