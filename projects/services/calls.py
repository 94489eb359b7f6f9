"""What those who follow a funding call are told: that it has changed, and that it closes soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.notifications.services import following
from projects.models import FundingCall

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import User

REMINDERS = (30, 14, 3)  # days before closing
# Changes that somebody who prepares an application must know of.
TOLD = frozenset({
    "opens_at", "closes_at", "eligibility", "applicants", "cost_models", "link", "instrument",
})  # fmt: skip


def tell_changes(call: FundingCall, changed: Collection[str], *, key: str, by: User | None) -> None:
    if TOLD & set(changed):
        following.tell(call, "changed", key=key, by=by)


def remind_of_closing() -> int:
    """The chore: each reminder goes once, to those who followed the call by then."""
    now = timezone.now()
    told = 0
    for days, until in zip(REMINDERS, (*REMINDERS[1:], 0), strict=True):
        near = (now + timedelta(days=until), now + timedelta(days=days))
        for call in FundingCall.objects.filter(closes_at__gt=near[0], closes_at__lte=near[1]):
            at = call.closes_at - timedelta(days=days)
            key = f"closes:{call.closes_at.isoformat()}:{days}"
            following.tell(call, "closes_soon", key=key, since=at)
            told += 1
    return told
