"""Base forms and compound parts of Finnish words, by Voikko's morphology.

`voikko` gives the transducer's outputs, which are read here. The dictionary is loaded once: call
`load()` before forking. `ENGINE_VERSION` rises when the reading changes, and
`engine_name()` goes into the stored state of the index, so that either change rebuilds it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from typing import TYPE_CHECKING

from cluster_portal.core.text import lexicon, voikko
from cluster_portal.core.text.lexicon import (
    ATOMIC_COMPOUNDS,
    FINNISH_ENDINGS,
    MUNICIPAL_BEFORE_KUNTA,
    SET_PHRASES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE_VERSION = 5
MAX_WORD = 60
_FRONT = str.maketrans("ao", "äö")
_FOLD = str.maketrans("åäöøæ", "aaooa")
_PIECES = re.compile(r"\[[^\]]*\]|[^\[]+")
_RARE = ("[O1", "[O2", "[Tk]", "[Tm]", "[Tt]", "[Te]")  # my, your, finite verbs: tuli is a fire
_UNINFLECTED = ("[Ls]", "[Ld]", "[Lc]", "[Lr]")  # adverbs, particles, pronouns
_NAMING = re.compile(r"\[L(?:n|nl|e[a-z]?|a|h)\]")  # nouns, names, abbreviations
_CLITIC = re.compile(r"(?:kin|kaan|kään|ko|kö|han|hän)$")
_PASSIVE, _POSSESSIVE = "[P4]", "[O3]"  # kokeillaan: one tries, not on their trials
_CLITICS = ("pa[Ef]", "pä[Ef]")  # "verkkopa" is rather the beginning of verkkopankki
_VOWELS = frozenset("aeiouyåäö")
_WORD = re.compile(r"[a-zåäöšžéèüáà-]+")


@dataclass(frozen=True, slots=True)
class Segment:
    """One member of a compound: as written, its base form, and the end of the latter after `=`."""

    form: str
    base: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a word is made of; every string is in lower case.

    `lemmas` base forms of the whole word; empty when the word is unknown. `parts` base forms of
    the members of a compound and of their runs. `splits` the ways to write the compound apart, as
    base forms. `heads`/`tails` what a hyphen stands for in *tieto- ja kyberturvallisuus* and
    *turvallisuustutkimus ja -koulutus*. `weak`: only a reading that
    is rare in headings and queries (a finite verb, *my* …) was found.
    `guessed`: the dictionary lacks the word, and only its end was recognised.
    """

    lemmas: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    splits: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    weak: bool = False
    guessed: bool = False

    @property
    def sure(self) -> bool:
        """The word as it stands is Finnish, beyond doubt."""
        return bool(self.lemmas) and not (self.weak or self.guessed)


@dataclass
class _Reading:
    segments: list[Segment]
    weak: bool


UNKNOWN = Analysis()


def load() -> None:
    """Load the dictionary now, so that forked processes share its memory."""
    analyse("turvallisuus")


def engine_name() -> str:
    """What wrote an index: the morphology, the version of its reading, the word lists."""
    return f"{voikko.engine()[0]}-{ENGINE_VERSION}-{lexicon.FINGERPRINT}"


# Reading the outputs.


@lru_cache(maxsize=50_000)
def seams(word: str) -> tuple[int, ...]:
    """Where the members of a compound meet, e.g. (12,) in *turvallisuusklusteri*; () if nowhere."""
    if len(word) > MAX_WORD:
        return ()
    readings = [[s.form for s in _segments(output)] for output in voikko.engine()[1](word)]
    whole = [forms for forms in readings if "".join(forms) == word]
    members = min(whole, key=len, default=[])
    return tuple(accumulate(len(form) for form in members))[:-1]


def _segments(output: str) -> Iterator[Segment]:
    """The members of a compound, from an output like `[Ln][Xp]palo[X]palo[Sn][Ny][Bc][Ln]…`."""
    members: list[list[str]] = [[]]
    for piece in _PIECES.findall(output):
        if piece == "[Bc]":
            members.append([])
        else:
            members[-1].append("=" if piece == "[Bm]" else piece)  # sala[Bm]kuljetus
    for pieces in members:
        if any(piece.startswith("[L") for piece in pieces):
            yield _segment(pieces)


