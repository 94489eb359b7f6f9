"""Until when an offered place can be taken, and when its holder is warned, in Helsinki's days."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from events.models import Event

# Nobody is offered a place, or loses one, while they sleep.
WAKING_HOURS = range(8, 20)
MORNING = datetime.time(10)
SHORTEST = datetime.timedelta(hours=1)
WARNED_BEFORE = datetime.timedelta(hours=4)
EVENING, NOON = 18, datetime.time(12)


def is_night(moment: datetime.datetime) -> bool:
    return timezone.localtime(moment).hour not in WAKING_HOURS


def offer_end(event: Event, now: datetime.datetime) -> datetime.datetime | None:
    """Until when a place that is offered now can be taken; None where it cannot be offered now.

    Not at night, and not so near to the event that nobody would have the time to answer.
    """
    now = now.astimezone(datetime.UTC)  # so that hours are counted, not the hands of the clock
    if is_night(now):
        return None
    end = min(_by_day(now + datetime.timedelta(hours=event.offer_hours)), event.starts_at)
    return end if end - now >= SHORTEST else None


def _by_day(moment: datetime.datetime) -> datetime.datetime:
    """The same moment, or ten in the morning after it where it falls in the night."""
    if not is_night(moment):
        return moment
    local = timezone.localtime(moment)
    days = 1 if local.hour >= WAKING_HOURS.stop else 0
    day = local.date() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, MORNING))


def warned_until(now: datetime.datetime) -> datetime.datetime:
    """Offers that end before this moment are warned about now: what ends in the morning is told
    of in the evening before."""
    local = timezone.localtime(now)
    soon = now.astimezone(datetime.UTC) + WARNED_BEFORE
    if local.hour < EVENING:
        return soon
    tomorrow = local.date() + datetime.timedelta(days=1)
    return max(soon, timezone.make_aware(datetime.datetime.combine(tomorrow, NOON)))


def tells_enough(until: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether the offer itself comes so near its end that a warning would only repeat it."""
    return until <= warned_until(now + datetime.timedelta(hours=2))
