"""Two accounts answer the same invitation at once, beside the twin without the lock."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cluster_portal.core.errors import Refused
from members.models import Affiliation, NamedPerson
from members.services import named_people
from members.services.named_people import Named
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def person(company, home_cluster, office):
    return named_people.record_person(
        Named("Aino Malli", "aino@example.org"), home_cluster, by=office, source="Rekisteri",
        organisation=company,
    )  # fmt: skip


def accept_at_once(person, monkeypatch):
    """Both have read the row as unanswered before either is allowed to go on."""
    gate, go_on = threading.Barrier(2), named_people._become_colleague

    def meet(*args):
        try:
            gate.wait(1)
        except threading.BrokenBarrierError:
            pass  # the other one waits for the lock
        return go_on(*args)

    def accept(user):
        try:
            named_people.accept(person, by=user)
        except Refused:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(named_people, "_become_colleague", meet)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(accept, [factories.user(), factories.user()]))
    return Affiliation.objects.filter(organisation=person.organisation, stage="requested").count()


def test_one_of_two_accounts_takes_the_place(person, monkeypatch):
    assert accept_at_once(person, monkeypatch) == 1


def test_without_the_lock_both_do(person, monkeypatch):
    monkeypatch.setattr(named_people, "lock", lambda person: NamedPerson.objects.get(pk=person.pk))

    assert accept_at_once(person, monkeypatch) == 2
