"""Events as iCalendar (RFC 5545). Times are written in UTC, so that no zone table is needed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from events.models.events import Stage

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from events.models import Event


def as_ics(events: Iterable[Event], *, sees_venue: Container[int] = ()) -> bytes:
    """One calendar; an entry keeps its UID for good and its SEQUENCE rises when it moves.

    `sees_venue` names the events whose whole place this reader may know.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Turvallisuusklusteri//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Security cluster: events"))
    for event in events:
        place = event.place if event.pk in sees_venue else event.open_place
        calendar.add_component(_entry(event, place))
    return calendar.to_ical()


def _entry(event: Event, place: str) -> Entry:
    entry = Entry()
    entry.add("uid", str(event.ics_uid))
    entry.add("sequence", event.ics_sequence)
    entry.add("dtstamp", event.updated_at.astimezone(datetime.UTC))
    entry.add("dtstart", event.starts_at.astimezone(datetime.UTC))
    entry.add("dtend", event.ends_at.astimezone(datetime.UTC))
    entry.add("summary", event.title)
    entry.add("description", event.summary)
    if place:
        entry.add("location", place)
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    entry.add("status", "CANCELLED" if event.stage == Stage.CANCELLED else "CONFIRMED")
    return entry
