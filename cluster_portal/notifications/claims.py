"""Which worker sends which letters: a claim is a lock of the worker's own database session.

It costs no write and no transaction, other workers pass it by, and it ends with the session: what a
killed worker held is free at once. A session is a worker's own, so no pooler may share sessions
between transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, connection

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.models.mail import ORDER

WORKERS = 20  # so many at once find letters of their own


@contextmanager
def claimed(most: int) -> Iterator[tuple[list[OutboxMail], bool]]:
    """The most urgent due rows that nobody else holds, until the block is left; and if any are.

    They are read after they are held, for until then another may have been sending them: she may
    have sent them all, and others be due.
    """
    held = hold(most)
    try:
        rows = OutboxMail.objects.seen().due().filter(pk__in=held)
        mails = rows.select_related("recipient").order_by(*ORDER) if held else ()
        yield list(mails), bool(held)
    finally:
        let_go(held)


def hold(most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [most * WORKERS, most])
        return [pk for (pk,) in cursor.fetchall()]


def let_go(held: list[int]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_LET_GO, [held])
    except (DatabaseError, InterfaceError):
        pass  # the session has ended, and its claims with it


# Rows are tried one after another until there are enough: the limits keep the order of doing so.
_HOLD = """
    WITH due AS MATERIALIZED (
        SELECT id FROM notifications_outboxmail
        WHERE state = 'queued' AND due_at <= statement_timestamp()
        ORDER BY priority, due_at, id LIMIT %s
    )
    SELECT id FROM due WHERE pg_try_advisory_lock(hashtextextended('outbox', id)) LIMIT %s
"""
_LET_GO = (
    "SELECT pg_advisory_unlock(hashtextextended('outbox', id)) FROM unnest(%s::bigint[]) AS id"
)
