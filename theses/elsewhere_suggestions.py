"""Suggestions on the desk, in the weekly digest and in a person's own data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from theses.matching.wishes import FIELD
from theses.models import Dismissal, Suggestion
from theses.standing import has

if TYPE_CHECKING:
    from datetime import datetime

IN_DIGEST = 5


def on_desk(user: Any) -> list[bool]:
    """Whether there is a profile to suggest by; the suggestions come after the page."""
    return [True] if has(user, "student") or has(user, "supervisor") else []


def in_digest(user: Any, since: datetime) -> list[Suggestion]:
    """What the nights have found since, the best first; not for a shared field alone."""
    rows = Suggestion.objects.visible_to(user).filter(found_at__gte=since)
    rows = rows.filter(score__gt=FIELD).select_related("topic")
    return list(rows.order_by("-score", "pk")[:IN_DIGEST])


def dismissals_data(user: Any) -> list[dict[str, Any]]:
    rows = Dismissal.objects.visible_to(user).select_related("topic").order_by("pk")
    return [{"topic": row.topic.title, "at": row.at.isoformat()} for row in rows]
