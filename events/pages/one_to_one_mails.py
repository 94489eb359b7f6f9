"""What letters about meetings of two say, and their calendar entry."""

from __future__ import annotations

import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from cluster_portal.notifications.kinds import NothingToSay
from events.models.one_to_one import SET, Stage, when
from events.pages.one_to_one import other_of
from events.pages.words import span

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.notifications.models import OutboxMail
    from events.models import OneToOne


def about(mail: OutboxMail) -> dict[str, Any]:
    meeting: Any = mail.about
    reader: Any = mail.recipient
    return {
        "topic": meeting.topic, "other": other_of(meeting, reader), "words": meeting.words,
        "reasons": meeting.reasons.splitlines(), "length": meeting.get_minutes_display(),
        "times": [when(each.starts_at) for each in meeting.times.all()],
        "when": span(meeting.starts_at, meeting.ends_at) if meeting.starts_at else "",
        "place": meeting.place, "link": meeting.remote_link, "reason": meeting.reason,
        "answer_by": when(meeting.answer_by), "state": meeting.get_stage_display(),
        "outcome": meeting.get_outcome_display(), "outcome_words": meeting.outcome_words,
        "can_open": meeting.side_of(reader) is not None,
    }  # fmt: skip


def about_waiting(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said of what was answered meanwhile."""
    meeting: Any = mail.about
    if meeting.stage != Stage.ASKED:
        raise NothingToSay
    return about(mail)


def about_agreed(mail: OutboxMail) -> dict[str, Any]:
    meeting: Any = mail.about
    if meeting.stage not in SET:
        raise NothingToSay
    return about(mail)


def about_held(mail: OutboxMail) -> dict[str, Any]:
    meeting: Any = mail.about
    if meeting.stage != Stage.AGREED:
        raise NothingToSay
    return about(mail)


def calendar(mail: OutboxMail) -> tuple[str, bytes] | None:
    meeting: Any = mail.about
    if meeting is None or meeting.starts_at is None:
        return None
    method = "CANCEL" if meeting.stage == Stage.CANCELLED else "REQUEST"
    return method, as_ics(meeting, mail.recipient, method=method, invited=mail.address)


def as_ics(meeting: OneToOne, reader: Any, *, method: str = "PUBLISH", invited: str = "") -> bytes:
    entry = _entry(meeting, reader)
    if invited:
        attendee = vCalAddress(f"mailto:{invited}")
        attendee.params["CN"] = vText(str(reader or ""))
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        entry.add("attendee", attendee)
    found = Calendar()
    found.add("prodid", "-//Turvallisuusklusteri//FI")
    found.add("version", "2.0")
    found.add("method", method)
    found.add_component(entry)
    return found.to_ical()


def _entry(meeting: OneToOne, reader: Reader) -> Entry:
    entry = Entry()
    entry.add("uid", str(meeting.ics_uid))
    entry.add("sequence", meeting.ics_sequence)
    entry.add("dtstamp", meeting.updated_at.astimezone(datetime.UTC))
    for name, at in (("dtstart", meeting.starts_at), ("dtend", meeting.ends_at)):
        if at is not None:
            entry.add(name, at.astimezone(datetime.UTC))
    entry.add("summary", _("Meeting: %(topic)s") % {"topic": meeting.topic})
    told = [other_of(meeting, reader), meeting.words, meeting.remote_link]
    entry.add("description", "\n\n".join(filter(None, told)))
    if place := meeting.place or meeting.remote_link:
        entry.add("location", place)
    entry.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    entry.add("status", "CANCELLED" if meeting.stage == Stage.CANCELLED else "CONFIRMED")
    organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organiser.params["CN"] = vText("Turvallisuusklusteri")
    entry.add("organizer", organiser)
    return entry
