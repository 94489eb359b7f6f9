"""Registering: the POST beside a bare one that inserts a row, and one hot event at 32 at once.

Both POSTs are sent as a browser sends them, over a kept connection to the production server, which
is `bench.served` with the bare one beside the portal's own. The
yardstick of the hot event is the least that can never overbook, by the same ORM in as many threads
of one process: lock one counter row, raise it, insert one row, commit.
The doorbell is silent: it rings from a thread of its own after the answer, which here would be in
the bare one's turn and at a broker that is not there.
"""

from __future__ import annotations

import http
import statistics
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, connections, transaction

from bench import served
from bench.report import Report, ratio
from cluster_portal.notifications import outbox
from events.models import Event, Registration, Seats
from events.services import registrations as services
from tests import factories
from tests.events.factories import details, event

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import User

COMMITS = True
AT_ONCE = 32
PEOPLE = 320
PLACES = 100
ROUNDS = 5
TIMES = 200
GOAL_HOT = 0.3
GOAL_POST = 3.0


def run(report: Report) -> None:
    cluster = factories.cluster("bench-events")
    made = [event(cluster, places=PLACES) for _ in range(ROUNDS)]
    people = [factories.user() for _ in range(PEOPLE)]
    bells, outbox.wake_hooks[:] = outbox.wake_hooks[:], []
    try:
        _hot(report, made, people)
        _post(report, cluster)
    finally:
        outbox.wake_hooks[:] = bells
        _clean()


def _hot(report: Report, made: list[Event], people: list[User]) -> None:
    """An event for each turn, in turns, so that a busy machine hurts both."""
    pairs = [(_bare_per_second(), _ours_per_second(each, people)) for each in made]
    limit, portal = (statistics.median(figures) for figures in zip(*pairs, strict=True))
    report.add("one hot event, 32 at once", portal, "1/s")
    report.add(
        "the same beside a locked counter", portal / limit, "×", goal=GOAL_HOT, at_least=True
    )
    held = [Registration.objects.holding().filter(event=each).count() for each in made]
    report.add("overbooked", max(0, max(held) - PLACES), "places", goal=0)


def _bare_per_second() -> float:
    counter = Group.objects.create(name="0")

    def bare(number: int) -> None:
        with transaction.atomic():
            row = Group.objects.select_for_update(no_key=True).get(pk=counter.pk)
            Group.objects.filter(pk=row.pk).update(name=str(int(row.name) + 1))
            Group.objects.create(name=f"place-{number}")

    speed = _per_second(bare)
    Group.objects.all().delete()
    return speed


def _ours_per_second(made: Event, people: list[User]) -> float:
    def ours(number: int) -> None:
        person = people[number]
        services.register(made, "on_site", details(person), by=person)

    return _per_second(ours)


def _per_second(work: Callable[[int], None]) -> float:
    """Each thread has one connection, opened before the clock starts and closed when it is done."""
    numbers = iter(range(PEOPLE))
    started = threading.Barrier(AT_ONCE + 1)

    def one() -> None:
        connection.ensure_connection()
        started.wait()
        for number in numbers:
            work(number)
        connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    started.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return PEOPLE / (time.perf_counter() - began)


def _post(report: Report, cluster: object) -> None:
    made = event(cluster, places=None)  # type: ignore[arg-type]
    numbers = iter(range(1_000_000))

    def ours() -> None:
        number = next(numbers)
        form = {"mode": "on_site", "name": f"Vieras {number}", "email": f"v{number}@example.org"}
        send(f"/events/{made.slug}/register/", form)

    def bare() -> None:
        send("/bare/", {"name": "bare"})

    def send(address: str, form: dict[str, str]) -> None:
        assert served.post(browser, address, urlencode(form), key) == http.HTTPStatus.FOUND  # noqa: S101

    with served.server() as browser:
        key = served.token(browser, f"/events/{made.slug}/")
        times = ratio(ours, bare, times=TIMES)
        report.add("POST of a guest beside a bare POST", times, "×", goal=GOAL_POST)


def _clean() -> None:
    cache.clear()
    Registration.objects.all().delete()
    Seats.objects.all().delete()
    Event.objects.all().delete()
    Group.objects.all().delete()
