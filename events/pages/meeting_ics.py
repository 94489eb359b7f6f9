"""A meeting as an invitation that calendars answer to (RFC 5546), and as a file to add."""

from __future__ import annotations

import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from events.models.meetings import Stage

if TYPE_CHECKING:
    from events.models import Meeting


def as_ics(meeting: Meeting, *, invited: str = "", name: str = "", method: str = "") -> bytes:
    """`invited` is the address of the one whom the letter goes to; nobody else is named in it."""
    is_off = method == "CANCEL" or meeting.stage == Stage.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Turvallisuusklusteri//FI")
    calendar.add("version", "2.0")
    calendar.add("method", method or ("CANCEL" if is_off else "PUBLISH"))
    calendar.add_component(_entry(meeting, invited, name, is_off=is_off))
    return calendar.to_ical()


def _entry(meeting: Meeting, invited: str, name: str, *, is_off: bool) -> Entry:
    entry = Entry()
    entry.add("uid", str(meeting.ics_uid))
    entry.add("sequence", meeting.ics_sequence)
    entry.add("dtstamp", meeting.updated_at.astimezone(datetime.UTC))
    entry.add("dtstart", meeting.starts_at.astimezone(datetime.UTC))
    entry.add("dtend", meeting.ends_at.astimezone(datetime.UTC))
    entry.add("summary", _("Meeting %(label)s") % {"label": meeting.title})
    entry.add("description", "\n\n".join(filter(None, [meeting.invitation, meeting.remote_link])))
    if place := meeting.place or meeting.remote_link:
        entry.add("location", place)
    entry.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = vText(meeting.body.title)
    entry.add("organizer", organiser)
    if invited:
        entry.add("attendee", _attendee(invited, name))
    return entry


def _attendee(invited: str, name: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{invited}")
    attendee.params["CN"] = vText(name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    return attendee
