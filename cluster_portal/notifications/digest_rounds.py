"""When which readers get their digest: each day, or on their weekday each week or each month.

A period has one digest of each frequency; it opens at 8.00 by the calendar of Helsinki. One that
was missed is composed as long as no newer one has opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cluster_portal.notifications.kinds import KindGroup
from cluster_portal.notifications.models import Channel, Digest, Preference, Weekday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db import models

SENDING_HOUR, LAST_HOUR = 8, 20
CHUNK = 1000
WEEK = timedelta(days=7)
# How far back a digest looks at most, so that some missed periods are caught up in one.
LOOK_BACK = {
    Channel.DAILY: timedelta(days=35),
    Channel.WEEKLY: timedelta(days=35),
    Channel.MONTHLY: timedelta(days=75),
}
FREQUENCIES = tuple(LOOK_BACK)
LENGTH = {
    Channel.DAILY: timedelta(days=1),
    Channel.WEEKLY: WEEK,
    Channel.MONTHLY: timedelta(days=31),
}


@dataclass(frozen=True)
class Round:
    """The digests of one period, for those who want them on one weekday; a daily one has none."""

    frequency: str
    day: date
    weekday: int = 0

    @property
    def period(self) -> str:
        """2026-11-30, 2026-W49 or 2026-11; days around New Year belong to one ISO week."""
        if self.frequency == Channel.DAILY:
            return self.day.isoformat()
        if self.frequency == Channel.MONTHLY:
            return f"{self.day:%Y-%m}"
        year, week, _day = self.day.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def opens_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, clock(SENDING_HOUR)))

    @property
    def since(self) -> datetime:
        return self.opens_at - LOOK_BACK[Channel(self.frequency)]

    @property
    def begins_at(self) -> datetime:
        """What came since then is new in this period."""
        return self.opens_at - LENGTH[Channel(self.frequency)]

    def readers(self) -> models.QuerySet[Any]:
        """Who still lacks their digest: verified, wants it so, here since before it opened."""
        chosen = Preference.objects.filter(user=OuterRef("pk"), group=KindGroup.DIGEST)
        mine = chosen.filter(channel=self.frequency)
        if self.frequency != Channel.DAILY:
            mine = mine.filter(weekday=self.weekday)
        is_default = (self.frequency, self.weekday) == (Channel.WEEKLY, Weekday.MONDAY)
        wants = Exists(mine) | ~Exists(chosen) if is_default else Exists(mine)
        got = Digest.objects.filter(user=OuterRef("pk"), kind=self.frequency, period=self.period)
        verified = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        return get_user_model().objects.filter(
            wants, ~Exists(got), Exists(verified), is_active=True, date_joined__lt=self.opens_at
        )

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Ranges of primary keys, so that memory stays flat whatever the number of people."""
        first = 0
        while True:
            rows = self.readers().filter(pk__gt=first).order_by("pk")
            pks = list(rows.values_list("pk", flat=True)[:CHUNK])
            if not pks:
                return
            yield pks[0], pks[-1]
            first = pks[-1]


def due(now: datetime) -> list[Round]:
    """The newest round of each frequency and weekday that has opened; none at night."""
    if not SENDING_HOUR <= timezone.localtime(now).hour < LAST_HOUR:
        return []
    today = timezone.localdate(now)
    rounds = [Round(Channel.DAILY, today)]
    for weekday in Weekday.values:
        rounds.append(Round(Channel.WEEKLY, _last(weekday, today), weekday))
        rounds.append(Round(Channel.MONTHLY, _first_of_month(weekday, today), weekday))
    return rounds


def of_period(frequency: str, period: str, weekday: int = 0) -> Round:
    """As a task names it."""
    if frequency == Channel.DAILY:
        return Round(frequency, date.fromisoformat(period))
    if frequency == Channel.MONTHLY:
        return Round(frequency, _in_month(weekday, date.fromisoformat(f"{period}-01")), weekday)
    return Round(frequency, date.fromisoformat(f"{period}-{weekday + 1}"), weekday)


def next_of(frequency: str, weekday: int, now: datetime) -> Round:
    """The one that opens next, or has opened today."""
    today = timezone.localdate(now)
    if frequency == Channel.DAILY:
        return Round(frequency, today if _is_ahead(now) else today + timedelta(days=1))
    if frequency == Channel.MONTHLY:
        first = _in_month(weekday, today.replace(day=1))
        if first < today or (first == today and not _is_ahead(now)):
            first = _in_month(weekday, (today.replace(day=1) + timedelta(days=32)).replace(day=1))
        return Round(frequency, first, weekday)
    last = _last(weekday, today)
    return Round(frequency, last if last == today and _is_ahead(now) else last + WEEK, weekday)


def _is_ahead(now: datetime) -> bool:
    return timezone.localtime(now).hour < SENDING_HOUR


def _last(weekday: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _in_month(weekday: int, first: date) -> date:
    """The first such day of the month."""
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _first_of_month(weekday: int, today: date) -> date:
    """Of this month, or while that is ahead, of the month before."""
    first = today.replace(day=1)
    day = _in_month(weekday, first)
    if day <= today:
        return day
    return _in_month(weekday, (first - timedelta(days=1)).replace(day=1))
