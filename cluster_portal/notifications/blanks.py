"""A model's `visible_to` as one statement for many readers: with blanks where a reader's ids stand.

The rule is asked as by somebody whose ids are numbers that nobody has. Where one of them stands in
the SQL, each reader's own is put. Readers share a form when they are something of the same sorts
(administrator or not, of some organisation or of none, …), for on that, and on nothing else of a
reader, a rule may branch in Python. One that looks closer gives no form, and is asked by person.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection

from cluster_portal.core.visibility import Audience, StandIn, audience

GROUPS = ("member_clusters", "coordinates", "organisations", "edits")
# Larger than any key that a sequence gives in centuries, and known to no row.
READER, THING, *MARKS = range(0x7A31_5EED_0BAD_0001, 0x7A31_5EED_0BAD_0007)
COLUMNS = {str(READER): "reader", str(THING): "thing"}
GROUP_OF = {str(mark): name for mark, name in zip(MARKS, GROUPS, strict=True)}
MARKED = re.compile("|".join([*COLUMNS, *GROUP_OF]))
PLACE = re.compile(r"%[%s]")
LIST_START, LIST_END = " IN (", ")"

Thing = tuple[int, int]  # content type and primary key
Sight = tuple[int, int, int]  # reader, content type and primary key
Sorts = tuple[bool, ...]  # active, administrator, and whether there is something in each group


class NoForm(Exception):
    """The rule looks at what a form does not know."""


class Blank(frozenset[int]):
    """A group that can be asked of the database, and whether it is empty; all else is refused."""

    def _refuse(self, *_values: object) -> NoReturn:
        raise NoForm

    __contains__ = __and__ = __rand__ = __or__ = __ror__ = __sub__ = __rsub__ = _refuse
    __xor__ = __rxor__ = __le__ = __lt__ = __ge__ = __gt__ = isdisjoint = issubset = _refuse  # type: ignore[assignment]
    issuperset = union = intersection = difference = symmetric_difference = _refuse  # type: ignore[assignment]
    __len__ = __eq__ = __ne__ = _refuse  # type: ignore[assignment]
    __hash__ = frozenset.__hash__

    def __bool__(self) -> bool:
        return any(True for _mark in self)


class Anybody(StandIn):
    """Somebody of these sorts, whoever she is."""

    pk = READER

    def __init__(self, sorts: Sorts) -> None:
        self.is_active, is_admin, *some = sorts  # type: ignore[misc]
        groups = {
            name: Blank({mark} if is_some else ())
            for mark, name, is_some in zip(MARKS, GROUPS, some, strict=True)
        }
        self._audience = Audience(user_id=READER, is_admin=is_admin, **groups)


@dataclass(frozen=True)
class Form:
    """A condition on a row `wanted`, which names reader, thing and groups; empty when none sees."""

    condition: str
    params: tuple[Any, ...]


def seen(left: Collection[Sight], people: dict[int, Any]) -> tuple[set[Sight], set[Sight]]:
    """Those of `left` that the people may see, and those that are to be asked by person."""
    by_form: dict[tuple[Sorts, int], list[Sight]] = defaultdict(list)
    for one in left:
        by_form[sorts_of(people[one[0]]), one[1]].append(one)
    asked: list[tuple[Form, list[Sight]]] = []
    unasked: set[Sight] = set()
    for (sorts, kind), same in by_form.items():
        try:
            asked.append((form_of(ContentType.objects.get_for_id(kind).model_class(), sorts), same))
        except NoForm:
            unasked.update(same)
    return _ask([(form, same) for form, same in asked if form.condition], people), unasked


def sorts_of(reader: Any) -> Sorts:
    known = audience(reader)
    some = (bool(getattr(known, name)) for name in GROUPS)
    return (reader.is_active, known.is_admin, *some)


def form_of(model: Any, sorts: Sorts) -> Form:
    """Raises NoForm when the rule cannot be asked without knowing who asks."""
    with connection.execute_wrapper(_refuse_statement):
        rows = model.objects.visible_to(Anybody(sorts)).filter(pk=THING).order_by()
        try:
            sql, params = rows.values("pk").query.sql_with_params()
        except EmptyResultSet:
            return Form("", ())
    kept: list[Any] = []
    return Form("".join(_with_blanks(sql, iter(params), kept)), tuple(kept))


def _refuse_statement(_execute: Callable[..., Any], *_statement: Any) -> NoReturn:
    raise NoForm


def _with_blanks(sql: str, params: Iterator[Any], kept: list[Any]) -> Iterator[str]:
    """The SQL, whose marks among the params give way to columns; the others are `kept`."""
    if MARKED.search(sql):
        raise NoForm
    rest = sql
    while found := PLACE.search(rest):
        before, place, rest = rest[: found.start()], found.group(), rest[found.end() :]
        if place == "%%":
            yield before + place
        elif column := COLUMNS.get(str(param := next(params))):
            yield f"{before}wanted.{column}"
        elif name := GROUP_OF.get(str(param)):
            if not (before.endswith(LIST_START) and rest.startswith(LIST_END)):
                raise NoForm
            yield f"{before.removesuffix(LIST_START)} = ANY (wanted.{name}"
        elif MARKED.search(str(param)):
            raise NoForm
        else:
            kept.append(param)
            yield before + place
    yield rest


def _ask(asked: Iterable[tuple[Form, list[Sight]]], people: dict[int, Any]) -> set[Sight]:
    """One statement: each form is a branch."""
    rows: list[tuple[Any, ...]] = []
    branches: list[str] = []
    params: list[Any] = []
    for number, (form, same) in enumerate(asked):
        rows += [(number, *one, *_groups(people[one[0]])) for one in same]
        branches.append(f"{_BRANCH} {number} AND EXISTS ({form.condition})")
        params += form.params
    if not branches:
        return set()
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*rows, strict=True)]
        cursor.execute(_WANTED + " UNION ALL ".join(branches), [*columns, *params])
        return set(cursor.fetchall())


def _groups(reader: Any) -> list[str]:
    """As PostgreSQL writes arrays: those of rows may differ in length."""
    known = audience(reader)
    return [json.dumps(sorted(getattr(known, name))).translate(_BRACES) for name in GROUPS]


_BRACES = str.maketrans("[]", "{}")
_TEXTS = ", ".join("%s::text[]" for _group in GROUPS)
_WANTED = f"""
    WITH wanted AS MATERIALIZED (
        SELECT form, reader, kind, thing, {", ".join(f"{name}::bigint[]" for name in GROUPS)}
        FROM unnest(%s::int[], %s::bigint[], %s::int[], %s::bigint[], {_TEXTS})
            AS given(form, reader, kind, thing, {", ".join(GROUPS)})
    )
"""  # noqa: S608  names are our own
_BRANCH = "SELECT reader, kind, thing FROM wanted WHERE form ="
