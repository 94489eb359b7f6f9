"""Why something fits, in the reader's language: only of words that the reader may see on either
side, and only what both sides really say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core.matching.concepts import is_broad
from cluster_portal.core.matching.features import WORD, said
from cluster_portal.core.text import finnish
from cluster_portal.core.vocabulary import Scheme, terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cluster_portal.core.matching.features import Features, Said

MOST_WORDS = 4
TELLING = 0.25  # of what the best word is worth: beside that, the rest says nothing
CLOSE = 0.3  # the weight of what is near to what was asked for, not near to that again
SHORTEST = 4  # letters of a word that is no acronym
_DEED = re.compile(r"mis(?:t[aä]|ten|e(?:n|en|ss[aä]|st[aä]|ll[aä]|lle|lt[aä]|ksi|n[aä]))$")


@dataclass
class Why:
    """The facts a suggestion stands on; the callers turn them into sentences."""

    shared: list[str] = field(default_factory=list)
    close: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    other_fields: list[str] = field(default_factory=list)

    @property
    def is_reason(self) -> bool:
        """Whether the subjects meet; a shared field of education alone is none."""
        return bool(self.shared or self.close or self.themes)


def why(
    mine: Iterable[str],
    theirs: Iterable[str],
    weights: Features,
    rare: Mapping[str, float],
) -> Why:
    """What two sides have in common; `weights` of the wish, `mine` and `theirs` their texts.

    Words are named by their base form as `theirs` has them, with those of `mine` where these are
    others.
    """
    own, other = _places(tuple(mine)), _places(tuple(theirs))
    common = [name for name in weights if weights[name] > 0 and name in other and name in rare]
    worth = {name: weights[name] * rare[name] * other[name].amount for name in common}
    least = TELLING * max(worth.values(), default=0.0)
    found, told = Why(), set()
    for name in sorted(common, key=lambda one: (is_broad(one[2:]), -worth[one])):
        words = base(other[name].words)
        if worth[name] <= least or words.casefold() in told:
            continue
        told.add(words.casefold())
        if is_broad(name[2:]) and (name not in own or found.shared or found.close):
            break  # what is said of too many things is told where there is nothing else
        if name in own:
            found.shared.append(_pair(base(own[name].words), words))
        elif name.startswith("c:") and weights[name] >= CLOSE:
            found.close.append(words)
    del found.shared[MOST_WORDS:], found.close[MOST_WORDS - 1 :]
    return found


@lru_cache(maxsize=256)
def _places(texts: tuple[str, ...]) -> dict[str, Said]:
    """What the texts say in so many words, from where it is said first and best."""
    found: dict[str, Said] = {}
    for text in texts:
        for one in said(text):
            known = found.get(one.name)
            if _is_telling(one) and (known is None or one.amount > known.amount):
                found[one.name] = one
    return found


def _is_telling(one: Said) -> bool:
    """No member of a longer word, and of Finnish words only those that name something."""
    if one.amount < WORD:
        return False
    if one.name.startswith("c:"):
        return True
    return one.words.isupper() or (len(one.words) >= SHORTEST and finnish.may_name(one.words))


def base(words: str) -> str:
    """The base form of a Finnish noun, *etsintäryhmille* → *etsintäryhmä*, as large as it was
    written; expressions, acronyms and what is not surely Finnish stay as they stand."""
    found = finnish.analyse(words)
    if words.isupper() or not found.sure or words.casefold() in found.lemmas:
        return words
    if not all(map(finnish.may_name, found.lemmas)):
        return _DEED.sub("minen", words)  # of a verb: *varautumista* → *varautuminen*
    lemma = found.lemmas[0]
    return lemma[0].upper() + lemma[1:] if words[0].isupper() else lemma


def _pair(mine: str, theirs: str) -> str:
    """Theirs, and in brackets how I said it where the words do not begin alike."""
    if not finnish.may_name(theirs) and finnish.may_name(mine):
        return mine  # theirs is a verb: *katoaa* beside *etsintäryhmä*
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
    """The terms of either side, by key: themes and fields of education."""

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
        told.append(_("In common: %(words)s") % {"words": ", ".join(found.shared)})
    if found.close:
        told.append(_("Close to it: %(words)s") % {"words": ", ".join(found.close)})
    if found.themes:
        told.append(_("Shared themes: %(themes)s") % {"themes": ", ".join(found.themes)})
    return told
