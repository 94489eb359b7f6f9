"""Soft hyphens for long Finnish words, because browsers seldom carry Finnish patterns.

The rule of Finnish syllables: a new syllable starts at a consonant followed by a vowel.
Only words longer than `longest` get breaks, and never within three letters of an end.
"""

import re

SHY = "\u00ad"
VOWELS = frozenset("aeiouyäöå")
WORD = re.compile(r"[^\W\d_]+")
EDGE = 3
# Second parts that start with a vowel: the syllable rule cannot see these seams.
SEAMS = (
    "aihe",
    "aineist",
    "alue",
    "arvio",
    "asiantunti",
    "ehdot",
    "ilmoit",
    "indikaat",
    "ohjaus",
    "ohjelm",
    "organisaat",
    "osaami",
    "osoit",
    "yhteis",
)


def soft_hyphens(text: str, longest: int = 12) -> str:
    return WORD.sub(lambda found: _split(found.group(), longest), text)


def _split(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    low = word.lower()
    return "".join(
        SHY + letter if _may_break(low, at) else letter for at, letter in enumerate(word)
    )


def _may_break(word: str, at: int) -> bool:
    if not EDGE <= at <= len(word) - EDGE:
        return False
    opens_syllable = word[at] not in VOWELS and word[at + 1] in VOWELS
    return opens_syllable or word.startswith(SEAMS, at)
