"""On which days a series meets (RFC 5545, by `dateutil`)."""

from __future__ import annotations

import datetime

from dateutil import rrule

MOST = 52
LAST_WEEK = 5


def weekly(first: datetime.date, until: datetime.date, *, every: int = 1) -> list[datetime.date]:
    return _days(rrule.rrule(rrule.WEEKLY, interval=every, dtstart=_at(first), until=_at(until)))


def monthly(first: datetime.date, until: datetime.date) -> list[datetime.date]:
    """On the same weekday of the month; the fifth means the last, for most months have but four."""
    number = (first.day - 1) // 7 + 1
    place = -1 if number == LAST_WEEK else number
    day = rrule.weekday(first.weekday(), place)
    return _days(rrule.rrule(rrule.MONTHLY, byweekday=day, dtstart=_at(first), until=_at(until)))


def _at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


def _days(rule: rrule.rrule) -> list[datetime.date]:
    """One more than is allowed, so that the caller can say that there are too many."""
    return [moment.date() for moment, _number in zip(rule, range(MOST + 2), strict=False)]
