"""What tests with real transactions have written is deleted after them.

Django would truncate all tables, some 360, and fill them anew as after migrating, which takes
longer than most tests. Here only those with rows are emptied; the rows that migrating made stay,
and are put back where a test has changed them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

COPIES = "as_migrated"  # the schema with the rows that migrating made
TABLES_WITH_PAGES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND pg_relation_size(oid) > 0"
    " AND relnamespace = to_regnamespace(%s) ORDER BY relname"
)
DELETE = "DELETE FROM public.{table}"
HAS_CHANGED = (
    "SELECT EXISTS (TABLE public.{table} EXCEPT TABLE {copies}.{table})"
    " OR (SELECT count(*) FROM public.{table}) <> (SELECT count(*) FROM {copies}.{table})"
)


def keep() -> None:
    """Copies the rows that migrating made, once in each database, before the first such test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [COPIES])
        if cursor.fetchone()[0]:
            return
        cursor.execute(f"CREATE SCHEMA {COPIES}")
        for table in _with_pages(cursor, "public"):
            cursor.execute(f'VACUUM public."{table}"')  # of what other tests have rolled back
            cursor.execute(f'CREATE TABLE {COPIES}."{table}" AS TABLE public."{table}"')


def restore() -> None:
    """Without triggers: ledgers refuse to be deleted from, and references need no order."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        made = set(_with_pages(cursor, COPIES))
        for table in _with_pages(cursor, "public"):
            if table not in made:
                cursor.execute(DELETE.format(table=f'"{table}"'))
        for table in made:
            _put_back(cursor, f'"{table}"')


def _put_back(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(HAS_CHANGED.format(table=table, copies=COPIES))
    if cursor.fetchone()[0]:
        cursor.execute(DELETE.format(table=table))
        cursor.execute(f"INSERT INTO public.{table} TABLE {COPIES}.{table}")


def _with_pages(cursor: CursorWrapper, schema: str) -> list[str]:
    cursor.execute(TABLES_WITH_PAGES, [schema])
    return [name for (name,) in cursor.fetchall()]
