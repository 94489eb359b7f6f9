"""Concepts in texts: the same thing said in three languages, or in other words, is one concept.

The thesaurus is `data/concepts.toml`, made to be read by a coordinator, and what the administrator
has added to it (`additions`).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_portal.core.matching import additions
from cluster_portal.core.search.terms import document_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cluster_portal.core.matching.additions import Addition

DATA = Path(__file__).parent.parent / "data" / "concepts.toml"
LANGUAGES = ("fi", "sv", "en")
FEW = 8  # words
SHORT = 6  # letters up to which a beginning may begin other words in another language
PREFIX = 3  # letters by which the expressions that begin with a piece of a word are kept
KEPT = 20_000  # words whose analysis is remembered


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

    def is_said_by(self, word: Word) -> bool:
        """Whether the word itself says it, not only a member of it."""
        return not self.bases or not self.bases.isdisjoint(word.whole)


@dataclass(frozen=True, slots=True)
class Expression:
    """The words of an expression, and the language in which they say it."""

    pieces: tuple[Piece, ...]
    language: str

    def is_said_in(self, language: str) -> bool:
        """Words of one language begin like others of another: kust, kustannus."""
        start = self.pieces[0].start
        return not language or language == self.language or not 0 < len(start) <= SHORT


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
                self._keep(key, Expression(pieces, language))

    def _keep(self, key: str, expression: Expression) -> None:
        first = expression.pieces[0]
        if first.start:
            self._starting[first.start[:PREFIX]].append((key, expression))
        elif first.end:
            self._ending.append((key, expression))
        for base in first.bases:
            self._based[base].append((key, expression))

    def find(self, words: Sequence[Word], language: str = "") -> Iterator[Found]:
        """Each concept found, by the longest of its expressions; `language` of the text.

        Of a few words the language is a mere guess.
        """
        language = language if len(words) >= FEW else ""
        for place in range(len(words)):
            yield from self._at(words, place, language).values()

    def _at(self, words: Sequence[Word], place: int, language: str) -> dict[str, Found]:
        found: dict[str, Found] = {}
        for key, expression in self._beginning_with(words[place]):
            pieces = expression.pieces
            stretch = words[place : place + len(pieces)]
            is_whole = len(stretch) == len(pieces) and expression.is_said_in(language)
            if is_whole and all(map(Piece.fits, pieces[1:], stretch[1:])):
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
        return tuple(one for one in possible if one[1].pieces[0].fits(word))


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept: its expressions by language, divided by commas, and the concepts near to it."""

    name: str
    fi: str
    sv: str
    en: str
    near: tuple[str, ...]
    is_broad: bool
    is_extended: bool = False  # by the administrator

    def with_more(self, more: Addition) -> Entry:
        words = {
            language: ", ".join(filter(None, [getattr(self, language), getattr(more, language)]))
            for language in LANGUAGES
        }
        near = tuple(dict.fromkeys([*self.near, *more.near.split()]))
        return Entry(self.name, **words, near=near, is_broad=self.is_broad or more.is_broad,
                     is_extended=True)  # fmt: skip


def thesaurus() -> dict[str, Entry]:
    """The file's concepts by their names, and what the administrator has added."""
    return _with(additions.added())


@lru_cache(maxsize=2)
def _with(added: tuple[Addition, ...]) -> dict[str, Entry]:
    found = {
        name: Entry(
            name,
            fi=entry.get("fi", ""),
            sv=entry.get("sv", ""),
            en=entry.get("en", ""),
            near=tuple(entry.get("near", "").split()),
            is_broad=bool(entry.get("broad", False)),
        )
        for name, entry in tomllib.loads(DATA.read_text(encoding="utf-8")).items()
    }
    for more in added:
        known = found.get(more.name, Entry(more.name, "", "", "", (), is_broad=False))
        found[more.name] = known.with_more(more)
    return found


def finder() -> Finder:
    """The finder of the concepts of the thesaurus."""
    return _finder(additions.added())


@lru_cache(maxsize=2)
def _finder(added: tuple[Addition, ...]) -> Finder:
    return Finder(
        (name, language, expression.strip())
        for name, entry in _with(added).items()
        for language in LANGUAGES
        for expression in getattr(entry, language).split(",")
    )


def near(name: str) -> tuple[str, ...]:
    """The concepts that one interested in this may like too."""
    known = thesaurus()
    return known[name].near if name in known else ()


def is_broad(name: str) -> bool:
    """Whether it is said of too many things to be a reason by itself."""
    known = thesaurus()
    return name in known and known[name].is_broad


def fingerprint() -> str:
    """Of the data: with another one everything is read anew."""
    return _fingerprint(additions.added())


@lru_cache(maxsize=2)
def _fingerprint(added: tuple[Addition, ...]) -> str:
    more = repr(added).encode() if added else b""
    return hashlib.sha256(DATA.read_bytes() + more).hexdigest()[:8]
