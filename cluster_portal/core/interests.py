"""What things are about and what concerns people, in the same marks: declared by the types.

A digest gives each reader what shares a tag with them, and says by the tag's reason why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.contenttypes.models import ContentType

from cluster_portal.core import content

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

# Kinds of tags; the value of most is a primary key.
TERM, REGION, CLUSTER, SECTOR = "term", "region", "cluster", "sector"
TYPE, OBJECT = "type", "object"  # a content type; a content type and a primary key

# A reason that says that the reader wants to hear nothing of a tag; it outweighs all others.
MUTED = "muted"
# The reason of what comes from a sector that is not the reader's; its value is that sector.
OTHER_SECTOR = "other-sector"
# Names what fits an organisation that the reader answers for; its value is that organisation.
FOR_ORGANISATION = "for-organisation"


class Tag(NamedTuple):
    kind: str
    value: str


class Interest(NamedTuple):
    """Why a tag concerns somebody: a reason and what it names.

    `organisation` is the one that it concerns, for whoever answers for that.
    """

    reason: str
    value: str
    organisation: int | None = None


Mine = dict[Tag, Interest]


def tag(kind: str, value: object) -> Tag:
    return Tag(kind, str(value))


def type_tag(model: type[Model]) -> Tag:
    return tag(TYPE, ContentType.objects.get_for_model(model).pk)


def object_tag(model: type[Model], pk: object) -> Tag:
    """Of a thing itself, and of whatever is its own: an organisation's challenges, say."""
    return tag(OBJECT, f"{ContentType.objects.get_for_model(model).pk}:{pk}")


@dataclass(frozen=True)
class Reason:
    """`words` name `%(name)s`: what `names(reader, values)` gives of the values that the reader
    may see; without a name there is no such reason. A `weak` one is what any neighbour shares.
    """

    weight: int
    words: str | _StrPromise
    names: Callable[[Any, Collection[str]], Mapping[str, str]] | None = None
    weak: bool = False
    follows: bool = False  # chosen by following
    owns: bool = False  # what is one's own fits one by nothing else


@dataclass(frozen=True)
class Tagging(content.Part):
    """`of(model, pks)` gives what things of a model are about; nothing for models it knows not."""

    of: Callable[[Any, Collection[int]], Mapping[int, Iterable[Tag]]]


@dataclass(frozen=True)
class Interests(content.Part):
    """`of(people)` gives why which tags concern each of the people, by primary key."""

    of: Callable[[list[Any]], Mapping[int, Mapping[Tag, Interest]]]
    reasons: Mapping[str, Reason] = field(default_factory=dict)


def reasons() -> dict[str, Reason]:
    return {
        key: reason
        for part in content.parts(lambda one: one.interests)
        for key, reason in part.reasons.items()
    }


def tags_of(model: type[Model], pks: Collection[int]) -> dict[int, frozenset[Tag]]:
    """Of the things of a model: its type, each by itself, and what the types declare."""
    found = {pk: {type_tag(model), object_tag(model, pk)} for pk in pks}
    for part in content.parts(lambda one: one.tagging):
        for pk, tags in part.of(model, pks).items():
            found[pk].update(tags)
    return {pk: frozenset(tags) for pk, tags in found.items()}


def interests_of(people: list[Any]) -> dict[int, Mine]:
    """Of each person; where several reasons stand behind a tag, the weightiest."""
    weights = {key: reason.weight for key, reason in reasons().items()}
    found: dict[int, Mine] = {one.pk: {} for one in people}
    for part in content.parts(lambda one: one.interests):
        for pk, mine in part.of(people).items():
            for mark, interest in mine.items():
                known = found[pk].get(mark)
                if known is None or weights[interest.reason] > weights[known.reason]:
                    found[pk][mark] = interest
    return found


def in_words(found: Collection[tuple[str, str]], reader: Reader) -> dict[tuple[str, str], str]:
    """Reasons by key and value, in the active language; less what the reader may not see."""
    known = reasons()
    said: dict[tuple[str, str], str] = {}
    for key in {key for key, _value in found} & known.keys():
        reason = known[key]
        values = {value for one, value in found if one == key}
        if reason.names is None:
            said |= {(key, value): str(reason.words) for value in values}
            continue
        for value, name in reason.names(reader, values).items():
            said[key, value] = str(reason.words) % {"name": name}
    return said
