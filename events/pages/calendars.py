"""Events as iCalendar (RFC 5545). Times are written in UTC, so that no zone table is needed."""

from __future__ import annotations

import datetime
import uuid
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vDuration, vText
from icalendar import Event as Entry

from events.models.events import Stage
from events.models.registrations import Stage as Place
from events.pages.words import registration_words, where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from events.models import Event, Registration
    from events.pages.my_calendar import Entry as Mine


# Whose entry is taken out of the calendar again.
GONE = frozenset({Place.CANCELLED, Place.REFUSED})
REFRESHED = datetime.timedelta(hours=6)


def as_ics(events: Iterable[Event], *, mine: Mapping[int, Registration] | None = None) -> bytes:
    """One calendar; an entry keeps its UID for good and its SEQUENCE rises when it moves.

    `mine` are the reader's registrations by event: place and link follow the way of taking part.
    """
    calendar = _calendar(_("Security cluster: events"))
    for event in events:
        calendar.add_component(_entry(event, (mine or {}).get(event.pk)))
    return calendar.to_ical()


def one_as_ics(event: Event, registration: Registration | None) -> bytes:
    """One entry to be taken into a calendar, or out of it when nobody goes there any more."""
    calendar = _calendar(_("Security cluster: events"))
    entry = _entry(event, registration)
    if registration is not None and registration.stage in GONE:
        entry["sequence"] = event.ics_sequence + 1
        entry["status"] = vText("CANCELLED")
    if entry["status"] == "CANCELLED":
        calendar["method"] = vText("CANCEL")
    calendar.add_component(entry)
    return calendar.to_ical()


def of_person(registrations: Iterable[Registration], others: Iterable[Mine]) -> bytes:
    """What somebody goes to, with place and link as for them, and what else they must not miss."""
    calendar = _calendar(_("Security cluster: my calendar"))
    for registration in registrations:
        entry = _entry(registration.event, registration)
        if registration.stage != Place.CONFIRMED:
            short = registration_words(registration).short
            entry["summary"] = vText(f"{registration.event.title} ({short})")
        calendar.add_component(entry)
    for other in others:
        calendar.add_component(_other(other))
    return calendar.to_ical()


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Turvallisuusklusteri//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED))
    return calendar


def _other(row: Mine) -> Entry:
    """The same thing keeps its UID when its moment moves."""
    address = f"{settings.SITE_URL}{row.url}"
    entry = Entry()
    entry.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{address}#{row.note}")))
    entry.add("dtstamp", row.at.astimezone(datetime.UTC))
    entry.add("dtstart", row.at.astimezone(datetime.UTC))
    if row.until:
        entry.add("dtend", row.until.astimezone(datetime.UTC))
    if row.place:
        entry.add("location", row.place)
    entry.add("summary", f"{row.note}: {row.title}")
    entry.add("url", address)
    return entry


def _entry(event: Event, registration: Registration | None) -> Entry:
    entry = Entry()
    entry.add("uid", str(_uid(event, registration)))
    entry.add("sequence", event.ics_sequence)
    entry.add("dtstamp", event.updated_at.astimezone(datetime.UTC))
    entry.add("dtstart", event.starts_at.astimezone(datetime.UTC))
    entry.add("dtend", event.ends_at.astimezone(datetime.UTC))
    entry.add("summary", event.title)
    link = registration.join_link if registration else ""
    entry.add("description", "\n\n".join(filter(None, [event.summary, link])))
    if place := link or (registration.place if registration else where(event)):
        entry.add("location", place)
    entry.add("organizer", _organiser(event))
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    entry.add("status", "CANCELLED" if event.stage == Stage.CANCELLED else "CONFIRMED")
    return entry


def _uid(event: Event, registration: Registration | None) -> uuid.UUID:
    """Each participant's own, for two people may read one mailbox: cancelling concerns one."""
    if registration is None:
        return event.ics_uid
    return uuid.uuid5(event.ics_uid, str(registration.public_id))


def _organiser(event: Event) -> vCalAddress:
    """The organiser's name; the address is the service's own, for the organiser's is not public."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(str(event.named_owner or event.home_cluster))
    return organiser