def _segment(pieces: list[str]) -> Segment:
    base = form = run = mark = given = ""
    for piece in pieces:
        if piece in {"[Xp]", "[Xj]"}:
            base, form, run, mark, given = base + run, form + run, "", "base", ""
        elif piece in {"[Xr]", "[Xs]"}:
            mark = "other"
        elif piece == "[X]":
            mark = ""
        elif piece.startswith("["):
            continue
        elif mark == "base":
            given += piece
        elif not mark:
            run += piece
    base, form = base + given, form + run
    _start, _sign, end = base.rpartition("=")
    return Segment(_clean(form), _clean(base or form), _clean(end) if _sign else "")


def _clean(text: str) -> str:
    return text.replace("=", "").replace("|", "").strip("-").lower()


def _joined(segments: list[Segment]) -> str:
    return "".join(s.form for s in segments[:-1]) + segments[-1].base


def _merge_atomic(segments: list[Segment]) -> list[Segment]:
    """Put members of a compound with a meaning of its own together, the longest run first."""
    for size in range(len(segments), 1, -1):
        for start in range(len(segments) - size + 1):
            run = segments[start : start + size]
            if _joined(run) in ATOMIC_COMPOUNDS:
                whole = Segment("".join(s.form for s in run), _joined(run))
                return [
                    *_merge_atomic(segments[:start]),
                    whole,
                    *_merge_atomic(segments[start + size :]),
                ]
    return segments


def _without_chance(word: str, outputs: list[str]) -> list[str]:
    """*Silloin* is the adverb, no bridges; but *juuri* in its base form is a root, too."""
    if not any(output.startswith(_UNINFLECTED) for output in outputs):
        return outputs
    return [
        output
        for output in outputs
        if output.startswith(_UNINFLECTED) or [s.base for s in _segments(output)] == [word]
    ]


def _whole_entire(segments: list[Segment]) -> list[Segment]:
    """*kokonais-* is *kokonainen*, not *koko* and *nainen*, as the dictionary has it."""
    for at, (one, other) in enumerate(pairwise(segments)):
        if (one.form, other.form) == ("koko", "nais"):
            whole = Segment("kokonais", "kokonainen")
            return [*segments[:at], whole, *_whole_entire(segments[at + 2 :])]
    return segments


def _readings(word: str) -> list[_Reading]:
    """The likely readings: those of fewest members, a rare form only when there is no other."""
    readings, outputs = [], voikko.engine()[1](word)
    if any(_PASSIVE in output for output in outputs):
        outputs = [output for output in outputs if _POSSESSIVE not in output]
    for output in _without_chance(word, outputs):
        segments = _whole_entire([s for s in _segments(output) if s.base])
        if segments:
            weak = any(mark in output for mark in _RARE) or output.endswith(_CLITICS)
            readings.append(_Reading(segments, weak))
    if not readings:
        return []
    fewest = min(len(r.segments) for r in readings)
    readings = [r for r in readings if len(r.segments) == fewest]
    if not all(r.weak for r in readings):
        readings = [r for r in readings if not r.weak]
    for reading in readings:
        reading.segments = _merge_atomic(reading.segments)
    return readings


@lru_cache(maxsize=2_000)
def is_base(word: str) -> bool:
    """Whether it is a Finnish word in its base form, neither a compound nor a name."""
    word = word.lower()
    outputs = voikko.engine()[1](word) if _WORD.fullmatch(word) and len(word) <= MAX_WORD else []
    likely = [o for o in outputs if not o.startswith("[Le") and not any(m in o for m in _RARE)]
    return any([s.base for s in _segments(output)] == [word] for output in likely)


@lru_cache(maxsize=20_000)
def may_name(word: str) -> bool:
    """Whether it can be a noun or a name, in Finnish or, unknown here, in another language."""
    word = word.lower().rpartition("-")[2]
    outputs = voikko.engine()[1](word) if _WORD.fullmatch(word) and len(word) <= MAX_WORD else []
    outputs = _without_chance(word, outputs)
    return not outputs or any(_NAMING.search(output.rpartition("[Bc]")[2]) for output in outputs)


def _runs(segments: list[Segment]) -> Iterator[tuple[int, int]]:
    for start, end in combinations(range(len(segments) + 1), 2):
        if end - start < len(segments):
            yield start, end


def _members(segments: list[Segment]) -> Iterator[str]:
    """The runs of members that say something about the whole."""
    for start, end in _runs(segments):
        run = _joined(segments[start:end])
        before = segments[start - 1].form if start else ""
        is_hollow = run == "kunta" and start and before not in MUNICIPAL_BEFORE_KUNTA
        if len(run) > 1 and not is_hollow:
            yield run
    for segment in segments:
        is_hollow = segment.end == "kunta" or segment.base in ATOMIC_COMPOUNDS
        if len(segment.end) > 2 and not is_hollow:
            yield segment.end


