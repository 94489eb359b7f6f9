"""Is the database there, and has it room? Asked over a connection of its own, within a moment."""

from __future__ import annotations

import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from cluster_portal.core.database.base import ImpatientConnection
from cluster_portal.core.http.outages import DISK_FULL, Outage

ANSWER_SECONDS = 1.5
# A sort that does not fit into 64 kB: the server writes a megabyte beside its data and drops it.
PROBE = (
    "SELECT count(*) FROM (SELECT repeat('x', 500) || g AS text"
    " FROM generate_series(1, 2000) AS g ORDER BY text OFFSET 0) AS sorted"
)
LEAST_FREE = 20 * 1024 * 1024  # bytes: the largest body that a form may send
# A thread, because connecting cannot be told to give up within two seconds.
_watch = ThreadPoolExecutor(max_workers=2, thread_name_prefix="readiness")


def trouble() -> Outage | None:
    answer = _watch.submit(_ask_database)
    try:
        found = answer.result(ANSWER_SECONDS)
    except TimeoutError:
        answer.cancel()
        return Outage.AWAY
    return found or (None if _has_room() else Outage.FULL)


def _ask_database() -> Outage | None:
    parameters = connection.get_connection_params()
    parameters.pop("patience", None)
    parameters["options"] = "-c statement_timeout=1000 -c work_mem=64kB"
    try:
        with ImpatientConnection.connect(**parameters) as own:
            own.patience = ANSWER_SECONDS
            own.execute(PROBE)
    except psycopg.OperationalError as error:
        return Outage.FULL if error.sqlstate == DISK_FULL else Outage.AWAY
    return None


def _has_room() -> bool:
    """Where uploads are kept, and where a large one lies while it comes in."""
    folders = (settings.MEDIA_ROOT, tempfile.gettempdir())
    return all(
        shutil.disk_usage(folder).free > LEAST_FREE for folder in folders if Path(folder).exists()
    )
