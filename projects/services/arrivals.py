"""Projects and challenges that come to their lists, or change there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.services.arrivals import came
from projects.models import Challenge, FundingCall, Project
from projects.models.challenges import PUBLISHED

if TYPE_CHECKING:
    from django.db.models import Model


def content_came(obj: Model, *, before: str = "") -> None:
    """`before` is the visibility that it had; other things have no list to search."""
    if isinstance(obj, Project):
        came("projects", obj, since=obj.created_at, before=before)
    elif isinstance(obj, FundingCall):
        came("calls", obj, since=obj.created_at, before=before)
    elif isinstance(obj, Challenge) and obj.stage in PUBLISHED:
        came("challenges", obj, since=obj.published_at, before=before)
