"""From texts to index terms: what a word of a document, or of a query, is found by.

Terms of one `tsvector` live side by side under prefixes, so that languages cannot be confused:
none for surface words, Finnish base forms and compound parts; `e:` and `s:` for English and
Swedish stems; `f:` for the copy without dots; `c:` for two neighbours that may be one compound
written apart (`c:sähkö+katko`), so that the index alone finds them.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

from cluster_portal.core.text import finnish
from cluster_portal.core.text.lexicon import (
    ENGLISH_ELEMENTS,
    FINNISH_HOMOGRAPHS,
    FUNCTION_WORDS,
    IRREGULAR_ENDS,
    SWEDISH_ELEMENTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

STOP_WORDS = frozenset().union(*FUNCTION_WORDS.values())
_LETTER = r"[^\W_]"
TOKEN = re.compile(rf"(?<!\w)-?{_LETTER}+(?:[-:’'/&+.]{_LETTER}+)*-?")
_INFLECTED_ACRONYM = re.compile(r"([A-ZÅÄÖ0-9]{2,})[a-zåäö]{1,5}")
_DIVIDERS = re.compile(r"[-/&+.:’']")
_MIXED = re.compile(r"[^\W\d_]+|\d+")
_ODD_SPACES = str.maketrans({"\u00ad": None, "\u2011": "-", "\u2010": "-", "\0": " "})
_VARIANTS = (
    ("ization", "isation"),
    ("izing", "ising"),
    ("ize", "ise"),
    ("yze", "yse"),
    ("defense", "defence"),
    ("crises", "crisis"),
    ("analyses", "analysis"),
    *IRREGULAR_ENDS["spelling_en"],
)
_SYNCOPATED = re.compile(r"[dgkptv][nr]$")
_SHORT_OF_E = re.compile(r"[bcdfgkpstv]l$")


class Stemmer:
    """Snowball's, for one thread at a time: while it works, the word stands in the object itself,
    so that two threads at once would get stems of each other's words, or an IndexError.
    """

    def __init__(self, language: str) -> None:
        self._snowball = snowballstemmer.stemmer(language)
        self._turn = threading.Lock()

    def stem(self, word: str) -> str:
        with self._turn:
            return str(self._snowball.stemWord(word))


_english, _swedish = Stemmer("english"), Stemmer("swedish")


def normalise(text: str) -> str:
    """Composed letters, plain hyphens, no soft hyphens and no NUL."""
    return unicodedata.normalize("NFC", text.translate(_ODD_SPACES))


def tokens(text: str) -> list[str]:
    """The words of a normalised text, with their inner hyphens and colons and in their case."""
    return TOKEN.findall(text)


@dataclass(frozen=True, slots=True)
class Terms:
    """`whole` stands for the word itself, `parts` for members of a compound."""

    whole: frozenset[str]
    parts: frozenset[str] = frozenset()

    def __or__(self, other: Terms) -> Terms:
        return Terms(self.whole | other.whole, self.parts | other.parts)


NOTHING = Terms(frozenset())


def is_stop_word(token: str, language: str = "") -> bool:
    """A function word of any language; in capitals it is an acronym (IT, OM).

    A word that means something in Finnish (*vara*) is none in a text of that `language`.
    """
    is_acronym = len(token) > 1 and token.isupper()
    lower = token.strip("-").lower()
    is_word = language == "fi" and lower in FINNISH_HOMOGRAPHS
    is_known = lower in STOP_WORDS or finnish.without_clitic(lower) in FUNCTION_WORDS["fi"]
    return not (is_acronym or is_word) and is_known


def guess_language(words: Iterable[str]) -> str:
    """`fi`, `sv` or `en` by the function words, else by whether Voikko knows the words, else ''."""
    lower = [word.lower() for word in words if word.isalpha()]
    counts = {code: sum(w in known for w in lower) for code, known in FUNCTION_WORDS.items()}
    best, second = sorted(counts, key=lambda code: -counts[code])[:2]
    if counts[best] > counts[second]:
        return best
    long = [w for w in lower if len(w) > 4]
    finnish_words = sum(finnish.analyse(w).sure for w in long)
    return "fi" if long and finnish_words / len(long) >= 0.6 else ""


def english_stem(word: str) -> str:
    """Snowball's stem, the same for British and American spelling (organiz-, defens-, model-)."""
    for variant, usual in _VARIANTS:
        word = word.replace(variant, usual)
    word = _regular(word, "en")
    stem = _english.stem(word)
    return f"e:{stem[:-1] if stem.endswith(('ll', 'mm')) else stem}"


