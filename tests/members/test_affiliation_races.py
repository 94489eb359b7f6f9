"""Two contacts leave at the same moment, beside the twin without the lock."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cluster_portal.core.errors import Refused
from members.models import Affiliation
from members.services import affiliations
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def contacts(company):
    return [factories.affiliation(factories.user(), company, role="contact") for _each in range(2)]


def leave_at_once(contacts, monkeypatch):
    """Both have looked whether another contact stays before either is allowed to write."""
    gate, step = threading.Barrier(2), affiliations._step

    def meet(*args, **values):
        try:
            gate.wait(1)
        except threading.BrokenBarrierError:
            pass  # the other one waits for the lock
        return step(*args, **values)

    def leave(affiliation):
        try:
            affiliations.end(affiliation, by=affiliation.user)
        except Refused:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(affiliations, "_step", meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(leave, contacts))
    return Affiliation.objects.confirmed().filter(role="contact").count()


def test_one_contact_stays(contacts, monkeypatch):
    assert leave_at_once(contacts, monkeypatch) == 1


def test_without_the_lock_none_stays(contacts, monkeypatch):
    monkeypatch.setattr(affiliations, "lock_people", lambda pk: None)

    assert leave_at_once(contacts, monkeypatch) == 0
