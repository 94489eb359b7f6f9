"""Calendar entries read back: cancelled, moved, over clock changes, and asked for again."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.services import registrations as services
from events.services.editing import Changes, edit_event
from events.services.events import cancel_event
from events.services.links import token_of
from tests.events import factories as made

SPRING, AUTUMN = datetime.date(2027, 3, 28), datetime.date(2027, 10, 31)


def read(client, address):
    calendar = Calendar.from_ical(client.get(address).content)
    return calendar, calendar.walk("VEVENT")[0]


def of(event):
    return reverse("events:ics", args=[event.slug])


def test_cancelled_event_leaves_the_calendar_with_a_higher_sequence(client, event, office):
    _calendar, before = read(client, of(event))

    cancel_event(event, by=office, reason="Sairastuminen")
    calendar, after = read(client, of(event))
    feed, told = read(client, reverse("events:calendar"))

    assert (calendar["METHOD"], after["STATUS"]) == ("CANCEL", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert "ORGANIZER" in after
    assert (feed["METHOD"], told["STATUS"]) == ("PUBLISH", "CANCELLED")


def test_cancelled_registration_takes_the_entry_out_of_its_own_calendar_alone(client, event):
    row = made.registration(event, None, name="Aino", email="aino@example.com")
    address = reverse("events:ics_by_link", args=[token_of(row)])
    before, entry = read(client, address)
    assert before["METHOD"] == "PUBLISH"

    services.cancel_registration(row, by=None)
    after, gone = read(client, address)
    _calendar, public = read(client, of(event))

    assert (after["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")
    assert gone["SEQUENCE"] == entry["SEQUENCE"] + 1
    assert public["STATUS"] == "CONFIRMED"


def test_moved_event_keeps_its_uid_and_raises_its_sequence(client, event, office):
    _calendar, before = read(client, of(event))
    week = datetime.timedelta(days=7)

    moved = Changes({"starts_at": event.starts_at + week, "ends_at": event.ends_at + week})
    edit_event(event, moved, by=office)
    _calendar, after = read(client, of(event))

    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)
    assert after.decoded("DTSTART") - before.decoded("DTSTART") == week


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 5), (AUTUMN, 7)])
def test_event_over_a_clock_change_lasts_as_long_as_it_lasts(client, home_cluster, day, hours):
    """From midnight to six in the morning: an hour less in spring, one more in autumn."""
    with time_machine.travel(datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)):
        starts, ends = (
            timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
            for hour in (0, 6)
        )
        event = made.event(
            home_cluster, starts_at=starts, ends_at=ends, registration_closes_at=starts
        )
        _calendar, entry = read(client, of(event))

    lasts = entry.decoded("DTEND") - entry.decoded("DTSTART")
    assert lasts == datetime.timedelta(hours=hours)
    assert entry.decoded("DTSTART") == starts


def test_public_feed_is_not_sent_again_while_nothing_changes(client, event, office):
    address = reverse("events:calendar")
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    cancel_event(event, by=office, reason="Sairastuminen")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
    assert "REFRESH-INTERVAL" in Calendar.from_ical(first.content)
