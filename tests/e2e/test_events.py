"""Register, fill up, wait, move up: in the browser, with the mail read."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from cluster_portal.notifications.sending.delivery import deliver_due
from events.models import Registration
from tests import factories
from tests.events.factories import event


@pytest.fixture
def made(home_cluster):
    return event(home_cluster, places=1, title_fi="Harjoitus", title_en="Exercise")


def test_guest_confirms_by_mail_and_the_next_one_waits_and_moves_up(visitor, made, member):
    address = f"/en/events/{made.slug}/"
    guest = visitor(width=375).opens(address)
    guest.fills("Name", "Vieras Esimerkki").fills("E-mail address", "vieras@example.org")
    guest.presses("Register")
    guest.sees("One more step")

    guest.opens(link_in_mail_to("vieras@example.org")).presses("Confirm the registration")
    guest.sees("Your place is confirmed")

    factories.verified(member)
    member.language = "en"
    member.save()
    colleague = visitor(dark=True).signs_in(member).opens(address)
    colleague.presses("Register")
    colleague.sees("You are first in the queue")

    guest.page.on("dialog", lambda dialog: dialog.accept())
    guest.presses("Cancel the registration")
    confirm_in_dialog(guest)
    guest.sees("holds no place")

    colleague.opens(address).sees("You are coming, on site")
    stages = dict(Registration.objects.values_list("user", "stage"))
    assert stages == {None: "cancelled", member.pk: "confirmed"}
    deliver_due()
    assert "A place became free" in last_mail_to(member.email).subject


def confirm_in_dialog(person):
    dialog = person.page.get_by_role("dialog")
    if dialog.count():
        dialog.get_by_role("button").last.click()
        person.page.wait_for_load_state()


def last_mail_to(address):
    return [message for message in mail.outbox if message.to == [address]][-1]


def link_in_mail_to(address):
    deliver_due()
    return re.search(r"http://[^/\s]+(/\S*events/link/\S+)", last_mail_to(address).body)[1]
