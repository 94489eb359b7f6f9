"""Which of many things which of many readers may see, in two statements.

The rule is the model's own `visible_to`. Nobody sees less for being more: what a reader sees who is
only what all have in common, each of them sees. Who else sees what is asked of all of them together
(`blanks`), and of each reader herself where a rule cannot be asked so.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value

from cluster_portal.core.visibility import Audience, StandIn, audience, audiences_of
from cluster_portal.notifications import blanks
from cluster_portal.notifications.blanks import GROUPS, Sight, Thing


def seen(wanted: Iterable[tuple[Any, Thing]]) -> set[Sight]:
    """Those of the pairs of reader and thing where the reader may see the thing."""
    people: dict[int, Any] = {}
    left: set[Sight] = set()
    for reader, thing in wanted:
        people.setdefault(reader.pk, reader)
        left.add((reader.pk, *thing))
    audiences_of(people.values())
    wishes = Counter((kind, pk) for _reader, kind, pk in left)
    shared = {one for one in left if wishes[one[1:]] > 1}
    common = _asked(_in_common([people[pk] for pk in {one[0] for one in shared}]), shared)
    found, unasked = blanks.seen(left - common, people)
    return common | found | _asked({one[0]: people[one[0]] for one in unasked}, unasked)


def _in_common(people: list[Any]) -> dict[int, Any]:
    """One reader who is only what all of them are."""
    if not people:
        return {}
    known = [audience(one) for one in people]
    shared: dict[str, Any] = {
        name: frozenset.intersection(*(getattr(one, name) for one in known)) for name in GROUPS
    }
    eyes = StandIn(Audience(is_admin=all(one.is_admin for one in known), **shared))
    return dict.fromkeys([one.pk for one in _signed_in(people)], eyes)


def _signed_in(people: list[Any]) -> list[Any]:
    """A closed account has the eyes of a visitor, which are its own affair."""
    return [one for one in people if audience(one).user_id is not None]


def _asked(eyes: dict[int, Any], wanted: Collection[Sight]) -> set[Sight]:
    """Each pair of eyes and model is a branch of one statement."""
    readers = list({id(reader): reader for reader in eyes.values()}.values())
    number_of = {id(reader): number for number, reader in enumerate(readers)}
    places = {pk: number_of[id(reader)] for pk, reader in eyes.items()}
    asked: dict[tuple[int, int], set[int]] = defaultdict(set)
    for reader, kind, pk in wanted:
        if reader in places:
            asked[places[reader], kind].add(pk)
    branches = [
        _branch(number, readers[number], kind, pks) for (number, kind), pks in asked.items()
    ]
    if not branches:
        return set()
    answers = set(branches[0].union(*branches[1:], all=True) if branches[1:] else branches[0])
    return {
        one for one in wanted if one[0] in places and (places[one[0]], one[1], one[2]) in answers
    }


def _branch(number: int, reader: Any, kind: int, pks: set[int]) -> Any:
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    rows = model.objects.visible_to(reader).filter(pk__in=pks).order_by()
    return rows.annotate(eyes=Value(number), of_kind=Value(kind)).values_list(
        "eyes", "of_kind", "pk"
    )
