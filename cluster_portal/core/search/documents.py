"""The `tsvector` of an object, made from its weighted texts."""

from __future__ import annotations

import re
from collections import defaultdict

from cluster_portal.core import finnish
from cluster_portal.core.search.terms import (
    Terms,
    apart_terms,
    document_terms,
    guess_language,
    is_stop_word,
    normalise,
    tokens,
)

MAX_TEXT = 100_000
MAX_POSITION = 16_383
MAX_POSITIONS = 60  # of one term; PostgreSQL keeps at most 256
_LOWER_WEIGHT = {"A": "B", "B": "C", "C": "D", "D": "D"}
_CONJUNCTIONS = frozenset(["ja", "tai", "sekä", "eli", "och", "eller", "and", "or"])
_INDEXED_WORD = re.compile(r"[^\W\d_]{4,40}")
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


def vector(parts: list[tuple[str, str]]) -> Vector:
    """The vector of (weight, text) pairs; the language of each is guessed, else that of all."""
    texts = [(weight, tokens(normalise(text[:MAX_TEXT]))) for weight, text in parts if text]
    overall = guess_language([word for _weight, words in texts for word in words])
    found, start = Vector(), 1
    for weight, words in texts:
        _add_text(found, words, start, weight, guess_language(words) or overall)
        start += len(words) + _GAP
    return found


def _add_text(found: Vector, words: list[str], start: int, weight: str, language: str) -> None:
    for index, word in enumerate(words):
        if is_stop_word(word, language):
            continue
        position = start + index
        found.add_terms(document_terms(word, language), position, weight)
        for term in _written_apart(words, index, language):
            found.add(term, position, weight)
        for term in _left_out(words, index):
            found.add_terms(document_terms(term, language), position, _LOWER_WEIGHT[weight])
        if _is_acronym_with_number(words, index):
            found.add((word + words[index + 1]).lower(), position, weight)


def _left_out(words: list[str], index: int) -> list[str]:
    """The compounds that hyphens stand for in *tieto- ja kyberturvallisuus* and the reverse."""
    word = words[index]
    if word.endswith("-") and index + 2 < len(words) and words[index + 1].lower() in _CONJUNCTIONS:
        end = words[index + 2]
        return [word[:-1] + tail for tail in finnish.analyse(end).tails]
    if word.startswith("-") and index >= 2 and words[index - 1].lower() in _CONJUNCTIONS:
        return [head + word[1:] for head in finnish.analyse(words[index - 2]).heads]
    return []


def _written_apart(words: list[str], index: int, language: str) -> frozenset[str]:
    """What stands for the compound that a word and the next one may be."""
    following = words[index + 1] if index + 1 < len(words) else ""
    if not following or is_stop_word(following, language):
        return frozenset()
    return apart_terms(words[index], following, language)


def _is_acronym_with_number(words: list[str], index: int) -> bool:
    """`NIS 2`, `TRL 6`: also indexed as one word."""
    following = words[index + 1] if index + 1 < len(words) else ""
    return words[index].isupper() and len(words[index]) > 1 and following.isdigit()
