"""Why something fits, in the reader's language: only of words that she may read on either side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core.vocabulary import Scheme, terms
from theses.matching.features import said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from theses.matching.features import Features

MOST_WORDS = 4
TELLING = 0.25  # of what the best word is worth: beside that, the rest says nothing
LOOSE = 0.6  # a word that only a member of a compound has in common


@dataclass
class Why:
    """The facts a suggestion stands on; the callers turn them into sentences."""

    shared: list[str] = field(default_factory=list)
    close: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    other_fields: list[str] = field(default_factory=list)

    @property
    def shared_words(self) -> str:
        return ", ".join(self.shared)

    @property
    def close_words(self) -> str:
        return ", ".join(self.close)


def why(
    mine: Iterable[str],
    theirs: Iterable[str],
    weights: Features,
    rare: Mapping[str, float],
) -> Why:
    """What two sides have in common; `weights` of the wish, `mine` and `theirs` their texts.

    Words are named as they stand in `theirs`, with those of `mine` where these are others.
    """
    own, other = _places(tuple(mine)), _places(tuple(theirs))
    common = [name for name in weights if weights[name] > 0 and name in other and name in rare]
    worth = {name: weights[name] * rare[name] * other[name][0] for name in common}
    least = TELLING * max(worth.values(), default=0.0)
    common = sorted((name for name in common if worth[name] > least), key=lambda n: -worth[n])
    found = Why()
    told: set[str] = set()
    for name in common:
        word = other[name][1]
        if word.casefold() in told or other[name][0] < LOOSE:
            continue
        told.add(word.casefold())
        if name in own:
            found.shared.append(_pair(own[name][1], word))
        elif name.startswith("c:"):
            found.close.append(word)
    del found.shared[MOST_WORDS:], found.close[MOST_WORDS - 1 :]
    return found


@lru_cache(maxsize=256)
def _places(texts: tuple[str, ...]) -> dict[str, tuple[float, str]]:
    """Feature to (how strongly, the words that say it), from where it is said first and best."""
    found: dict[str, tuple[float, str]] = {}
    for text in texts:
        for name, amount, words in said(text):
            if name not in found or amount > found[name][0]:
                found[name] = (amount, words)
    return found


def _pair(mine: str, theirs: str) -> str:
    """Theirs, and in brackets how I said it where the words do not begin alike."""
    one, other = mine.casefold(), theirs.casefold()
    if one[:4] == other[:4] or one in other or other in one:
        return theirs
    return f"{theirs} ({mine})"


def labels(scheme: str, keys: Collection[int]) -> list[str]:
    return [term.label for term in terms(scheme) if term.pk in keys]


def theme_labels(keys: Collection[int]) -> list[str]:
    schemes = [scheme for scheme in Scheme.values if scheme != Scheme.EDUCATION_FIELD]
    return [label for scheme in schemes for label in labels(scheme, keys)] if keys else []


@dataclass(frozen=True, slots=True)
class Carried:
    """The terms of a topic or a profile, by key: themes and fields of education."""

    themes: frozenset[int]
    fields: frozenset[int]

    @classmethod
    def by(cls, obj: Any) -> Carried:
        """Wants both prefetched."""
        themes, fields = obj.terms.all(), obj.education_fields.all()
        return cls(frozenset(t.pk for t in themes), frozenset(t.pk for t in fields))


def add_terms(found: Why, mine: Carried, theirs: Carried) -> None:
    found.themes = theme_labels(mine.themes & theirs.themes)
    common = mine.fields & theirs.fields
    found.fields = labels(Scheme.EDUCATION_FIELD, common)
    if not common:
        found.other_fields = labels(Scheme.EDUCATION_FIELD, theirs.fields if mine.fields else ())


def shared(found: Why) -> list[str]:
    """What both sides have in common, whoever reads it."""
    told = []
    if found.shared:
        told.append(_("In common: %(words)s") % {"words": found.shared_words})
    if found.close:
        told.append(_("Close to it: %(words)s") % {"words": found.close_words})
    if found.themes:
        told.append(_("Shared themes: %(themes)s") % {"themes": ", ".join(found.themes)})
    return told
