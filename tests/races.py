"""What tests with real parallel transactions ask the database."""

from django.db import connection

# Only who waits for us: other workers' databases lie on the same server, and a transaction of
# theirs that waits must not be taken for ours.
WAITING_FOR_US = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def somebody_waits() -> bool:
    """Whether another transaction waits for a lock that this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING_FOR_US)
        return bool(cursor.fetchone()[0])
