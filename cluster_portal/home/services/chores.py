"""The hourly round: each app's chores, one failing chore never stopping the next."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from cluster_portal.core.content import Chore, parts
from cluster_portal.core.errors import Refused

logger = logging.getLogger(__name__)


def run_all() -> dict[str, int]:
    """How many objects each chore touched, by its key; -1 for one that failed."""
    return {chore.key: _run(chore) for chore in parts(lambda one: one.chores)}


def _run(chore: Chore) -> int:
    try:
        return chore.run()
    except (DatabaseError, Refused):
        logger.exception("chore %s failed", chore.key)
        return -1
