"""Days of the example's files, which are relative to the day of the first load."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

Row = dict[str, Any]


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_of(row: Row, today: datetime.date) -> datetime.date:
    first = today + datetime.timedelta(days=row["in_days"])
    return first + datetime.timedelta((WEEKDAYS.index(row["weekday"]) - first.weekday()) % 7)


def moment(day: datetime.date, at: datetime.time, days_before: int = 0) -> datetime.datetime:
    local = datetime.datetime.combine(day - datetime.timedelta(days=days_before), at)
    return timezone.make_aware(local)