def _analysis(readings: list[_Reading]) -> Analysis:
    lemmas: dict[str, bool] = {}  # dicts keep the order
    parts: dict[str, bool] = {}
    splits: dict[tuple[str, ...], bool] = {}
    heads: dict[str, bool] = {}
    tails: dict[str, bool] = {}
    for reading in readings:
        segments = reading.segments
        lemmas[_joined(segments)] = True
        if len(segments) > 1:
            lemmas["".join(s.base for s in segments)] = True
            splits[tuple(s.base for s in segments)] = True
        parts |= dict.fromkeys(_members(segments), True)
        for cut in range(1, len(segments)):
            heads["".join(s.form for s in segments[:cut])] = True
            tails[_joined(segments[cut:])] = True
            splits[(_joined(segments[:cut]), _joined(segments[cut:]))] = True
    return Analysis(
        tuple(lemmas),
        tuple(part for part in parts if part not in lemmas),
        tuple(splits),
        tuple(heads),
        tuple(tails),
        weak=all(reading.weak for reading in readings),
    )


@lru_cache(maxsize=50_000)
def analyse(word: str) -> Analysis:
    """Analyse one word without hyphens, in any case; UNKNOWN when no reading is found."""
    word = unicodedata.normalize("NFC", word).lower()
    if len(word) > MAX_WORD or not _WORD.fullmatch(word):
        return UNKNOWN
    if without_clitic(word) in SET_PHRASES:  # lailla, avulla: no forms of laki and apu
        return Analysis((word,))
    readings = _readings(word)
    if readings:
        return _analysis(readings)
    return _split_unknown(word)


def _split_unknown(word: str) -> Analysis:
    """A compound that the dictionary lacks: any beginning before the longest known end.

    The end has at least six letters (four after a known beginning) and the beginning three, else
    chance finds an end in every foreign word.
    """
    for cut in range(3, len(word) - 3):
        head, before = word[:cut], _readings(word[:cut]) if len(word) - cut < 6 else []
        tail = _readings(word[cut:]) if len(word) - cut >= 6 or before else []
        if tail and not tail[0].weak:
            before = before or _readings(head)
            segments = before[0].segments if before else [Segment(head, head)]
            found = _analysis([_Reading([*segments, *tail[0].segments], weak=False)])
            return replace(found, guessed=True)
    return UNKNOWN


def without_clitic(word: str) -> str:
    """*silloinkin* is *silloin* too."""
    return _CLITIC.sub("", word)


def stripped(word: str) -> tuple[str, ...]:
    """A word unknown to the dictionary without the case endings it may have; four letters stay.

    What is left is no Finnish word either: the dictionary would have known its forms. An ending
    that begins with a consonant follows a vowel: *kybert* is the beginning of a word, no plural.
    """
    word = word.lower()
    endings = (ending for ending in FINNISH_ENDINGS if word.endswith(ending))
    cuts = {(word[: -len(ending)], ending) for ending in endings if len(word) - len(ending) > 3}
    stems = {stem for stem, ending in cuts if ending[0] in _VOWELS or stem[-1] in _VOWELS}
    return tuple(stem for stem in stems if not analyse(stem).sure)


def fold(text: str) -> str:
    """The text without dots, rings and accents: what is typed where the keyboard lacks them."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_FOLD))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=2_000)
def dotted(word: str) -> tuple[str, ...]:
    """The known words that `word` may be when its ä and ö were typed as a and o.

    Vowel harmony makes the dotted vowels of a member of a compound one stretch, so only words
    with one or two such stretches are tried.
    """
    places = [i for i, c in enumerate(word) if c in "ao"]
    if not places or len(places) > 12 or not _WORD.fullmatch(word):
        return ()
    found: dict[str, int] = {}
    for bounds in _stretches(len(places)):
        candidate = _with_dots(word, [places[a:b] for a, b in bounds])
        readings = _readings(candidate)
        if readings and not readings[0].weak:
            found[candidate] = len(readings[0].segments)
    fewest = min(found.values(), default=0)
    return tuple(w for w, size in found.items() if size <= fewest)[:3]


def _stretches(count: int) -> Iterator[list[tuple[int, int]]]:
    for a, b in combinations(range(count + 1), 2):
        yield [(a, b)]
    if count <= 8:
        for a, b, c, d in combinations(range(count + 1), 4):
            yield [(a, b), (c, d)]


def _with_dots(word: str, stretches: list[list[int]]) -> str:
    letters = list(word)
    for stretch in stretches:
        for place in stretch:
            letters[place] = letters[place].translate(_FRONT)
    return "".join(letters)
