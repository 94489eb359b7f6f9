"""`INSERT … SELECT` of unsaved rows, for the few services that write several rows in one statement.

A statement is a round trip and a good part of a millisecond of Python; where many people do the
same thing at once (`events.services.admission`), rows that need each other's keys are parts of one
`WITH`. Planning that takes longer than writing the rows, so each connection prepares it once.
Everything else saves its objects.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.db import connection

if TYPE_CHECKING:
    from django.db import models


# The statements that each open connection has prepared, by name.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Part:
    """A named part of a `WITH` statement: SQL with `%s` for each of its parameters.

    The type of a parameter follows from where it stands, or from a cast.
    """

    name: str
    sql: str
    params: tuple[Any, ...] = ()


def insert(name: str, row: models.Model, source: str, /, *, back: str = "id", **taken: str) -> Part:
    """One unsaved row, inserted once for each row of `source` (a FROM clause).

    `taken` gives columns their value by SQL over the source; the others come from the object, as on
    saving it. A row that a unique rule refuses is left out. `source`, `back` and `taken` are
    written in code, never input.
    """
    fields, sql = _template(type(row), source, back, tuple(taken.items()))
    params = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    return Part(name, sql, tuple(params))


@lru_cache(maxsize=64)
def _template(
    model: type[models.Model], source: str, back: str, taken: tuple[tuple[str, str], ...]
) -> tuple[list[models.Field[Any, Any]], str]:
    """The fields that the object gives, and the statement."""
    computed = dict(taken)
    stored = [each for each in model._meta.concrete_fields if not each.primary_key]
    fields = [each for each in stored if each.column not in computed]
    columns = ", ".join(f'"{each}"' for each in [*(f.column for f in fields), *computed])
    given = [f"%s::{each.db_type(connection)}" for each in fields]
    values = ", ".join([*given, *computed.values()])
    table = model._meta.db_table
    sql = (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} {source}'
        f" ON CONFLICT DO NOTHING RETURNING {back}"
    )
    return fields, sql


def run(parts: list[Part], last: str, *, before: Part | None = None) -> tuple[Any, ...] | None:
    """All parts in one statement; the first row of `last`, a SELECT over them.

    `before`, a lock, goes to the database with it as a statement of its own: what follows sees
    what was committed while the lock was waited for. Both are one message, and so one transaction
    when the caller has none.
    """
    params = [param for part in parts for param in part.params]
    with connection.cursor() as cursor:
        sql = _execute(cursor, tuple((part.name, part.sql) for part in parts), last)
        if before:
            sql, params = f"{before.sql}; {sql}", [*before.params, *params]
        cursor.execute(sql, params)
        while cursor.nextset():
            pass
        return cursor.fetchone()


def _execute(cursor: Any, parts: tuple[tuple[str, str], ...], last: str) -> str:
    """The call of the statement, which this connection has prepared now if not before."""
    name, prepare, execute = _statement(parts, last)
    known = _prepared.setdefault(cursor.connection, set())
    if name not in known:
        cursor.execute(prepare)
        known.add(name)
    return execute


@lru_cache(maxsize=64)
def _statement(parts: tuple[tuple[str, str], ...], last: str) -> tuple[str, str, str]:
    """Its name, how it is prepared, and how it is called with `%s` for each parameter."""
    named = ", ".join(f"{name} AS ({sql})" for name, sql in parts)
    pieces = f"WITH {named} {last}".split("%s")
    numbered = "".join(f"{piece}${number}" for number, piece in enumerate(pieces[:-1], start=1))
    sql = numbered + pieces[-1]
    name = f"kept_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
    places = ", ".join(["%s"] * (len(pieces) - 1))
    return name, f"PREPARE {name} AS {sql}", f"EXECUTE {name}" + (f" ({places})" if places else "")
