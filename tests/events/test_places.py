"""Places under parallel registrations, cancellations and the queue (TRUST 50-54)."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.services import offers, places
from events.services import registrations as services
from events.services.registrations import Details
from tests import factories
from tests.events.factories import details, event
from tests.races import Together, until_waited_for

NOON = datetime.datetime(2027, 3, 10, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


WORKERS = 12


def in_parallel(calls, workers=WORKERS):
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
    """The event's row is read and not held."""

    def lock(pk):
        return Event.objects.get(pk=pk)

    monkeypatch.setattr(places, "lock", lock)
    monkeypatch.setattr(services, "lock", lock)


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
    Together(WORKERS).after(monkeypatch, places, "has_room")

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
    """They find the event full, the only place becomes free, and then they commit."""
    row = services.register(made, "on_site", details(holder), by=holder)
    written, freed = Signal(), Signal()

    def come():
        with transaction.atomic():
            services.register(made, "on_site", details(comer), by=comer)
            written.set()
            until_waited_for(unless=freed.is_set)

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
    """The twin: the cancellation does not see them in the queue yet."""
    made = event(home_cluster, places=1)
    unlock(monkeypatch)

    cancel_while_one_registers(made, *crowd[:2])

    assert stages(made) == ["cancelled", "waiting"]
    assert made.seats.get().taken == 0


def test_guest_at_once_has_one_request_and_one_mail(home_cluster):
    made = event(home_cluster)
    guest = Details(name="Vieras Vierailija", email="vieras@example.org")

    in_parallel([lambda: services.register(made, "on_site", guest, by=None)] * 12)

    assert stages(made) == ["requested"]
    assert OutboxMail.objects.filter(kind="registration_requested").count() == 1


def test_without_the_lock_the_same_guest_breaks_the_unique_rule(home_cluster, monkeypatch):
    """The twin: the rule of the table stops what the lock did not."""
    made = event(home_cluster)
    guest = Details(name="Vieras Vierailija", email="vieras@example.org")
    unlock(monkeypatch)
    Together().after(monkeypatch, services, "_earlier")

    results = in_parallel([lambda: services.register(made, "on_site", guest, by=None)] * 12)

    assert any(isinstance(result, IntegrityError) for result in results)


def test_two_claims_of_one_registration_at_once_are_one(home_cluster, crowd):
    made, person = event(home_cluster), factories.verified(crowd[0])
    guest = Details(name="Vieras Vierailija", email=person.email)
    request = services.register(made, "on_site", guest, by=None)

    results = in_parallel([lambda: services.claim(request, by=person)] * 6)

    assert sum(isinstance(result, Registration) for result in results) == 1
    assert (stages(made), made.seats.get().taken) == (["confirmed"], 1)


def offered_queue(home_cluster, crowd, places=1, waiting=3):
    """An event that offers its places for a day; by day, so that it does."""
    made = event(home_cluster, places=places, queue="offer", offer_hours=24)
    rows = [
        services.register(made, "on_site", details(person), by=person)
        for person in crowd[: places + waiting]
    ]
    return made, rows


@pytest.fixture
def by_day():
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


def invariants(made):
    """Whatever happened: no place twice, none beyond the capacity, none free beside a queue."""
    for seats in Seats.objects.filter(event=made):
        rows = Registration.objects.filter(seats=seats)
        assert seats.taken == rows.occupying().count()
        assert seats.capacity is None or seats.taken <= seats.capacity + seats.extra
        assert seats.is_full or not rows.waiting().exists()


def test_sixty_for_ten_places_gives_exactly_ten(home_cluster):
    made = event(home_cluster, places=10)
    people = [factories.user() for _ in range(60)]

    in_parallel(registering(made, people))

    assert stages(made) == ["confirmed"] * 10 + ["waiting"] * 50
    invariants(made)


