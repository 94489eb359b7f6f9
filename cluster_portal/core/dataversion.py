"""Which state of the database a statement sees: the key under which a count may be kept.

PostgreSQL's own snapshot serves: every writing transaction moves it when it starts and when it
ends, so two equal snapshots see the same rows, and no writer needs to remember anything. It does
not tell apart the states within a transaction that writes; there is no version there.
"""

from __future__ import annotations

from django.db import connections

_SQL = """SELECT current_database() || ' ' || pg_current_snapshot()::text
          WHERE pg_current_xact_id_if_assigned() IS NULL"""


def current(using: str = "default") -> str | None:
    """The version that statements of this moment see; None inside a transaction that has written.

    Ask before reading what is to be kept. A version that has passed never comes back.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_SQL)
        row = cursor.fetchone()
    return row[0] if row else None
