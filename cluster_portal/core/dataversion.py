"""Which state of some data a statement sees: the key under which what is shown may be kept.

A model says `@dataversion.bumps("topics")`; then a trigger of the database notes every transaction
that writes its table, in a row of that transaction. The note is seen exactly when the rows are, and
`update()`, imports and raw SQL cannot escape it. Writers never wait for each other: each inserts a
row of its own, and what is read is all the rows together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pgtrigger
from django.db import connections, models

if TYPE_CHECKING:
    from collections.abc import Callable

ModelClass = TypeVar("ModelClass", bound=type[models.Model])

# Longer than anything is kept; the oldest notes are removed as new ones are written.
REMEMBERED = "10 minutes"
_SQL = """SELECT concat_ws(' ', current_database(), count(*), max(id), sum(id))
          FROM core_dataversion WHERE name = ANY(%s)
          HAVING pg_current_xact_id_if_assigned() IS NULL"""


class DataVersion(models.Model):
    """A transaction that wrote what goes by the name."""

    name = models.CharField(max_length=40)
    transaction = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        app_label = "core"
        constraints = [
            models.UniqueConstraint(fields=["name", "transaction"], name="core_dataversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.transaction}"


class Bump(pgtrigger.Trigger):
    """Once per statement, at no cost to other writers; removing skips what others remove."""

    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate

    def __init__(self, data: str) -> None:
        self.data = data
        super().__init__(name=f"bumps_{data}")

    def get_func(self, model: Any) -> str:
        return f"""
            INSERT INTO core_dataversion (name, transaction, at)
            VALUES ('{self.data}', pg_current_xact_id()::text::bigint, clock_timestamp())
            ON CONFLICT DO NOTHING;
            IF FOUND THEN
                DELETE FROM core_dataversion WHERE id IN (
                    SELECT id FROM core_dataversion
                    WHERE name = '{self.data}' AND at < clock_timestamp() - interval '{REMEMBERED}'
                    ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED);
            END IF;
            RETURN NULL;
        """  # noqa: S608  names are ours


def bumps(data: str) -> Callable[[ModelClass], ModelClass]:
    """Class decorator: whatever is written to the model's table changes the version of `data`."""
    return pgtrigger.register(Bump(data))


def current(*data: str, using: str = "default") -> str | None:
    """The version that statements of this moment see; None inside a transaction that has written.

    Ask before reading what is to be kept. A version that has passed never comes back: notes come
    with rising numbers, and only such go as are older than anything kept.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_SQL, [list(data)])
        row = cursor.fetchone()
    return row[0] if row else None
