"""The thread: need → challenge → project, thesis, event → result → use → measure.

A content type that stands on it says how in its `knot`, and in `ties` what its things hang on or
lead to, whichever table holds the tie. Two statements give a whole thread, however many types and
steps there are: one follows the ties from the thing where a reader stands, back to what it came
from and on to what came of it, the other reads those steps. A step that the reader may not see
ends the thread there: it is not followed, so what lies behind it is not found either.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.urls import reverse

from cluster_portal.core import content
from cluster_portal.core.knots import BACK, FORTH, Column, Knot, Tie

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader

MOST_TIES = 300  # found of one thing's thread each way, the nearest first
# It begins with SELECT, by which those who keep the history know that it changes nothing.
FOLLOW = """SELECT * FROM (
    WITH RECURSIVE walk (way, source_key, source_pk, key, pk) AS (
        SELECT start.way, ''::text, 0::bigint, start.key, start.pk
        FROM unnest(%s::text[], %s::text[], %s::bigint[]) AS start (way, key, pk)
        UNION
        SELECT walk.way, walk.key, walk.pk, step.key, step.pk
        FROM walk CROSS JOIN LATERAL ({steps}) AS step (key, pk)
        WHERE EXISTS ({seen})
    )
    SELECT way, source_key, source_pk, key, pk FROM walk WHERE source_key <> '' LIMIT %s
) AS followed"""


class Place(NamedTuple):
    """A thing on the thread: the key of its type and its primary key."""

    key: str
    pk: int


Link = tuple[Place, Place]


@dataclass(frozen=True)
class Step:
    """A thing on a thread, as its reader may see it. `look` is the shape of its state."""

    place: Place
    column: Column
    kind: str | _StrPromise
    title: str
    text: str
    day: datetime.date | None
    who: str
    look: str
    state: str
    address: str
    url: str

    @property
    def is_over(self) -> bool:
        return self.look == "done"


@dataclass(frozen=True)
class Thread:
    """The steps that one reader sees, from the need to the measure, and how they are tied."""

    here: Place
    steps: list[Step] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        return len(self.steps) > 1

    @property
    def root(self) -> Step:
        """Where the thread begins: the first step that comes of nothing else."""
        later = {after for _before, after in self.links}
        return next((step for step in self.steps if step.place not in later), self.step)

    @property
    def step(self) -> Step:
        """That of the thing itself; there is one where there are `steps`."""
        return next(step for step in self.steps if step.place == self.here)

    def neighbours(self, place: Place) -> list[Step]:
        """What a step came from, then what came of it."""
        before = {a for a, b in self.links if b == place}
        after = {b for a, b in self.links if a == place}
        shown = [*(s for s in self.steps if s.place in before),
                 *(s for s in self.steps if s.place in after)]  # fmt: skip
        return [step for step in shown if step.place != place]


def knots() -> dict[str, tuple[type[Model], Knot]]:
    """The types that stand on the thread, by their keys."""
    return {one.key: (one.model, one.knot) for one in content.types() if one.knot and one.model}


def ties() -> list[Tie]:
    return content.parts(lambda one: one.ties)


def key_of(model: type[Model]) -> str:
    return next((key for key, (known, _knot) in knots().items() if known is model), "")


def of(thing: Model, user: Reader) -> Thread:
    """The thread through one thing, which the reader may see."""
    place = Place(key_of(type(thing)), thing.pk)
    return of_places([place], user)[place]


def of_places(places: Sequence[Place], user: Reader) -> dict[Place, Thread]:
    """The threads through several things, by the same two statements."""
    wanted = [place for place in places if place.key]
    back, forth = _follow(wanted, user) if wanted else ({}, {})
    found = {*wanted, *_ends(back), *_ends(forth)}
    seen = {step.place: step for step in read(found, user)}
    threads = {place: Thread(place) for place in places}
    for place in filter(seen.__contains__, wanted):
        links = {(b, a) for a, b in islice(_reached(place, back, seen), MOST_TIES)}
        links |= set(islice(_reached(place, forth, seen), MOST_TIES))
        on_it = {place, *(each for link in links for each in link)}
        steps = sorted((seen[each] for each in on_it), key=_order)
        threads[place] = Thread(place, steps, sorted(links))
    return threads


def on_page(thing: Model, user: Reader) -> Thread:
    """As `of`, found once for all parts of the page of a thing."""
    found: dict[Any, Thread] = vars(thing).setdefault("_threads", {})
    if user.pk not in found:
        found[user.pk] = of(thing, user)
    return found[user.pk]


def led_on(model: type[Model], user: Reader | None = None,
           columns: Collection[Column] = tuple(Column)) -> Q:  # fmt: skip
    """Whether something in those columns came of a row; with a `user`, something that is seen."""
    known = dict(knots().values())
    found = Q(pk__in=[])
    for tie in ties():
        if tie.earlier is model and tie.later in known and known[tie.later].column in columns:
            found |= _tied(tie, tie.of_earlier, tie.of_later, known[tie.later], user)
    return found


def came_from(model: type[Model], user: Reader) -> Q:
    """Whether a row came of something that the reader sees."""
    known = dict(knots().values())
    found = Q(pk__in=[])
    for tie in ties():
        if tie.later is model and tie.earlier in known:
            found |= _tied(tie, tie.of_later, tie.of_earlier, known[tie.earlier], user)
    return found


def _tied(tie: Tie, at: str, other: str, knot: Knot, user: Reader | None) -> Q:
    rows = tie.rows._default_manager.order_by().filter(
        **{at: OuterRef("pk"), f"{other}__isnull": False}
    )
    if user is not None:
        rows = rows.filter(**{f"{other}__in": knot.rows(user).order_by().values("pk")})
    return Q(Exists(rows))


def _order(step: Step) -> tuple[Any, ...]:
    return step.column, step.day is None, step.day, step.place


Ways = dict[Place, set[Place]]
Compiled = tuple[str, tuple[Any, ...]]


def _ends(ways: Ways) -> Iterator[Place]:
    for each in ways.values():
        yield from each


def _reached(start: Place, ways: Ways, seen: dict[Place, Step]) -> Iterator[Link]:
    """The ties that lead on from a place through steps that are seen, the nearest first."""
    ahead, known = deque([start]), {start}
    while ahead:
        here = ahead.popleft()
        for there in sorted(ways.get(here, ())):
            if there in seen:
                yield here, there
                if there not in known:
                    known.add(there)
                    ahead.append(there)


def _follow(places: Sequence[Place], user: Reader) -> tuple[Ways, Ways]:
    steps, tied = tied_steps()
    if not steps:
        return {}, {}
    seen, may = seen_steps(user)
    ways = [way for way in (BACK, FORTH) for _place in places]
    keys, pks = [p.key for p in places] * 2, [p.pk for p in places] * 2
    most = len(ways) * MOST_TIES
    with connection.cursor() as cursor:
        values = [ways, keys, pks, *tied, *may, most]
        cursor.execute(FOLLOW.format(steps=steps, seen=seen), values)
        rows = cursor.fetchall()
    found: dict[str, Ways] = {BACK: defaultdict(set), FORTH: defaultdict(set)}
    for way, source_key, source_pk, key, pk in rows:
        found[way][Place(source_key, source_pk)].add(Place(key, pk))
    return found[BACK], found[FORTH]


@cache
def tied_steps() -> Compiled:
    """All declared ties from the step at hand, either way, as one SELECT; the same for everyone."""
    keys = {model: key for key, (model, _knot) in knots().items()}
    arms = []
    for tie in ties():
        if tie.earlier in keys and tie.later in keys:
            earlier, later = keys[tie.earlier], keys[tie.later]
            arms += [
                _arm(tie, FORTH, earlier, tie.of_earlier, later, tie.of_later),
                _arm(tie, BACK, later, tie.of_later, earlier, tie.of_earlier),
            ]
    return _all_of(arms)


def seen_steps(user: Reader) -> Compiled:
    """A row where the reader may see the thing that a tie led to, as one SELECT."""
    return _all_of(
        knot.rows(user).order_by()
        .filter(Exact(_column("step.key"), Value(key)), Exact(F("pk"), _column("step.pk")))
        .values("pk")
        for key, (_model, knot) in knots().items()
    )  # fmt: skip


def _all_of(arms: Iterable[QuerySet[Any, Any]]) -> Compiled:
    compiled = [arm.query.get_compiler(connection=connection).as_sql() for arm in arms]
    params = tuple(each for _sql, its_own in compiled for each in its_own)
    return " UNION ALL ".join(sql for sql, _params in compiled), params


def _arm(tie: Tie, way: str, key: str, at: str, to: str, other: str) -> QuerySet[Any, Any]:
    rows = tie.rows._default_manager.order_by().filter(
        Exact(_column("walk.way"), Value(way)), Exact(_column("walk.key"), Value(key)),
        **{at: _column("walk.pk"), f"{other}__isnull": False},
    )  # fmt: skip
    named = rows.annotate(step_key=Value(to, TextField()), step_pk=Cast(other, BigIntegerField()))
    return named.values_list("step_key", "step_pk")


def _column(name: str) -> Func:
    """A column of `walk`, from whose row a tie is followed, or of `step`, where it leads."""
    is_key = name.endswith(".pk")
    return Func(template=name, output_field=BigIntegerField() if is_key else TextField())


def read(places: Iterable[Place], user: Reader) -> list[Step]:
    """Those of the places that the reader may see, in one statement."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for place in places:
        wanted[place.key].append(place.pk)
    declared = knots()
    arms = [_lines(*declared[key], pks, key, user) for key, pks in sorted(wanted.items())]
    if not arms:
        return []
    rows = arms[0].union(*arms[1:], all=True) if arms[1:] else arms[0]
    return [_step(declared[row[0]][1], row) for row in rows]


