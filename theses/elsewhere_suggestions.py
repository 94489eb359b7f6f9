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
    rows = Suggestion.objects.visible_to(user).filter(found_at__gte=since, score__gt=FIELD)
    return list(rows.select_related("topic").order_by("-score", "pk")[:IN_DIGEST])


def in_digests(users: list[Any], since: datetime) -> dict[int, list[Suggestion]]:
    """The same by reader; only those for whom something was found are asked about."""
    fresh = Suggestion.objects.filter(found_at__gte=since, score__gt=FIELD)
    fresh = fresh.filter(profile__user__in=[user.pk for user in users]).order_by()
    having = set(fresh.values_list("profile__user", flat=True).distinct())
    return {user.pk: in_digest(user, since) for user in users if user.pk in having}


def dismissals_data(user: Any) -> list[dict[str, Any]]:
    rows = Dismissal.objects.visible_to(user).select_related("topic").order_by("pk")
    return [{"topic": row.topic.title, "at": row.at.isoformat()} for row in rows]
