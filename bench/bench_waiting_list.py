"""A queue of 500 that moves up at once, and a storm of clients that leaves every invariant true.

`STORM` seconds of the environment lengthen the storm: five minutes are `STORM=300`.
"""

from __future__ import annotations

import datetime
import os
import random
import threading
import time
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, connections
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.services import offers, places, quotas
from events.services import registrations as services
from tests import factories
from tests.events.factories import details, event

if TYPE_CHECKING:
    from bench.report import Report
    from members.models import Cluster, User

COMMITS = True
WAITING = 500
CLIENTS = 30
SECONDS = float(os.environ.get("STORM", "5"))
GOAL_PROMOTED = 2.0
MOST_PLACES = 12


def run(report: Report) -> None:
    cluster = factories.cluster("bench-waiting")
    office = factories.user()
    bells, outbox.wake_hooks[:] = outbox.wake_hooks[:], []
    try:
        _promote(report, cluster, office)
        _storm(report, cluster, office)
    finally:
        outbox.wake_hooks[:] = bells
        _clean()


def _promote(report: Report, cluster: Cluster, office: User) -> None:
    made = event(cluster, places=0)
    seats = made.seats.get()
    Registration.objects.bulk_create(
        Registration(
            event=made, seats=seats, user=person, name=person.get_full_name(), stage="waiting"
        )
        for person in (factories.user() for _ in range(WAITING))
    )
    began = time.perf_counter()
    places.set_capacity(seats, WAITING, by=office)
    taken = time.perf_counter() - began
    moved = Registration.objects.filter(event=made, stage="confirmed").count()
    letters = OutboxMail.objects.filter(kind="registration_moved_up").count()
    report.add("500 waiting people promoted", taken, "s", goal=GOAL_PROMOTED)
    report.add("promoted people without a letter", WAITING - min(moved, letters), "", goal=0)


def _storm(report: Report, cluster: Cluster, office: User) -> None:
    """Half of the events offer their places; everybody does anything at any time."""
    made = [
        event(cluster, places=5, remote=True, queue="offer" if number % 2 else "at_once")
        for number in range(4)
    ]
    Seats.objects.filter(event__in=made, mode="remote").update(capacity=5)
    people = [factories.user() for _ in range(CLIENTS)]
    _hold_places(made[:2], people[: CLIENTS // 2], office)
    until, acts, broken = time.monotonic() + SECONDS, [0] * CLIENTS, []
    busy = [0] * CLIENTS

    def client(number: int) -> None:
        dice = random.Random(number)
        while time.monotonic() < until:
            try:
                _act(dice, dice.choice(made), people[number], office)
                acts[number] += 1
            except (Refused, IntegrityError, OperationalError) as no:
                busy[number] += isinstance(no, OperationalError)  # waited too long for its turn
                if isinstance(no, IntegrityError):
                    broken.append(str(no))
        connections.close_all()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.add("storm of 30 clients, acts", sum(acts) / SECONDS, "1/s")
    report.add("storm: acts that waited too long for their turn", sum(busy), "")
    report.add("storm: rules that the database had to hold", len(broken), "", goal=0)
    report.add("storm: broken invariants", sum(map(_broken, made)), "", goal=0)


def _hold_places(made: list[Event], people: list[User], office: User) -> None:
    """Two places of each for companies, of which these people are."""
    company = factories.organisation(kind="company")
    for person in people:
        factories.affiliation(person, company)
    day = timezone.localdate() + datetime.timedelta(days=7)
    for each in made:
        wanted = [quotas.Wanted("sector", 2, day, sector="business")]
        quotas.put_quotas(each.seats.get(mode="on_site"), wanted, by=office)


def _act(dice: random.Random, made: Event, person: User, office: User) -> None:
    own = Registration.objects.active().filter(event=made, user=person).first()
    mode = dice.choice(["on_site", "remote"])
    what = dice.random()
    if what < 0.1:
        seats = Seats.objects.get(event=made, mode=mode)
        places.set_capacity(seats, dice.randint(1, MOST_PLACES), by=office)
    elif what < 0.15:
        offers.offer_free_places()
        offers.expire_offers()
    elif own is None:
        services.register(made, mode, details(person), by=person)
    elif own.stage == "offered":
        answer = dice.choice([offers.accept_offer, offers.decline_offer])
        answer(own, by=person)
    elif what < 0.5:
        services.change_mode(own, mode, by=person)
    else:
        services.cancel_registration(own, by=person)


def _broken(made: Event) -> int:
    """The counter is the rows, no more than there are places, and nobody waits beside a free one
    that is theirs at once."""
    found = 0
    for seats in Seats.objects.filter(event=made).select_related("event"):
        rows = Registration.objects.filter(seats=seats)
        held = rows.occupying().count()
        waits_in_vain = made.queue == "at_once" and not seats.is_full and rows.waiting().exists()
        too_many = seats.total is not None and held + seats.held > seats.total
        kept = sum(seats.quotas.values_list("held", flat=True))
        found += (seats.taken != held) + too_many + waits_in_vain + (seats.held != kept)
    doubles = Registration.objects.active().filter(event=made).exclude(user=None)
    return found + doubles.count() - doubles.values("user").distinct().count()


def _clean() -> None:
    OutboxMail.objects.all().delete()
    Registration.objects.all().delete()
    Seats.objects.all().delete()
    Event.objects.all().delete()
