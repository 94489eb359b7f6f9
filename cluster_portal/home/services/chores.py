"""The hourly round: each app's chores, one failing chore never stopping the next."""

from __future__ import annotations

import logging

from cluster_portal.core.content import Chore, parts

logger = logging.getLogger(__name__)


def run_all() -> dict[str, int]:
    """How many objects each chore touched, by its key; -1 for one that failed."""
    return {chore.key: _run(chore) for chore in parts(lambda one: one.chores)}


def _run(chore: Chore) -> int:
    try:
        return chore.run()
    except Exception:  # whatever one chore meets, the next ones run
        logger.exception("chore %s failed", chore.key)
        return -1
