"""Periods of the calendar: how often an indicator is measured, by the first day of each period."""

from __future__ import annotations

import datetime
import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.numbers import day_of


class Interval(models.TextChoices):
    MONTH = "month", _("Every month")
    QUARTER = "quarter", _("Every quarter")
    HALF = "half", _("Every half-year")
    YEAR = "year", _("Every year")


MONTHS: dict[str, int] = {
    Interval.MONTH: 1, Interval.QUARTER: 3, Interval.HALF: 6, Interval.YEAR: 12,
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1950, 2100
_NAMED = re.compile(r"(?P<kind>[QH]?)(?P<number>\d{1,2})/(?P<year>\d{4})", re.ASCII | re.IGNORECASE)
_TURNED = re.compile(
    r"(?P<year>\d{4})-?(?P<kind>[QH]?)(?P<number>\d{1,2})", re.ASCII | re.IGNORECASE
)
# As people write it in a sheet: Q4 2026, 4. neljännes 2026.
_SPACED = re.compile(r"(?P<kind>[QH])(?P<number>[1-4])(?P<year>\d{4})", re.ASCII | re.IGNORECASE)
_IN_WORDS = re.compile(r"([1-4])\.(?:vuosi)?neljännes(\d{4})", re.IGNORECASE)
_LENGTHS: dict[str, str] = {
    "Q": Interval.QUARTER, "H": Interval.HALF, "": Interval.MONTH,
}  # fmt: skip


def first_day(day: datetime.date, interval: str) -> datetime.date:
    """Of the period that holds the day."""
    length = MONTHS[interval]
    return day.replace(month=(day.month - 1) // length * length + 1, day=1)


def moved(day: datetime.date, interval: str, steps: int) -> datetime.date:
    """The first day of the period so many steps later."""
    months = day.year * 12 + day.month - 1 + steps * MONTHS[interval]
    return datetime.date(months // 12, months % 12 + 1, 1)


def name(day: datetime.date, interval: str) -> str:
    """Q3/2026, H2/2026, 9/2026 or 2026: alike in all languages."""
    if interval == Interval.YEAR:
        return str(day.year)
    number = (day.month - 1) // MONTHS[interval] + 1
    letter = {Interval.QUARTER.value: "Q", Interval.HALF.value: "H"}.get(interval, "")
    return f"{letter}{number}/{day.year}"


def read(text: str, interval: str) -> datetime.date | None:
    """`Q3/2026`, `Q3 2026`, `3. neljännes 2026`, `2026Q3`, `9/2026`, `2026`, or a day in the
    period; None where it names none of this length."""
    plain = _IN_WORDS.sub(r"Q\1/\2", "".join(text.split()))
    day = day_of(plain)
    if day is None and re.fullmatch(r"\d{4}", plain, re.ASCII):
        day = datetime.date(int(plain), 1, 1) if interval == Interval.YEAR and int(plain) else None
    elif day is None:
        day = _of_name(plain, interval)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return first_day(day, interval)


def _of_name(text: str, interval: str) -> datetime.date | None:
    found = _NAMED.fullmatch(text) or _TURNED.fullmatch(text) or _SPACED.fullmatch(text)
    if found is None or _LENGTHS[found["kind"].upper()] != interval:
        return None
    month = (int(found["number"]) - 1) * MONTHS[interval] + 1
    year = int(found["year"])
    return datetime.date(year, month, 1) if 1 <= month <= 12 and year else None
