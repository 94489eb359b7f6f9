"""What a reader typed, as a tree of index terms that PostgreSQL can match.

The words of a query are AND-ed; the terms that one word may be found by are OR-ed. `slips` adds
what a mistyped word may stand for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from cluster_portal.core.search.fields import TermQuery
from cluster_portal.core.search.terms import (
    acronym_stem,
    english_members,
    english_stem,
    guess_language,
    is_stop_word,
    joint,
    normalise,
    pieces_of,
    swedish_stem,
    swedish_stems,
    tokens,
)
from cluster_portal.core.text import finnish
from cluster_portal.core.text.lexicon import (
    ASKING_WORDS,
    FINNISH_HOMOGRAPHS,
    FUNCTION_WORDS,
    HELPING_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_QUERY = 200
MAX_WORDS = 12
MIN_PREFIX = 3
MIN_FOLDED = 3
MIN_CUT = 7  # letters from which a known word is also the beginning of longer ones
FUSED = re.compile(r"(?P<sign>\d+[a-z]?)(?P<word>[^\W\d_]{4,})")  # 5gverkot, 3dtulostin
MAX_JOINED = 4  # words; in longer queries no two are tried as one compound


@dataclass(frozen=True)
class Word:
    """One word of a query, by any of its alternatives.

    `terms` of the index, `phrases` of terms that follow each other, `prefixes` that a term begins
    with, words that must all be there (`together`).
    """

    text: str
    terms: frozenset[str]
    phrases: frozenset[tuple[str, ...]] = field(default_factory=frozenset)
    together: tuple[Word, ...] = ()
    prefixes: frozenset[str] = field(default_factory=frozenset)

    def or_any(self, others: Iterable[Word], terms: Iterable[str] = ()) -> Word:
        """The word, or any of the others."""
        others = list(others)
        return replace(
            self,
            terms=self.terms.union(terms, *(other.terms for other in others)),
            phrases=self.phrases.union(*(other.phrases for other in others)),
        )

    def beginning_with(self, start: str) -> Word:
        return replace(self, prefixes=self.prefixes | beginnings(start))

    @property
    def is_sure(self) -> bool:
        return finnish.analyse(self.text).sure

    @property
    def is_base(self) -> bool:
        return finnish.is_base(self.text)

    @property
    def may_be_slip(self) -> bool:
        """Nothing is meant but what it says when it is a base form with no a or o to dot."""
        folded = finnish.fold(self.text)
        return not self.is_base or (
            folded == self.text.lower() and not {"a", "o"}.isdisjoint(folded)
        )

    def is_among(self, terms: frozenset[str]) -> bool:
        """Whether a text of these terms has the word; the same as `sql` asks the index."""
        starts = tuple(self.prefixes)
        return (
            not self.terms.isdisjoint(terms)
            or any(terms.issuperset(_joints(phrase)) for phrase in self.phrases)
            or bool(self.together and all(word.is_among(terms) for word in self.together))
            or bool(starts and any(term.startswith(starts) for term in terms))
        )

    def sql(self) -> str:
        """The word in the syntax of `tsquery`; quoting leaves nothing of it special."""
        options = [lexeme(term) for term in sorted(self.terms)]
        options += [f"{lexeme(start)}:*" for start in sorted(self.prefixes)]
        options += [_apart(phrase) for phrase in sorted(self.phrases)]
        if self.together:
            options.append(f"({' & '.join(word.sql() for word in self.together)})")
        return f"({' | '.join(options)})"


def beginnings(start: str) -> frozenset[str]:
    return frozenset({start, f"f:{finnish.fold(start)}", f"s:{start}"})


def _apart(members: tuple[str, ...]) -> str:
    """Members that follow each other; the index decides, so no text need be read for it."""
    return f"({' & '.join(map(lexeme, _joints(members)))})"


def _joints(members: tuple[str, ...]) -> list[str]:
    return [joint(one, other) for one, other in pairwise(members)]


def lexeme(term: str) -> str:
    quoted = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}'"


def words_of(q: str) -> list[Word]:
    """The meaningful words of a query, at most MAX_WORDS; [] when there is none.

    What is a word in Finnish only counts as that beside nothing but Finnish words. A query of
    function words of other languages alone means something else (`it`, `inte` of international).
    """
    found = tokens(normalise(q[:MAX_QUERY]))
    others = [token for token in found if token.lower() not in FINNISH_HOMOGRAPHS]
    language = guess_language(others) if others else "fi"
    asked = [token for token in found if not is_stop_word(token, language)]
    if any(token.lower() in ASKING_WORDS for token in found):
        asked = [token for token in asked if token.lower() not in HELPING_WORDS] or asked
    asked = asked or [token for token in found if token.lower() not in FUNCTION_WORDS["fi"]]
    return [word_of(token) for token in asked[:MAX_WORDS]]


def word_of(token: str) -> Word:
    """A word, also read as the beginning of one where it may be unfinished."""
    word = _whole(token.strip("-"))
    start = word.text.lower()
    if not _may_be_unfinished(word, start):
        return word
    analysis = finnish.analyse(start)
    if analysis.weak:  # rather the beginning of a word than such a form
        word = Word(word.text, (word.terms - set(analysis.lemmas)) | {start})
    return word.beginning_with(start)


def _may_be_unfinished(word: Word, start: str) -> bool:
    """What no dictionary knows is; so is a long compound, whose end may be cut short."""
    if len(start) < MIN_PREFIX or start.isdigit():
        return False
    if word.text.isupper() or (len(start) == MIN_PREFIX and word.is_base):
        return False
    return not word.is_sure or len(start) >= MIN_CUT


def _whole(bare: str) -> Word:
    stem = acronym_stem(bare)
    pieces = pieces_of(stem)
    fused = FUSED.fullmatch(stem.lower()) if len(pieces) == 1 else None
    if fused and finnish.analyse(fused["word"]).sure:
        pieces = [fused["sign"], fused["word"]]
    if len(pieces) > 1:
        return _hyphenated(bare, pieces)
    lower = stem.lower()
    analysis = finnish.analyse(lower)
    terms = {bare.lower(), lower, *analysis.lemmas}
    phrases = set(analysis.splits)
    if not lower.isdigit():
        terms |= {english_stem(lower), *swedish_stems(lower)}
        phrases |= _english_apart(lower)
    if not analysis.sure and lower.isalpha():
        terms |= loose_terms(lower, is_name=stem.isupper())
    return Word(bare, frozenset(terms), frozenset(phrases))


def _english_apart(lower: str) -> set[tuple[str, ...]]:
    members = english_members(lower)
    return {tuple(map(english_stem, members))} if members else set()


def loose_terms(lower: str, *, is_name: bool = False) -> set[str]:
    """More terms for what is no Finnish word as it stands: other endings, missing dots."""
    terms = set()
    if not is_name and not finnish.analyse(lower).lemmas:
        terms |= set(finnish.stripped(lower))
    if finnish.fold(lower) == lower:
        bare_stem = swedish_stem(lower).removeprefix("s:")
        terms |= {f"f:{form}" for form in (lower, bare_stem) if len(form) >= MIN_FOLDED}
    for word in finnish.dotted(lower):  # also when only some are missing: leviamistä
        terms |= {word, *finnish.analyse(word).lemmas}
    return terms


def _hyphenated(bare: str, pieces: list[str]) -> Word:
    """`IoT-laitteet`: its base form with and without the hyphen, or all of its pieces."""
    head = [piece.lower() for piece in pieces[:-1]]
    last = finnish.analyse(pieces[-1]).lemmas or (pieces[-1].lower(),)
    terms = {bare.lower(), "-".join([*head, pieces[-1].lower()])}
    for base in last:
        terms |= {"-".join([*head, base]), "".join([*head, base])}
    return Word(bare, frozenset(terms), together=tuple(word_of(piece) for piece in pieces))


def query_for(words: list[Word]) -> TermQuery:
    """All of the words; two may also be there as the one compound that they make."""
    asked = [[word.sql()] for word in words]
    if len(words) <= MAX_JOINED:
        for (i, one), (j, other) in permutations(enumerate(words), 2):
            text = f"{one.text}{other.text}"
            if text.isalpha() and finnish.analyse(text).sure:
                compound = word_of(text).sql()
                asked[i].append(compound)
                asked[j].append(compound)
    each = [f"({' | '.join(options)})" for options in asked]
    return TermQuery(" & ".join(each))
