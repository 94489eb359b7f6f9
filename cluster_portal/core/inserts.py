"""`INSERT … SELECT` of unsaved rows, for the few services that write several rows in one statement.

A statement is a round trip and a good part of a millisecond of Python; where many people do the
same thing at once (`events.services.admission`), rows that need each other's keys are parts of one
`WITH`. Everything else saves its objects.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from django.db import models


@dataclass(frozen=True)
class Part:
    """A named part of a `WITH` statement: SQL with `%s` for each of its parameters."""

    name: str
    sql: str
    params: tuple[Any, ...] = ()


def insert(name: str, row: models.Model, source: str, *, back: str = "id", **taken: str) -> Part:
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
    values = ", ".join([*["%s"] * len(fields), *computed.values()])
    table = model._meta.db_table
    sql = (
        f'INSERT INTO "{table}" ({columns}) SELECT {values} {source}'
        f" ON CONFLICT DO NOTHING RETURNING {back}"
    )
    return fields, sql


def run(parts: list[Part], last: str, *, before: Part | None = None) -> tuple[Any, ...] | None:
    """All parts in one statement; the first row of `last`, a SELECT over them.

    `before`, a lock, goes to the database with it as a statement of its own: what follows sees
    what was committed while the lock was waited for.
    """
    named = ", ".join(f"{part.name} AS ({part.sql})" for part in parts)
    sent = [before, *parts] if before else parts
    sql = f"{before.sql}; WITH {named} {last}" if before else f"WITH {named} {last}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for part in sent for param in part.params])
        while cursor.nextset():
            pass
        return cursor.fetchone()
