"""What came of what: need → challenge → project, thesis, event → result → programme measure.

The type that came of something declares it, whichever table holds the tie, so that no app needs to
know its sibling or an app above it:

    Content("topics", …, came_from=thread.sources, came_of=(Origin("topics", Project, …), …))

Rows are lines for `components/row.html`, and only of what the reader may see.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_portal.core import thread, thread_shown
from cluster_portal.core.content import Part, of_model, parts, types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import Model
    from django.http import QueryDict
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
LONGEST_ADDRESS = 100


@dataclass(frozen=True)
class Origin(Part):
    """The declaring type may come of a `source`: `results(pks, user)` are by the sources' keys.

    One statement for all of the keys. `move(earlier, later)` ties to the later source what came of
    the earlier one, which it continues.
    """

    source: type[Model]
    results: Callable[[list[int], Any], dict[int, list[Row]]]
    move: Callable[[int, int], None] | None = None


@dataclass(frozen=True)
class Start(Part):
    """A reader of a `source` can make something of the declaring type of it.

    `url(source, user)` is its form, filled in from the source, which keeps the tie; it is empty
    for a reader who may not make one.
    """

    source: type[Model]
    label: str | _StrPromise
    url: Callable[[Any, Any], str]


@dataclass(frozen=True)
class Source(Part):
    """Things of the declaring type of which a `target` of an app below can be begun.

    The form of the target, opened with `?name=address`, takes the one `found(address, user)`.
    `values(thing)` are the target's first values, `tie(thing, target)` stores what it came of.
    """

    target: type[Model]
    name: str
    found: Callable[[str, Any], Model | None]
    values: Callable[[Any], dict[str, Any]]
    tie: Callable[[Any, Any], None]


@dataclass(frozen=True)
class Begun:
    """What the form of a target was opened with, of a type above its own."""

    source: Source
    thing: Any

    @property
    def values(self) -> dict[str, Any]:
        return self.source.values(self.thing)

    def tie(self, target: Model) -> None:
        self.source.tie(self.thing, target)


def begun_from(target: type[Model], params: QueryDict, user: Reader) -> Begun | None:
    """The first declared source that the address names and the reader may begin from."""
    for source in parts(lambda one: one.sources):
        address = params.get(source.name, "")[:LONGEST_ADDRESS]
        thing = source.found(address, user) if address and source.target is target else None
        if thing is not None:
            return Begun(source, thing)
    return None


def sources_of(obj: Model, user: Reader) -> list[Row]:
    """What the object came from."""
    declared = of_model(type(obj))
    return declared.came_from(obj, user) if declared and declared.came_from else []


def results_of(source: type[Model], pks: Iterable[int], user: Reader) -> dict[int, list[Row]]:
    """What came of each of the things of a model, by their primary keys."""
    wanted = list(pks)
    found: dict[int, list[Row]] = defaultdict(list)
    for origin in _from(source):
        for pk, rows in origin.results(wanted, user).items():
            found[pk] += rows
    return found


def thread_of(obj: Model, user: Reader) -> list[Row]:
    """What one object came from, then what came of it: its neighbours on the thread."""
    if thread.key_of(type(obj)):
        shown = thread.on_page(obj, user)
        rows = [thread_shown.row(step) for step in shown.neighbours(shown.here)]
        return rows + _of_types_beside(obj, user)
    return [*sources_of(obj, user), *results_of(type(obj), [obj.pk], user)[obj.pk]]


def _of_types_beside(obj: Model, user: Reader) -> list[Row]:
    """What came of it of types that do not stand on the thread."""
    beside = [part for one in types() if one.knot is None for part in one.came_of]
    return [
        row
        for origin in beside if origin.source is type(obj)
        for row in origin.results([obj.pk], user).get(obj.pk, [])
    ]  # fmt: skip


def starts_of(obj: Model, user: Reader) -> list[Row]:
    """What this reader can make of the thing: title and address of each form."""
    offered = [start for start in parts(lambda one: one.starts) if start.source is type(obj)]
    rows = [{"title": start.label, "url": start.url(obj, user)} for start in offered]
    return [row for row in rows if row["url"]]


def move_results(earlier: Model, later: Model) -> None:
    for origin in _from(type(earlier)):
        if origin.move:
            origin.move(earlier.pk, later.pk)


def _from(source: type[Model]) -> list[Origin]:
    return [origin for origin in parts(lambda one: one.came_of) if origin.source is source]


@dataclass(frozen=True)
class Seed:
    """Things of an app above from which those of apps below are begun, named by their address.

    `words(key, user)` are the `title` and `text` that a form begins with, empty where the reader
    sees no such thing; `tie(key, made, user)` keeps what came of it.
    """

    words: Callable[[str, Any], dict[str, str]]
    tie: Callable[[str, Any, Any], None]


_seeds: dict[str, Seed] = {}


def plant(parameter: str, seed: Seed) -> None:
    """`?parameter=key` in the address of a form names the thing that it is begun from."""
    _seeds[parameter] = seed


def begun(given: Mapping[str, str], user: Reader) -> dict[str, str]:
    for parameter, seed in _seeds.items():
        if words := seed.words(key, user) if (key := _key(given, parameter)) else {}:
            return words
    return {}


def tie_to_seed(given: Mapping[str, str], made: Model, user: Reader) -> None:
    for parameter, seed in _seeds.items():
        if key := _key(given, parameter):
            seed.tie(key, made, user)


def _key(given: Mapping[str, str], parameter: str) -> str:
    """The key of a uuid; empty for anything else."""
    try:
        return str(uuid.UUID(given.get(parameter, "")))
    except ValueError:
        return ""
