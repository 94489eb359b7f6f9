"""The programme and the chosen sessions of an event that moves."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from events.models import SessionChoice
from events.services import copies, talks
from events.services.editing import Changes, edit_event
from tests.events import factories as made

DAY = datetime.date(2027, 3, 24)  # the clocks go forward on 28 March
WEEK = datetime.timedelta(days=7)


def at(day, hour, minute=0):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def local(moment):
    return timezone.localtime(moment).strftime("%d.%m. %H:%M")


@pytest.fixture
def seminar(home_cluster, company, lead):
    with time_machine.travel(datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC), tick=True):
        event = made.event(
            home_cluster, organisation=company, teller=lead, starts_at=at(DAY, 9),
            ends_at=at(DAY, 15), registration_closes_at=at(DAY - WEEK, 16), remote=True,
        )  # fmt: skip
        event.agenda.create(starts_at=at(DAY, 9), ends_at=at(DAY, 10), title="Avaus", stream="A")
        event.agenda.create(starts_at=at(DAY, 10), title="Katsaus", stream="A")
        yield event


def times(event):
    rows = event.agenda.order_by("starts_at", "pk")
    return [(local(row.starts_at), row.ends_at and local(row.ends_at)) for row in rows]


def to(day, first, last):
    return Changes({"starts_at": at(day, first), "ends_at": at(day, last)})


def test_programme_and_chosen_sessions_move_with_the_event_over_the_clock_change(
    seminar, office, member
):
    row = made.registration(seminar, member)
    for item in seminar.agenda.all():
        talks.choose_session(row, item.pk, by=member)

    edit_event(seminar, to(DAY + WEEK, 10, 16), by=office)

    assert times(seminar) == [("31.03. 10:00", "31.03. 11:00"), ("31.03. 11:00", None)]
    slots = SessionChoice.objects.order_by("slot")
    assert [(one.slot, one.slot == one.item.starts_at) for one in slots] == [
        (at(DAY + WEEK, 10), True), (at(DAY + WEEK, 11), True)
    ]  # fmt: skip


def test_programme_of_the_later_ones_of_a_series_moves_alike(seminar, office, lead):
    (second,) = copies.repeat_event(seminar, [DAY + WEEK], by=lead)
    seminar.refresh_from_db()

    edit_event(seminar, to(DAY + datetime.timedelta(days=1), 9, 15), by=office, following=True)

    assert times(seminar)[0][0] == "25.03. 09:00"
    assert times(second)[0][0] == "01.04. 09:00"


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (to(DAY, 8, 15), "24.03. 09:00"),  # coffee before it
        (to(DAY, 9, 16), "24.03. 09:00"),  # lasts longer
        (to(DAY + WEEK, 8, 16), "31.03. 09:00"),  # another day and longer
    ],
)
def test_event_that_becomes_longer_keeps_its_programme_within_the_day(
    seminar, office, change, shown
):
    edit_event(seminar, change, by=office)

    assert times(seminar)[0][0] == shown
