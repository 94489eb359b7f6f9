"""Concepts in texts: the same thing said in three languages, or in other words, is one concept.

The lexicon is `concepts.toml`; the labels of the portal's vocabulary are matched in the same way.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_portal.core.search.terms import document_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DATA = Path(__file__).with_name("concepts.toml")
LANGUAGES = ("fi", "sv", "en")
PREFIX = 3  # letters by which the expressions that begin with a piece of a word are kept
KEPT = 20_000  # words whose reading is remembered


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written in lower case, its base forms, and those of its members."""

    surface: str
    whole: frozenset[str]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of an expression: a beginning, an end, or base forms."""

    start: str = ""
    end: str = ""
    bases: frozenset[str] = frozenset()

    def fits(self, word: Word) -> bool:
        if self.start:
            return word.surface.startswith(self.start)
        if self.end:
            return word.surface.endswith(self.end)
        return not self.bases.isdisjoint(word.whole | word.parts)


Expression = tuple[Piece, ...]


class Finder:
    """Finds the keys whose expressions a text has."""

    def __init__(self, expressions: Iterable[tuple[str, str, str]]) -> None:
        """From (key, language, expression)."""
        self._starting: dict[str, list[tuple[str, Expression]]] = defaultdict(list)
        self._based: dict[str, list[tuple[str, Expression]]] = defaultdict(list)
        self._ending: list[tuple[str, Expression]] = []
        self._beginning_with = lru_cache(maxsize=KEPT)(self._find_beginning)
        for key, language, text in expressions:
            pieces = tuple(_piece(part, language) for part in text.split())
            if pieces:
                self._keep(key, pieces)

    def _keep(self, key: str, pieces: Expression) -> None:
        first = pieces[0]
        if first.start:
            self._starting[first.start[:PREFIX]].append((key, pieces))
        elif first.end:
            self._ending.append((key, pieces))
        for base in first.bases:
            self._based[base].append((key, pieces))

    def find(self, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """(key, first word, how many words) of each expression found, the longest of a key."""
        for place, word in enumerate(words):
            for key, size in self._at(words, place, word).items():
                yield key, place, size

    def _at(self, words: Sequence[Word], place: int, word: Word) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, pieces in self._beginning_with(word):
            following = words[place + 1 : place + len(pieces)]
            is_whole = len(following) == len(pieces) - 1
            if is_whole and all(map(Piece.fits, pieces[1:], following)):
                found[key] = max(len(pieces), found.get(key, 0))
        return found

    def _find_beginning(self, word: Word) -> tuple[tuple[str, Expression], ...]:
        """The expressions whose first piece the word is."""
        possible = [*self._starting.get(word.surface[:PREFIX], ()), *self._ending]
        for base in word.whole | word.parts:
            possible += self._based.get(base, ())
        return tuple(one for one in possible if one[1][0].fits(word))


def _piece(text: str, language: str) -> Piece:
    text = text.lower()
    if text.endswith("*"):
        return Piece(start=text[:-1])
    if text.startswith("*"):
        return Piece(end=text[1:])
    return Piece(bases=bases(text, language).whole)


@lru_cache(maxsize=KEPT)
def bases(token: str, language: str) -> Word:
    """A token as the matching sees it: the search's terms without the copies that lack dots."""
    terms = document_terms(token, language)
    whole, parts = (
        frozenset(term for term in side if not term.startswith("f:"))
        for side in (terms.whole, terms.parts)
    )
    return Word(token.strip("-").lower(), whole, parts)


@cache
def _lexicon() -> dict[str, dict[str, str]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def lexicon() -> Finder:
    """The finder of the concepts of the file."""
    return Finder(
        (name, language, expression.strip())
        for name, entry in _lexicon().items()
        for language in LANGUAGES
        for expression in entry.get(language, "").split(",")
    )


@cache
def near(name: str) -> tuple[str, ...]:
    """The concepts that one interested in this may like too."""
    return tuple(_lexicon().get(name, {}).get("near", "").split())
