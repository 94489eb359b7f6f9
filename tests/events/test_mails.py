"""What participants read: it follows their way of taking part, and every link opens."""

import datetime
import re

import pytest
from django.utils import translation

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from events.models import Registration
from events.services import events as event_services
from events.services import registrations as services
from events.services.registrations import Details
from tests import factories
from tests.events import factories as made

LINK = "https://example.org/huone"
GUEST = Details(name="Vieras Vierailija", email="vieras@example.org", language="en")
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def event(home_cluster):
    return made.event(home_cluster, venue="Sali 5", remote=True, remote_link=LINK)


def registered(event, mode):
    request = services.register(event, mode, GUEST, by=None)
    return services.confirm_request(request)


def last(kind):
    return letter(OutboxMail.objects.filter(kind=kind).latest("pk")).text


def test_remote_participant_reads_the_link_and_no_venue(event):
    registered(event, "remote")

    text = last("registration_confirmed")
    assert "Remotely" in text
    assert LINK in text
    assert "Sali 5" not in text


def test_one_who_comes_reads_the_venue_and_no_link(event):
    registered(event, "on_site")

    text = last("registration_confirmed")
    assert "Sali 5" in text
    assert LINK not in text


def test_request_tells_no_link_before_it_is_confirmed(event):
    services.register(event, "remote", GUEST, by=None)

    assert LINK not in last("registration_requested")


def test_letter_about_a_move_has_both_times_the_entry_and_the_way_out(event, office):
    registration = registered(event, "on_site")
    event.starts_at, event.ends_at = event.starts_at + A_DAY, event.ends_at + A_DAY
    event.venue = "Sali 6"

    event_services.save_event(event, by=office)

    text = last("event_moved")
    assert re.search(
        r"Sali 6.*Before, the time was .*Before, the place was Sali 5\.", text, re.DOTALL
    )
    assert re.search(r"cancel your registration: \S+/link/\S+/\n", text)
    assert re.search(r"Add to calendar: \S+/calendar\.ics\n", text)
    assert registration.event.venue == "Sali 5"


def test_letter_about_a_move_tells_a_remote_participant_of_no_place(event, office):
    """Who moves the event and who reads of it may read in two languages."""
    row = made.registration(event, factories.user(language="sv"), mode="remote")
    event.starts_at += datetime.timedelta(hours=1)

    with translation.override("fi"):
        event_services.save_event(event, by=office)
    found = letter(OutboxMail.objects.get(kind="event_moved", about_id=row.pk))

    assert "Den tidigare tiden" in found.text
    assert "Etänä" not in found.text


def test_letter_about_a_new_link_has_it(event, office):
    registered(event, "remote")
    event.remote_link = "https://example.org/toinen"

    event_services.save_event(event, by=office)

    text = last("event_moved")
    assert "https://example.org/toinen" in text
    assert "The link for joining is a new one" in text
    assert "Before, the time" not in text


def test_letter_to_one_who_waits_names_the_place_and_what_is_free(home_cluster):
    event = made.event(home_cluster, places=0, remote=True)
    for _number in range(3):
        person = factories.user()
        services.register(event, "on_site", made.details(person), by=person)

    registered(event, "on_site")

    assert (
        "The places on site are full. You are fourth in the queue. There are still remote places."
    ) in last("registration_waiting")


def test_guest_who_will_wait_reads_so_before_confirming(home_cluster):
    event = made.event(home_cluster, places=0)

    services.register(event, "on_site", GUEST, by=None)

    assert "only then do you get on the waiting list" in last("registration_requested")


@pytest.mark.parametrize("visibility", ["public", "members", "group"])
def test_every_link_of_every_letter_opens_without_signing_in(client, event, office, visibility):
    registration = registered(event, "on_site")
    services.register(event, "remote", GUEST, by=None)
    event.visibility, event.starts_at = visibility, event.starts_at + A_DAY / 24
    event_services.save_event(event, by=office)
    services.cancel_registration(registration, by=None)
    event_services.cancel_event(event, by=office, reason="Puhuja on sairas.")

    for mail in OutboxMail.objects.filter(about_id=registration.pk):
        links = re.findall(r"http://localhost:8000(\S+)", letter(mail).text)
        assert links
        for link in links:
            assert (link, client.get(link, follow=True).status_code) == (link, 200)


def test_letter_about_a_form_sent_again_says_what_one_has(event):
    registered(event, "on_site")
    services.register(event, "remote", GUEST, by=None)

    text = last("registration_again")
    assert "You are coming, on site." in text
    assert "If you want to take part in the other way" in text
    assert Registration.objects.get().mode == "on_site"