def swedish_stem(word: str) -> str:
    """Snowball's stem, the same for verk and verket, kedja and kedjan, vatten and vattnet,
    energi and energin, sensor and sensorer, nyckel and nycklar, museum and museet, ö and öar.
    """
    stem = _swedish.stem(_regular(word, "sv"))
    if stem == word[:-1] and word.endswith("s"):  # kvinnors
        stem = _swedish.stem(stem)
    if len(stem) > 5 and stem.endswith(("et", "an")):
        stem = stem[:-2]
    if (len(stem) > 4 and stem.endswith(("or", "um"))) or stem.endswith(("öar", "oar", "åar")):
        stem = stem[:-2]
    elif len(stem) > 5 and stem.endswith("in"):
        stem = stem[:-1]
    if _SHORT_OF_E.search(stem):
        stem = f"{stem[:-1]}el"
    if _SYNCOPATED.search(stem) or stem.endswith("mm"):
        stem = stem[:-1]
    return f"s:{stem}"


def _regular(word: str, language: str) -> str:
    for form, base in IRREGULAR_ENDS[language]:
        if word.endswith(form):
            return f"{word.removesuffix(form)}{base}"
    return word


@lru_cache(maxsize=50_000)
def document_terms(token: str, language: str) -> Terms:
    """What one word of a document is indexed by; `language` is a guess or ''."""
    terms = _token_terms(token, language)
    folded_whole = _folded(terms.whole)
    return Terms(terms.whole | folded_whole, terms.parts | _folded(terms.parts) - folded_whole)


def _folded(terms: Iterable[str]) -> frozenset[str]:
    bare = ((term, term.removeprefix("s:")) for term in terms if not term.startswith("e:"))
    return frozenset(f"f:{finnish.fold(b)}" for _term, b in bare if finnish.fold(b) != b)


def _token_terms(token: str, language: str) -> Terms:
    bare = token.strip("-")
    stem = acronym_stem(bare)
    pieces = pieces_of(stem)
    if len(pieces) > 1:
        terms = _hyphenated_terms(pieces, language)
    else:
        terms = _simple_terms(stem, language)
    return terms | Terms(frozenset({bare.lower(), stem.lower()}))


def pieces_of(token: str) -> list[str]:
    """What hyphens and other signs inside a word divide it into."""
    return [piece for piece in _DIVIDERS.split(token) if piece]


def acronym_stem(token: str) -> str:
    """`EU:n` is EU and `TAMKissa` TAMK; other words stay as they are."""
    head, colon, tail = token.rpartition(":")
    if colon and tail.isalpha() and len(tail) <= 5:
        return head
    inflected = _INFLECTED_ACRONYM.fullmatch(token)
    return inflected.group(1) if inflected and not token[:-1].isupper() else token


def _hyphenated_terms(pieces: list[str], language: str) -> Terms:
    """`IoT-laitteiden`: the pieces, the base form with its hyphen, and the same without it."""
    each = [_simple_terms(piece, language) for piece in pieces]
    last = finnish.analyse(pieces[-1]).lemmas or (pieces[-1].lower(),)
    head = [piece.lower() for piece in pieces[:-1]]
    whole = {"-".join([*head, base]) for base in last} | {"".join([*head, base]) for base in last}
    parts = frozenset().union(*(terms.whole | terms.parts for terms in each))
    return Terms(frozenset(whole), parts)


def _simple_terms(word: str, language: str) -> Terms:
    lower = word.lower()
    whole, parts = {lower}, set()
    mixed = _MIXED.findall(lower)
    if len(mixed) > 1 or lower.isdigit():  # NIS2 is also NIS and 2
        return Terms(frozenset(whole), frozenset(mixed) - whole)
    analysis, foreign = finnish_reading(lower, language), language in {"sv", "en"}
    whole |= set(analysis.lemmas)
    parts |= set(analysis.parts)
    if foreign or analysis.guessed or not analysis.lemmas:
        found = foreign_terms(lower, language)
        whole |= found.whole
        parts |= found.parts
    if not analysis.lemmas and not foreign and not word.isupper():
        whole |= set(finnish.stripped(lower))
    return Terms(frozenset(whole), frozenset(parts))


