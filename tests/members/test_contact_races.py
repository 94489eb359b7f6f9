"""Many messages at once stay within the limit, beside the twin that does not take turns."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.outbox import Guest
from members.models import ContactMessage
from members.services import contacts
from tests.races import Together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
MESSAGES = 8


def ask_at_once(company):
    def ask(number):
        guest = Guest(f"vieras+{number}@example.com", "Vieras", "fi")
        try:
            contacts.ask_confirmation(company, "Hei", guest=guest, network=f"192.0.2.{number}")
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(MESSAGES) as pool:
        list(pool.map(ask, range(MESSAGES)))
    return ContactMessage.objects.count()


def slowly(monkeypatch):
    """Who has counted waits for the others before writing."""
    Together(MESSAGES).before(monkeypatch, ContactMessage, "save")


def test_parallel_messages_stay_within_the_limit(company, monkeypatch):
    slowly(monkeypatch)

    assert ask_at_once(company) == contacts.FROM_MAILBOX


def test_twin_that_does_not_take_turns_exceeds_it(company, monkeypatch):
    slowly(monkeypatch)
    monkeypatch.setattr(contacts, "_take_turns", lambda: None)

    assert ask_at_once(company) > contacts.FROM_MAILBOX
