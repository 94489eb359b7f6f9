"""What a mistyped word of a query may have been meant to be."""

from __future__ import annotations

from cluster_portal.core.search.queries import MIN_PREFIX, Word, loose_terms, word_of
from cluster_portal.core.search.words import candidates, is_beginning, same_but_for_dots
from cluster_portal.core.text import finnish

LONG = 7  # letters from which a word one letter off is hardly ever another word
SHORT = 4  # letters up to which an unknown word is rather unfinished than mistyped


def with_slips(word: Word) -> Word:
    """A word that occurs, and what a long word in no base form may be besides: the same with its
    dots, or one letter off when no dictionary knows it.
    """
    if len(word.text) < LONG or word.is_base:
        return word
    if finnish.analyse(word.text).lemmas:
        return word.or_any(map(word_of, finnish.dotted(word.text.lower())))
    return word.or_any(map(word_of, slips_of(word.text)))


def corrected(word: Word) -> Word:
    """A word that occurs nowhere; no letter of a Finnish base form is taken for a slip."""
    if word.is_base:
        return word.or_any(map(word_of, same_but_for_dots(word.text)))
    start, options = word.text.lower()[:-1], candidates(word.text)
    if word.text.isupper() and len(start) >= MIN_PREFIX:
        word = word.beginning_with(word.text.lower())
    is_unfinished = len(word.text) <= SHORT or not options
    if len(start) >= MIN_PREFIX and is_unfinished and not word.is_sure and is_beginning(start):
        return word.beginning_with(start)
    return word.or_any(map(word_of, options), loose_terms(word.text.lower()))


def slips_of(text: str) -> list[str]:
    """Words one letter off, but none that differ only in the end: that may be unfinished."""
    start = finnish.fold(text)[:-1]
    return [word for word in candidates(text) if not finnish.fold(word).startswith(start)]
