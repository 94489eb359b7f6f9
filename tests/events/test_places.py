"""Places under parallel registrations, cancellations and the queue (TRUST 50-54)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event as Signal

import pytest
from django.db import IntegrityError, connection, transaction

from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.services import admission
from events.services import registrations as services
from tests import factories
from tests.events.factories import details, event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def in_parallel(calls, workers=12):
    """Each call in a thread and connection of its own; exceptions come back as values."""

    def run(call):
        try:
            return call()
        except (IntegrityError, services.Refused) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, calls))


def registering(made, people):
    return [
        lambda person=person: services.register(made, "on_site", details(person), by=person)
        for person in people
    ]


def unlock(monkeypatch):
    """Both ways to the event's lock read its row and hold nothing; each looks for a moment."""
    slowly = admission._PLACE.replace("FROM seats", "FROM seats, pg_sleep(0.05)")
    assert slowly != admission._PLACE
    monkeypatch.setattr(admission, "_PLACE", slowly)
    monkeypatch.setattr(services, "lock", lambda pk: Event.objects.get(pk=pk))
    unlocked = admission.LOCK.replace("FOR NO KEY UPDATE", "")
    assert unlocked != admission.LOCK
    monkeypatch.setattr(admission, "LOCK", unlocked)


def stages(made):
    rows = Registration.objects.filter(event=made).values_list("stage", flat=True)
    return sorted(rows)


@pytest.fixture
def crowd(home_cluster):
    return [factories.user() for _ in range(30)]


def test_thirty_for_five_places_gives_exactly_five(home_cluster, crowd):
    made = event(home_cluster, places=5)

    in_parallel(registering(made, crowd))

    assert stages(made) == ["confirmed"] * 5 + ["waiting"] * 25
    assert made.seats.get().taken == 5


def test_without_the_lock_the_same_crowd_breaks(home_cluster, crowd, monkeypatch):
    """The twin: were this to pass as the one above does, that one would prove nothing."""
    made = event(home_cluster, places=5)
    unlock(monkeypatch)

    results = in_parallel(registering(made, crowd))

    assert any(isinstance(result, IntegrityError) for result in results)


def test_same_person_at_once_has_one_registration_and_one_mail(home_cluster, crowd):
    made, person = event(home_cluster), crowd[0]

    in_parallel(registering(made, [person] * 12))

    assert stages(made) == ["confirmed"]
    assert OutboxMail.objects.filter(kind="registration_confirmed").count() == 1


def test_cancellations_and_registrations_at_once_fill_each_freed_place_once(home_cluster, crowd):
    made = event(home_cluster, places=5)
    first = [services.register(made, "on_site", details(p), by=p) for p in crowd[:15]]

    cancelling = [
        lambda row=row: services.cancel_registration(row, by=row.user) for row in first[:5]
    ]
    in_parallel([*cancelling, *registering(made, crowd[15:])])

    holding = Registration.objects.holding().filter(event=made)
    assert holding.count() == 5
    assert {row.pk for row in holding} == {row.pk for row in first[5:10]}
    assert Seats.objects.get(event=made).taken == 5


def cancel_while_one_registers(made, holder, comer):
    """She finds the event full, the only place becomes free, and then she commits."""
    row = services.register(made, "on_site", details(holder), by=holder)
    written, freed = Signal(), Signal()

    def come():
        with transaction.atomic():
            services.register(made, "on_site", details(comer), by=comer)
            written.set()
            freed.wait(0.5)  # in vain when the cancellation waits for the lock

    def cancel():
        written.wait(10)
        services.cancel_registration(row, by=holder)
        freed.set()

    in_parallel([come, cancel])


def test_place_freed_while_one_registers_is_hers(home_cluster, crowd):
    made = event(home_cluster, places=1)

    cancel_while_one_registers(made, *crowd[:2])

    assert stages(made) == ["cancelled", "confirmed"]
    assert made.seats.get().taken == 1


def test_without_the_lock_she_waits_beside_a_free_place(home_cluster, crowd, monkeypatch):
    """The twin: the cancellation does not see her in the queue yet."""
    made = event(home_cluster, places=1)
    unlock(monkeypatch)

    cancel_while_one_registers(made, *crowd[:2])

    assert stages(made) == ["cancelled", "waiting"]
    assert made.seats.get().taken == 0


def test_guest_and_account_of_one_address_at_once_are_one_registration(home_cluster, crowd):
    """The guest's request takes no lock; the unique rule decides, and the account's place stays."""
    made = event(home_cluster, places=20)
    calls = []
    for person in crowd[:10]:
        guest = replace(details(person), name="Vieras")
        calls += [
            lambda person=person: services.register(made, "on_site", details(person), by=person),
            lambda guest=guest: services.register(made, "on_site", guest, by=None),
        ]

    in_parallel(calls)

    assert stages(made) == ["confirmed"] * 10
    assert made.seats.get().taken == 10
