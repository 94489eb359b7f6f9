"""The word lists of `data/words.toml`, which the analysers cannot know by themselves."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads((Path(__file__).parent / "data" / "words.toml").read_text())
_COMPOUNDS = {name: words.split() for name, words in _LISTS["compounds"].items()}

FUNCTION_WORDS = {
    language: frozenset(words.split()) for language, words in _LISTS["function_words"].items()
}
ATOMIC_COMPOUNDS = frozenset(_COMPOUNDS["atomic_fi"])
MUNICIPAL_BEFORE_KUNTA = frozenset(_COMPOUNDS["municipal_fi"])
SWEDISH_ELEMENTS = tuple(sorted(_COMPOUNDS["elements_sv"], key=len, reverse=True))
ENGLISH_ELEMENTS = tuple(_COMPOUNDS["elements_en"])
FINNISH_ENDINGS = tuple(sorted(_COMPOUNDS["endings_fi"], key=len, reverse=True))
