"""When a letter may leave: not at night, and not too many a minute to one mail server."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from datetime import datetime, timedelta
from datetime import time as clock
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from cluster_portal.notifications.kinds import KindGroup

if TYPE_CHECKING:
    from cluster_portal.notifications.kinds import Kind
    from cluster_portal.notifications.models import OutboxMail

MINUTE = 60.0
READ_BEFORE = timedelta(hours=2)  # what ends so soon after the morning is not read in time


def held_until(mail: OutboxMail, kind: Kind, now: datetime) -> datetime | None:
    """The morning, for what can wait for it; None for what leaves at once.

    Somebody waits for an urgent letter; what concerns the account may be a warning.
    """
    morning = morning_after(now)
    if morning is None or kind.urgent or kind.group == KindGroup.ACCOUNT:
        return None
    ends = [end for end in (_lifetime_ends(mail, kind), _about_ends(mail, now)) if end]
    return None if any(end <= morning + READ_BEFORE for end in ends) else morning


def _lifetime_ends(mail: OutboxMail, kind: Kind) -> datetime | None:
    return mail.created_at + kind.lifetime if kind.lifetime else None


def _about_ends(mail: OutboxMail, now: datetime) -> datetime | None:
    """Models say by `useful_until` when news of them come too late."""
    ends = getattr(mail.about, "useful_until", None)
    return ends if ends and ends > now else None


def morning_after(now: datetime) -> datetime | None:
    """None by day, and where no hours are quiet; by the calendar of Helsinki."""
    begins, _dash, ends = settings.QUIET_HOURS.partition("-")
    if not begins:
        return None
    local = timezone.localtime(now)
    if int(ends) <= local.hour < int(begins):
        return None
    day = local.date() + timedelta(days=local.hour >= int(begins))
    return timezone.make_aware(datetime.combine(day, clock(int(ends))))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower()


class Pace:
    """How much went to each domain in the last minute, of one process."""

    def __init__(self) -> None:
        self._left: defaultdict[str, deque[float]] = defaultdict(deque)

    def note(self, address: str) -> None:
        self._left[domain_of(address)].append(time.monotonic())

    def full(self) -> list[str]:
        """The domains that have to wait."""
        most, since = settings.MAIL_PER_DOMAIN, time.monotonic() - MINUTE
        if not most:
            return []
        for moments in self._left.values():
            while moments and moments[0] < since:
                moments.popleft()
        return [domain for domain, moments in self._left.items() if len(moments) >= most]


pace = Pace()
