"""Valkey, PostgreSQL and web servers that go away while people send forms (49, 69, 70, 99, 100)."""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from django.db import connection

from cluster_portal.home.demo import servers
from cluster_portal.home.demo.children import Child, owner_of_servers
from cluster_portal.notifications.models import MailState, OutboxMail
from events.models import Registration
from tests import factories, pgplugin
from tests.chaos.rig import at_once, wait_until
from tests.events.factories import event

FOUND, OK, AWAY = 302, 200, 503
SENDERS, EACH = 6, 12


@pytest.fixture
def cluster(portal):
    return factories.cluster("pirkanmaa")


def people(count):
    return [factories.verified(factories.user()) for _ in range(count)]


def all_sent():
    return not OutboxMail.objects.exclude(state=MailState.SENT).exists()


def extra_copies(portal):
    return sum(count - 1 for count in Counter(portal.sink.seen).values())


@dataclass
class Load:
    """People who register one after the other; a form that is refused is sent again."""

    browsers: list
    address: str
    seconds: float = 0.0
    refused: Counter = field(default_factory=Counter)
    gone: list[float] = field(default_factory=list)
    stop_trying: float = 90.0

    def run(self) -> None:
        size = len(self.browsers) // SENDERS
        parts = [self.browsers[n * size : (n + 1) * size] for n in range(SENDERS)]
        at_once([lambda part=part: [self.send(one) for one in part] for part in parts])

    def send(self, browser) -> None:
        until = time.monotonic() + self.stop_trying
        while time.monotonic() < until:
            began = time.monotonic()
            status, _ = browser.post(self.address, mode="on_site")
            self.seconds = max(self.seconds, time.monotonic() - began)
            if status == FOUND:
                return
            self.refused[status] += 1
            self.gone.append(time.monotonic())
            time.sleep(0.1)

    def outage(self) -> float:
        return max(self.gone) - min(self.gone) if self.gone else 0.0


@contextmanager
def under_load(portal, made):
    """A crowd registers in the background; leaving waits for the last of them."""
    crowd = people(SENDERS * EACH)
    browsers = [portal.browser(one, number) for number, one in enumerate(crowd)]
    load = Load(browsers, f"/events/{made.slug}/register/")
    thread = threading.Thread(target=load.run)
    thread.start()
    wait_until(lambda: Registration.objects.filter(event=made).count() >= SENDERS)
    try:
        yield load
    finally:
        thread.join()


def told(faults, portal, load, case, fault, *, recovered):
    """The row of a fault under load, and what always holds."""
    rows = Registration.objects.filter(event__slug=load.address.split("/")[2])
    lost = len(load.browsers) - rows.values("user").distinct().count()
    doubled = rows.count() - rows.values("user").distinct().count()
    faults(
        case,
        fault,
        lost=lost,
        doubled=doubled + extra_copies(portal),
        refused=sum(load.refused.values()),
        recovered=recovered,
    )
    assert (lost, doubled, extra_copies(portal)) == (0, 0, 0)
    assert set(load.refused) <= {AWAY}


def test_valkey_is_emptied_and_lost(portal, cluster, faults):
    made = event(cluster, places=None)
    portal.restarts.clear()
    with under_load(portal, made) as load:
        at = redis.Redis(unix_socket_path=str(portal.folder / "valkey.sock"))
        at.flushall()
        portal.valkey.process.kill()
        portal.valkey.process.wait()
        (portal.folder / "valkey.sock").unlink(missing_ok=True)
    away = dict(load.refused)
    portal.start_valkey()

    seconds = wait_until(all_sent)

    began_anew = f"{len(portal.restarts)} workers restarted by their supervisor"
    recovered = f"slowest form {load.seconds:.1f} s; mail in {seconds:.0f} s; {began_anew}"
    told(faults, portal, load, "69", "Valkey emptied, killed, back later", recovered=recovered)
    assert away == {}


def test_valkey_has_no_memory_left(portal, cluster, faults):
    made = event(cluster, places=None)
    at = redis.Redis(unix_socket_path=str(portal.folder / "valkey.sock"))
    at.config_set("maxmemory", "1")
    try:
        with under_load(portal, made) as load:
            pass
    finally:
        at.config_set("maxmemory", "0")

    seconds = wait_until(all_sent)

    recovered = f"no form refused; mail in {seconds:.0f} s"
    told(faults, portal, load, "100", "Valkey without memory", recovered=recovered)
    assert load.refused == {}


base = Path(os.environ.get(pgplugin.IS_MIGRATED, "/nowhere")).parent
is_ours = "PYTEST_XDIST_WORKER" not in os.environ and (base / "data").exists()


started: list[Child] = []


def restart_postgresql(away: float) -> None:
    """The server of the tests: asked to end at once, and another one on its data."""
    account, sockets = owner_of_servers(), base / "sockets"
    old = int((base / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(old, signal.SIGINT)
    wait_until(lambda: not (base / "data" / "postmaster.pid").exists())
    time.sleep(away)
    home, log = servers.postgres_home(account), base / "postgres.log"
    again = servers.postgres(home, base / "data", sockets, log, pgplugin.CARELESS)
    again.account = account
    started.append(again.start())
    atexit.register(again.wait)
    atexit.register(again.ask_to_stop)
    servers.wait_for_postgres(again, sockets, time.sleep)


@pytest.mark.skipif(not is_ours, reason="the server is another process's: -n 0")
def test_postgresql_is_restarted(portal, cluster, faults):
    made = event(cluster, places=None)
    with under_load(portal, made) as load:
        connection.close()
        restart_postgresql(away=3)

    seconds = wait_until(all_sent)

    recovered = f"503 for {load.outage():.0f} s, forms sent again; mail in {seconds:.0f} s"
    told(faults, portal, load, "70", "PostgreSQL restarted, 3 s away", recovered=recovered)
    assert all(child.poll() is None for child in portal.children.values())


def test_web_worker_is_killed(portal, cluster, faults):
    """What it was at is a connection that breaks: the form is sent again, and there is one row."""
    made = event(cluster, places=None)
    with under_load(portal, made) as load:
        os.kill(children_of(portal.master(1))[0], signal.SIGKILL)

    wait_until(all_sent)
    broken = load.refused.pop(0, 0)
    load.refused[AWAY] += broken
    recovered = f"{broken} connections broke, their forms were sent again"
    told(faults, portal, load, "49, 99", "a process of the web server killed", recovered=recovered)


READERS = 4


def test_web_servers_are_updated_while_people_read_and_write(portal, cluster, faults):
    made = event(cluster, places=None)
    statuses, done = [], threading.Event()

    def read(browser):
        while not done.is_set():
            statuses.append(browser.get(f"/events/{made.slug}/")[0])
            time.sleep(0.05)

    reading = [
        threading.Thread(target=read, args=[portal.browser(None, number)])
        for number in range(READERS)
    ]
    for each in reading:
        each.start()
    try:
        with under_load(portal, made) as load:
            seconds = max(portal.update(number) for number in (0, 1))
    finally:
        done.set()
        for each in reading:
            each.join()

    wait_until(all_sent)
    load.refused.update(status for status in statuses if status != OK)
    recovered = (
        f"{len(statuses)} pages read meanwhile; the next generation serves in {seconds:.0f} s"
    )
    told(faults, portal, load, "99", "two web servers updated under load", recovered=recovered)
    assert load.refused == {}


def children_of(process):
    return [
        int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]
