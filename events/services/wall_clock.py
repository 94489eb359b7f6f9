"""Moments by the clock on the wall, so that a shift keeps 9:00 over a clock change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    import datetime


def wall(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment).replace(tzinfo=None)


def moved(moment: datetime.datetime, by: datetime.timedelta) -> datetime.datetime:
    return timezone.make_aware(wall(moment) + by)
