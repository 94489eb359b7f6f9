"""PostgreSQL with limits on both ends: Django's backend that never waits for ever on a page.

The server stops what takes too long, as long as it runs. One that is frozen, or gone with its
machine, stops nothing: that is noticed here, by the one who waits (`base.py`).
"""

from __future__ import annotations

from typing import Any

# What the server may need to say that a statement was stopped, beyond the statement's own limit.
ANSWER_SECONDS = 2


def with_limits(database: dict[str, Any], statement_ms: int) -> dict[str, Any]:
    """A database's settings with its limits; 0 ms is for commands, which only queue briefly."""
    server = {
        "statement_timeout": statement_ms,
        "lock_timeout": 3000,
        "idle_in_transaction_session_timeout": 60_000 if statement_ms else 0,
        "timezone": "UTC",
        "random_page_cost": 1.1,  # data lies on solid state or in memory; the default is for disks
        "jit": "off",  # compiling costs a page more than it gains in its short statements
        # What a machine held when it was lost (a worker its letters) is free two minutes later.
        "tcp_keepalives_idle": 60,
        "tcp_keepalives_interval": 20,
        "tcp_keepalives_count": 3,
    }
    client = {
        "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
        "connect_timeout": 2,
        "tcp_user_timeout": 10_000,
        "keepalives_idle": 20,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "patience": statement_ms / 1000 + ANSWER_SECONDS if statement_ms else None,
    }
    options = {**database.get("OPTIONS", {}), **client}
    mine = {"ENGINE": __name__, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {**database, **mine, "OPTIONS": options}


def through_pooler(database: dict[str, Any]) -> dict[str, Any]:
    """For PgBouncer in transaction mode, where each transaction may have another connection.

    Nothing may be set for a session or prepared for it: the role carries the limits (`ALTER ROLE …
    SET`, see docs/deployment.md). Only web processes go this way: workers hold locks for longer
    than a transaction.
    """
    options = {**database["OPTIONS"], "prepare_threshold": None}
    del options["options"]
    return {**database, "OPTIONS": options, "DISABLE_SERVER_SIDE_CURSORS": True}
