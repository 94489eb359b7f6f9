"""Soft hyphens for long Finnish words, because browsers seldom carry Finnish patterns.

A compound breaks where its members meet, and a member that is too long itself at its syllables:
a new syllable starts at a consonant followed by a vowel. Only words longer than `longest` get
breaks, and never within three letters of an end or a seam.
"""

import re
from functools import lru_cache
from itertools import pairwise

from cluster_portal.core.text import finnish

SHY = "\u00ad"
VOWELS = frozenset("aeiouyäöå")
WORD = re.compile(r"[^\W\d_]+")
EDGE = 3
# Second parts that start with a vowel, in words that the dictionary lacks.
SEAMS = (
    "aihe",
    "aineist",
    "alue",
    "arvio",
    "asiantunti",
    "ehdot",
    "ehtoi",
    "ilmoit",
    "indikaat",
    "ohjaus",
    "ohjelm",
    "organisaat",
    "osaami",
    "osoit",
    "yhteis",
)
# Second parts of Swedish compounds; where its syllables begin is not guessed.
SWEDISH_SEAMS = (
    *("anmäl", "ansök", "arbet", "beredskap", "evenemang", "försörj", "grupp", "institut"),
    *("klust", "kompetens", "medlem", "myndighet", "område", "organis", "program", "projekt"),
    *("region", "samarbet", "säkerhet", "upphandling", "utbild", "utlysning", "utmaning"),
    *("utvärder", "verksam", "övning"),
)
LONG_IN_SWEDISH = 12


@lru_cache(maxsize=4096)
def swedish_seams(text: str) -> str:
    """Soft hyphens in long Swedish words, only where a well-known second part begins."""
    return WORD.sub(lambda found: _split_swedish(found.group()), text)


def _split_swedish(word: str) -> str:
    low = word.lower() if len(word) > LONG_IN_SWEDISH else ""
    seams = {at for at in range(EDGE, len(low) - EDGE) if low.startswith(SWEDISH_SEAMS, at)}
    return "".join(SHY + letter if at in seams else letter for at, letter in enumerate(word))


@lru_cache(maxsize=4096)
def soft_hyphens(text: str, longest: int = 12) -> str:
    return WORD.sub(lambda found: _split(found.group(), longest), text)


def lines(text: str, width: int, most: int) -> list[str]:
    """The words in lines of `width` letters for a drawing; long words break where Finnish ones do.

    What does not fit in `most` lines ends in an ellipsis.
    """
    found = [""]
    for word in text.split():
        for piece in _pieces(word, width):
            joined = f"{found[-1]} {piece}".strip()
            if len(joined) <= width:
                found[-1] = joined
            else:
                found.append(piece)
    found = [line for line in found if line]
    return found if len(found) <= most else [*found[: most - 1], f"{found[most - 1][: width - 1]}…"]


def _pieces(word: str, width: int) -> list[str]:
    """A word in parts that fit, each but the last with a hyphen."""
    parts, done = soft_hyphens(word, width).split(SHY), [""]
    for part in parts:
        if len(done[-1]) + len(part) < width:
            done[-1] += part
        else:
            done.append(part)
    whole = [part for part in done if part]
    return [f"{part}-" for part in whole[:-1]] + whole[-1:]


def _split(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    low = word.lower()
    seams = finnish.seams(low) or _guessed_seams(low)
    bounds = [0, *seams, len(word)]
    breaks = set(seams)
    for start, end in pairwise(bounds):
        if end - start > longest or not seams:
            breaks.update(at for at in range(start + EDGE, end - EDGE + 1) if _opens(low, at))
    return "".join(SHY + letter if at in breaks else letter for at, letter in enumerate(word))


def _guessed_seams(word: str) -> tuple[int, ...]:
    return tuple(at for at in range(EDGE, len(word) - EDGE) if word.startswith(SEAMS, at))


def _opens(word: str, at: int) -> bool:
    """Whether a syllable starts there."""
    return word[at] not in VOWELS and word[at + 1] in VOWELS
