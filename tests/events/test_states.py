"""One function says what a registration is and what can be done: each state, way and time."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from events.models.registrations import Stage
from events.pages import organiser, participants
from events.pages.calendars import of_person
from events.pages.words import registration_words
from tests import factories
from tests.events import factories as made

BEFORE, CLOSED, BEGUN, OVER = "before closing", "after closing", "begun", "over"
# Of each state: its words, and what its holder can do before closing, after it, while it goes on.
TABLE = {
    ("requested", "on_site"): ("Not confirmed yet", "confirm edit cancel", "cancel", "cancel"),
    ("applied", "on_site"): ("Waits for the organiser", "edit cancel", "cancel", "cancel"),
    ("refused", "on_site"): ("Not accepted", "", "", ""),
    ("confirmed", "on_site"): (
        "You are coming, on site", "edit change cancel ticket", "change cancel ticket",
        "cancel ticket",
    ),
    ("confirmed", "remote"): (
        "You are coming, remotely", "edit change cancel", "change cancel", "cancel",
    ),
    ("waiting", "on_site"): (
        "You are first in the queue", "edit change cancel", "change cancel", "cancel",
    ),
    ("offered", "on_site"): (
        "You are offered a place on site", "accept decline edit change cancel",
        "accept decline change cancel", "cancel",
    ),
    ("offered", "remote"): (
        "You are offered a remote place", "accept decline edit change cancel",
        "accept decline change cancel", "cancel",
    ),
    ("declined", "on_site"): ("Declined the place", "again", "", ""),
    ("expired", "on_site"): ("The offer has expired", "again", "", ""),
    ("cancelled", "remote"): ("Cancelled", "again", "", ""),
    ("attended", "on_site"): ("Attended", "certificate", "certificate", "certificate"),
    ("absent", "on_site"): ("Absent", "", "", ""),
}  # fmt: skip
CHANGED = {BEGUN: {("waiting", "on_site"): "No place became free",
                   ("offered", "on_site"): "The offer has expired",
                   ("offered", "remote"): "The offer has expired"}}  # fmt: skip


@pytest.fixture
def event(home_cluster):
    return made.event(home_cluster, remote=True, gives_certificate=True)


def at(event, when):
    return {
        BEFORE: event.registration_closes_at - datetime.timedelta(seconds=1),
        CLOSED: event.registration_closes_at + datetime.timedelta(seconds=1),
        BEGUN: event.starts_at + datetime.timedelta(seconds=1),
    }[when]


@pytest.mark.parametrize("when", [BEFORE, CLOSED, BEGUN])
@pytest.mark.parametrize(("stage", "mode"), TABLE)
def test_state_says_what_can_be_done(event, stage, mode, when):
    values = {"offer_expires_at": event.starts_at} if stage == "offered" else {}
    row = made.registration(event, factories.user(), stage=stage, mode=mode, **values)
    short, *acts = TABLE[stage, mode]

    with time_machine.travel(at(event, when), tick=False):
        words = registration_words(row)

    index = [BEFORE, CLOSED, BEGUN].index(when)
    assert words.short == CHANGED.get(when, {}).get((stage, mode), short)
    assert words.acts == frozenset(acts[index].split())


def test_every_state_is_in_the_table():
    assert {stage for stage, _mode in TABLE} == set(Stage.values)


@pytest.mark.parametrize("stage", ["confirmed", "waiting", "offered"])
def test_desk_calendar_and_the_organisers_lists_print_one_state(event, stage):
    """The organiser reads it of somebody, its holder as it is spoken to them."""
    row = made.registration(event, factories.user(), stage=stage)
    words = registration_words(row)
    short = words.short

    listed = next(participants.rows(event))
    (guest,) = organiser.guests(event, organiser.found(event, organiser.Choice()))
    calendar = of_person([row], []).decode().replace("\r\n ", "")

    assert words.listed in listed
    assert guest["state"] == words.listed != short
    assert (stage == "confirmed") or short in calendar


def test_state_is_in_the_language_of_its_reader(event):
    row = made.registration(event, factories.user(), stage="offered")

    with override("fi"):
        assert registration_words(row).short == "Sinulle tarjotaan lähipaikkaa"


def test_nothing_can_be_done_once_the_event_is_over(event):
    row = made.registration(event, factories.user())

    with time_machine.travel(event.ends_at + datetime.timedelta(seconds=1), tick=False):
        assert registration_words(row).acts == frozenset()
    assert timezone.now() < event.ends_at
