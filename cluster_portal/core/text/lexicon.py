"""The word lists of `data/words.toml`, which the analysers cannot know by themselves."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

_TEXT = (Path(__file__).parent.parent / "data" / "words.toml").read_text(encoding="utf-8")
_LISTS = tomllib.loads(_TEXT)
_COMPOUNDS = {name: words.split() for name, words in _LISTS["compounds"].items()}

FUNCTION_WORDS = {
    language: frozenset(words.split()) for language, words in _LISTS["function_words"].items()
}
_GENERAL = [word for words in _LISTS["general"].values() for word in words.split()]
GENERAL_WORDS = frozenset(word for word in _GENERAL if not word.endswith("*"))
GENERAL_BEGINNINGS = tuple(word[:-1] for word in _GENERAL if word.endswith("*"))
IRREGULAR_ENDS = {
    language: tuple(pair.split("=") for pair in pairs.split())
    for language, pairs in _LISTS["irregular"].items()
}
SET_PHRASES = frozenset(_LISTS["set_phrases"]["fi"].split())
ASKING_WORDS = frozenset(_LISTS["asking"]["words"].split())
HELPING_WORDS = frozenset(_LISTS["asking"]["helping"].split())
FINNISH_HOMOGRAPHS = frozenset(_LISTS["homographs"]["fi"].split())
ATOMIC_COMPOUNDS = frozenset(_COMPOUNDS["atomic_fi"])
MUNICIPAL_BEFORE_KUNTA = frozenset(_COMPOUNDS["municipal_fi"])
# Without the ending that inflection changes (olycka, olyckor), the longest first.
_SWEDISH_STEMS = {
    word[:-1] if word[-1] in "ae" and len(word) > 4 else word for word in _COMPOUNDS["elements_sv"]
}
SWEDISH_ELEMENTS = tuple(sorted(_SWEDISH_STEMS, key=lambda stem: (-len(stem), stem)))
ENGLISH_ELEMENTS = tuple(_COMPOUNDS["elements_en"])
FINNISH_ENDINGS = tuple(sorted(_COMPOUNDS["endings_fi"], key=len, reverse=True))
FINGERPRINT = hashlib.sha256(_TEXT.encode()).hexdigest()[:8]