def _lines(
    model: type[Model], knot: Knot, pks: list[int], key: str, user: Reader
) -> QuerySet[Any, Any]:
    seen = knot.rows(user).order_by().values("pk")
    rows = model._default_manager.order_by().filter(pk__in=pks).filter(pk__in=seen)
    fields = knot.fields(user)
    day = fields.get("day", Value(None, DateField()))
    named = rows.annotate(
        step_key=Value(key, TextField()),
        step_pk=Cast("pk", BigIntegerField()),
        step_title=Cast(fields["title"], TextField()),
        step_text=Cast(fields.get("text", Value("")), TextField()),
        step_day=day if isinstance(day, Value) else Cast(day, DateField()),
        step_who=Cast(fields.get("who", Value("")), TextField()),
        step_state=Cast(F(knot.stage), TextField()),
        step_address=Cast(F(knot.address[1]), TextField()),
    )
    return named.values_list(
        "step_key", "step_pk", "step_title", "step_text", "step_day", "step_who", "step_state",
        "step_address",
    )  # fmt: skip


def _step(knot: Knot, row: tuple[Any, ...]) -> Step:
    key, pk, title, text, day, who, state, address = row
    look, words = knot.state(state)
    return Step(
        Place(key, pk), knot.column, knot.kind, title, text, day, who or "", look, words, address,
        reverse(knot.address[0], args=[address]),
    )  # fmt: skip