def finnish_reading(lower: str, language: str) -> finnish.Analysis:
    """The word as Finnish, unless a text in another language makes that a mere chance."""
    foreign = language in {"sv", "en"}
    analysis = finnish.UNKNOWN if foreign and len(lower) <= 6 else finnish.analyse(lower)
    return finnish.UNKNOWN if foreign and analysis.guessed else analysis


def apart_terms(token: str, following: str, language: str) -> frozenset[str]:
    """What two neighbours are found by as one compound: `sähkön katkosta`, `cyber security`.

    The first has the form of a compound's beginning: the base form or a genitive. Compounds count
    by their parts too: `sähkönjakelun katko` is also a sähkökatko; of two compounds only the
    members that meet: `metsäkoneen paloturvallisuus` is about no metsäpalo.
    """
    first = pieces_of(acronym_stem(token.strip("-")))[-1:]
    second = pieces_of(acronym_stem(following.strip("-")))[:1]
    if not first or not second or token.endswith("-") or following.startswith("-"):
        return frozenset()
    return _joints(first[0].lower(), second[0].lower(), language)


@lru_cache(maxsize=50_000)
def _joints(first: str, second: str, language: str) -> frozenset[str]:
    found = set()
    if first in ENGLISH_ELEMENTS:
        found.add(joint(english_stem(first), english_stem(second)))
    one, other = (finnish_reading(word, language) for word in (first, second))
    if language not in {"sv", "en"} or (one.sure and other.sure):
        whole, next_whole = one.lemmas or (first,), other.lemmas or (second,)
        ends = {split[-1] for split in one.splits}
        starts = {split[0] for split in other.splits}
        if first in {*whole, *one.parts} or first.endswith("n"):
            found |= {joint(a, b) for a in {*whole, *one.parts} for b in next_whole}
            found |= {joint(a, b) for a in {*whole, *ends} for b in starts}
    return frozenset(found)


def joint(first: str, second: str) -> str:
    """The term of two neighbours."""
    return f"c:{first}+{second}"


def foreign_terms(lower: str, language: str) -> Terms:
    """English and Swedish stems of a word, and (not in Finnish) of the members of a compound."""
    whole, parts = set(), set()
    if language != "sv":
        whole.add(english_stem(lower))
        parts |= {english_stem(part) for part in english_members(lower)}
    if language != "en":
        whole |= swedish_stems(lower)
    if language not in {"en", "fi"}:
        parts |= set().union(*map(swedish_stems, swedish_members(lower)))
    return Terms(frozenset(whole), frozenset(parts))


def english_members(word: str) -> tuple[str, ...]:
    """`cybersecurity` is cyber + security."""
    for element in ENGLISH_ELEMENTS:
        if word.startswith(element) and len(word) - len(element) >= 4:
            return element, word[len(element) :]
    return ()


def swedish_stems(word: str) -> set[str]:
    """The stem; of a word in -s also the word itself: the s may be no ending (kurs, kris)."""
    return {swedish_stem(word)} | ({f"s:{word}"} if word.endswith("s") else set())


@lru_cache(maxsize=10_000)
def swedish_members(word: str) -> tuple[str, ...]:
    """`informationssäkerhetens` is information + säkerhetens; () when it is no known compound.

    One member must be a known element: at the beginning, before another or any longer word, or a
    long one at the end.
    """
    longest = next(filter(word.startswith, SWEDISH_ELEMENTS), "")
    for element in filter(word.startswith, SWEDISH_ELEMENTS):
        members = _divided(word, element, is_longest=element == longest)
        if members:
            return members
    for element in SWEDISH_ELEMENTS:
        place = word.find(element)
        if place > 2 and len(element) > 4:
            return word[:place].removesuffix("s"), word[place:]
    return ()


def _divided(word: str, element: str, *, is_longest: bool) -> tuple[str, ...]:
    """The members of a word that begins with `element`; () when that says nothing."""
    rest = word.removeprefix(element)
    linked = rest.removeprefix("s")
    for end in (linked, rest):
        if len(end) > 2 and _starts_member(end):
            return element, *(swedish_members(end) or (end,))
    if len(element) > 4 and len(linked) > 4 and rest != linked:
        return element, linked, rest
    is_compound = is_longest and len(element) > 5 and len(rest) > 5  # longer than any ending
    return (element, rest) if is_compound else ()


def _starts_member(rest: str) -> bool:
    return rest.startswith(SWEDISH_ELEMENTS)
