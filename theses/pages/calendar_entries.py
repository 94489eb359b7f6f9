"""An agreed interview as iCalendar (RFC 5545), in UTC so that no zone table is needed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

if TYPE_CHECKING:
    from theses.models import Application, InterviewTime


def interview(application: Application, time: InterviewTime) -> bytes:
    """Keeps its UID for good, so that a new time replaces the old one in a calendar."""
    entry = Event()
    entry.add("uid", f"interview-{application.public_id}@{settings.SITE_URL.partition('//')[2]}")
    entry.add("sequence", int((application.proposed_at or time.starts_at).timestamp()) % 2**31)
    entry.add("dtstamp", (application.proposed_at or time.starts_at).astimezone(datetime.UTC))
    entry.add("dtstart", time.starts_at.astimezone(datetime.UTC))
    end = time.starts_at + datetime.timedelta(minutes=time.minutes)
    entry.add("dtend", end.astimezone(datetime.UTC))
    entry.add("summary", _("Interview: %(topic)s") % {"topic": application.topic.heading})
    if application.meeting:
        entry.add("location", application.meeting.replace("\n", ", "))
    entry.add("url", f"{settings.SITE_URL}{application.get_absolute_url()}")
    entry.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Turvallisuusklusteri//FI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()