def test_one_person_twenty_times_is_one(home_cluster, crowd):
    made = event(home_cluster)

    in_parallel(registering(made, [crowd[0]] * 20))

    assert stages(made) == ["confirmed"]


def test_cancel_register_promote_and_capacity_at_once(home_cluster, crowd, office):
    made = event(home_cluster, places=5)
    first = [services.register(made, "on_site", details(p), by=p) for p in crowd[:15]]
    seats = made.seats.get()
    calls = [
        *(lambda row=row: services.cancel_registration(row, by=row.user) for row in first[:5]),
        lambda: places.set_capacity(seats, 7, by=office),
        lambda: places.add_extra(seats, 1, by=office, reason="Puhuja"),
        lambda: places.add_extra(seats, 1, by=office, reason="Toinen puhuja"),
        *registering(made, crowd[15:25]),
    ]

    in_parallel(calls)

    assert stages(made).count("confirmed") == 9
    invariants(made)


def test_offer_taken_as_it_is_declined_and_ends_is_one_of_them(home_cluster, crowd, by_day):
    made, rows = offered_queue(home_cluster, crowd)
    services.cancel_registration(rows[0], by=rows[0].user)
    Registration.objects.filter(pk=rows[1].pk).update(
        offer_expires_at=timezone.now() + datetime.timedelta(milliseconds=500)
    )
    calls = [
        lambda: offers.accept_offer(rows[1], by=None), offers.expire_offers,
        lambda: offers.decline_offer(rows[1], by=None), offers.expire_offers,
        lambda: (by_day.shift(1), offers.expire_offers()),
    ]  # fmt: skip

    in_parallel(calls)

    found = Registration.objects.get(pk=rows[1].pk).stage
    assert found in {"confirmed", "declined", "expired"}
    invariants(made)
    assert made.registrations.occupying().count() == 1


def test_without_the_lock_an_offer_is_taken_and_given_on(home_cluster, crowd, by_day, monkeypatch):
    """The twin: both see the offer open, and its one place is counted twice."""
    _made, rows = offered_queue(home_cluster, crowd)
    services.cancel_registration(rows[0], by=rows[0].user)
    unlock(monkeypatch)
    seen = Barrier(2, timeout=5)
    set_stage = places.set_stage

    def both_see_it(*args, **kwargs):
        seen.wait()
        return set_stage(*args, **kwargs)

    monkeypatch.setattr(offers, "set_stage", both_see_it)

    in_parallel([lambda: offers.accept_offer(rows[1], by=None),
                 lambda: offers.decline_offer(rows[1], by=None)])  # fmt: skip

    letters = OutboxMail.objects.filter(kind="registration_confirmed", about_id=rows[1].pk)
    assert letters.exists()
    assert Registration.objects.get(pk=rows[2].pk).stage == "offered"


def test_changing_to_the_last_place_as_another_takes_it(home_cluster, crowd):
    made = event(home_cluster, places=2, remote=True)
    Seats.objects.filter(event=made, mode="remote").update(capacity=1)
    rows = [services.register(made, "on_site", details(p), by=p) for p in crowd[:4]]
    calls = [
        lambda: services.change_mode(rows[0], "remote", by=rows[0].user),
        lambda: services.change_mode(rows[1], "remote", by=rows[1].user),
        lambda: services.register(made, "remote", details(crowd[5]), by=crowd[5]),
    ]

    in_parallel(calls)

    assert made.registrations.filter(seats__mode="remote").occupying().count() == 1
    for seats in Seats.objects.filter(event=made):
        assert seats.taken == Registration.objects.filter(seats=seats).occupying().count()


def test_colleague_at_once_is_registered_once(home_cluster, crowd):
    made = event(home_cluster)
    colleague = Details(name="Kollega Kaksi")

    in_parallel([lambda: services.register_colleague(made, "on_site", colleague, by=crowd[0])] * 8)

    assert stages(made) == ["confirmed"]
    invariants(made)
