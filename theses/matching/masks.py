"""What could rule a topic out, in 31 bits beside each of its features in the index.

So the index is read past what is impossible. Coarse: several regions share a bit, and days, schools
and visibility are not in it. What the bits stop is impossible; what they let through is asked
properly. A bit's place follows the order of the choices; where that changes, so does `LAYOUT`, and
the topics are read anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from theses.models.choices import Language, Level, Pay

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from theses.models import Topic

ANY = (1 << 31) - 1
_LEVEL = 0
_LANGUAGE = _LEVEL + len(Level)
_PAID = _LANGUAGE + len(Language)
_REMOTE = _PAID + 1
_FIELD, FIELD_BITS = _REMOTE + 1, 11
_REGION = _FIELD + FIELD_BITS
_REGION_BITS = 31 - _REGION
FIELDS = ((1 << FIELD_BITS) - 1) << _FIELD
PAID, REMOTE = 1 << _PAID, 1 << _REMOTE
LAYOUT = " ".join([*Level.values, *Language.values, f"{FIELD_BITS}+{_REGION_BITS}"])


@dataclass(frozen=True, slots=True)
class Needs:
    """A possible topic has a bit of each."""

    level: int = ANY
    language: int = ANY
    pay: int = ANY
    place: int = ANY


def of_levels(values: Collection[str]) -> int:
    return _chosen(values, Level.values, _LEVEL)


def of_languages(values: Collection[str]) -> int:
    return _chosen(values, Language.values, _LANGUAGE)


def _chosen(values: Collection[str], known: list[str], first: int) -> int:
    """A list that names none, on either side, leaves it open."""
    bits = sum(1 << n for n, value in enumerate(known) if not values or value in values)
    return bits << first


def of_fields(keys: Iterable[int]) -> int:
    return _spread(keys, _FIELD, FIELD_BITS)


def of_regions(keys: Iterable[int]) -> int:
    return _spread(keys, _REGION, _REGION_BITS)


def _spread(keys: Iterable[int], first: int, bits: int) -> int:
    found = 0
    for key in keys:
        found |= 1 << (first + key % bits)
    return found


def of_topic(topic: Topic, fields: Iterable[int]) -> int:
    found = of_levels(topic.levels) | of_languages(topic.languages) | of_fields(fields)
    found |= of_regions([topic.region_id] if topic.region_id else [])
    return found | (PAID if topic.pay != Pay.NO else 0) | (REMOTE if topic.is_remote else 0)
