"""Concepts in texts: the same thing said in three languages, or in other words, is one concept.

The thesaurus is `data/concepts.toml`, made to be read by a coordinator.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluster_portal.core import finnish
from cluster_portal.core.search.terms import document_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DATA = Path(__file__).parent.parent / "data" / "concepts.toml"
LANGUAGES = ("fi", "sv", "en")
PREFIX = 3  # letters by which the expressions that begin with a piece of a word are kept
KEPT = 20_000  # words whose analysis is remembered


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written in lower case, its base forms, and those of its members.

    `heads` are the members that say what it is: a *kuljetusyritys* is a *yritys*.
    """

    surface: str
    whole: frozenset[str]
    parts: frozenset[str]
    heads: frozenset[str] = frozenset()


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

    def is_said_by(self, word: Word) -> bool:
        """Whether the word itself says it, not only a member that comes before its head."""
        return not self.bases or not self.bases.isdisjoint(word.whole | word.heads)


Expression = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept where it stands: from which word, over how many; `is_said` by these words whole."""

    name: str
    place: int
    size: int
    is_said: bool


class Finder:
    """Finds the concepts whose expressions a text has."""

    def __init__(self, expressions: Iterable[tuple[str, str, str]]) -> None:
        """From (concept, language, expression)."""
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

    def find(self, words: Sequence[Word]) -> Iterator[Found]:
        """Each concept found, by the longest of its expressions."""
        for place, word in enumerate(words):
            yield from self._at(words, place, word).values()

    def _at(self, words: Sequence[Word], place: int, word: Word) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for key, pieces in self._beginning_with(word):
            stretch = words[place : place + len(pieces)]
            if len(stretch) == len(pieces) and all(map(Piece.fits, pieces[1:], stretch[1:])):
                is_said = all(map(Piece.is_said_by, pieces, stretch))
                one = Found(key, place, len(pieces), is_said)
                known = found.get(key, one)
                found[key] = max(known, one, key=lambda each: (each.is_said, each.size))
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
    lower = token.strip("-").lower()
    heads = frozenset(finnish.analyse(lower.rpartition("-")[2]).tails) & parts
    return Word(lower, whole, parts, heads)


@cache
def _thesaurus() -> dict[str, dict[str, Any]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@cache
def finder() -> Finder:
    """The finder of the concepts of the file."""
    return Finder(
        (name, language, expression.strip())
        for name, entry in _thesaurus().items()
        for language in LANGUAGES
        for expression in entry.get(language, "").split(",")
    )


@cache
def near(name: str) -> tuple[str, ...]:
    """The concepts that one interested in this may like too."""
    return tuple(_thesaurus().get(name, {}).get("near", "").split())


@cache
def is_broad(name: str) -> bool:
    """Whether it is said of too many things to be a reason by itself."""
    return bool(_thesaurus().get(name, {}).get("broad", False))


@cache
def fingerprint() -> str:
    """Of the data: with another one everything is read anew."""
    return hashlib.sha256(DATA.read_bytes()).hexdigest()[:8]
