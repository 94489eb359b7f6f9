"""Deadlines near, gathered from every app for one reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core.content import Deadline, parts

if TYPE_CHECKING:
    from datetime import datetime

    from cluster_portal.core.visibility import Reader

NEAR_DAYS = 14


def coming(user: Reader, *, limit: int) -> list[dict[str, Any]]:
    """The next deadlines this reader may see, soonest first, each with the days that are left."""
    now = timezone.now()
    sources = parts(lambda one: one.deadlines)
    found = [row for source in sources for row in source.rows(user) if row.at >= now]
    return [_line(row, now) for row in sorted(found, key=lambda row: row.at)[:limit]]


def _line(row: Deadline, now: datetime) -> dict[str, Any]:
    days = (timezone.localtime(row.at).date() - timezone.localtime(now).date()).days
    return {"deadline": row, "days": days, "is_near": days <= NEAR_DAYS}
