"""Workers that are asked to end while they send, and a slow mail server (68, 72)."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from tests import factories
from tests.chaos.rig import PATIENCE, wait_until

LETTERS, ENDS = 60, 2
TAR, SLOW_LETTERS, SOON = 15.0, 10, 60


@pytest.fixture
def cluster(portal):
    return factories.cluster("pirkanmaa")


def write(cluster, count):
    for number in range(count):
        reader = factories.verified(factories.user())
        outbox.post("coordinator_granted", to=reader, key=str(number), about=cluster)


def all_sent():
    return not OutboxMail.objects.exclude(state=MailState.SENT).exists()


def lost_and_doubled(portal):
    known = set(OutboxMail.objects.values_list("message_id", flat=True))
    copies = Counter(portal.sink.seen)
    return len(known - set(copies)), sum(copies.values()) - len(copies)


def test_worker_is_asked_to_end_while_it_sends(portal, cluster, faults):
    """As in an update: what it has begun it finishes."""
    portal.sink.pause = 0.5
    write(cluster, LETTERS)

    for _ in range(ENDS):
        least = len(portal.sink.seen) + 4
        wait_until(lambda least=least: len(portal.sink.seen) >= least)
        worker = portal.children["worker"]
        worker.terminate()
        worker.wait(PATIENCE)
    seconds = wait_until(all_sent)

    lost, doubled = lost_and_doubled(portal)
    faults(
        "68",
        f"{LETTERS} letters, their worker asked to end {ENDS} times",
        lost=lost,
        doubled=doubled,
        recovered=f"the next worker and the beat; all left {seconds:.0f} s later",
    )
    assert (lost, doubled) == (0, 0)


def test_new_password_leaves_soon_while_the_server_is_slow(portal, cluster, faults):
    person = factories.verified(factories.user("omistaja@example.org"))
    portal.sink.pause = TAR
    write(cluster, SLOW_LETTERS)
    wait_until(lambda: bool(portal.sink.seen))

    began = time.monotonic()
    status, _page = portal.browser().post("/accounts/password/reset/", email=person.email)
    asked = OutboxMail.objects.filter(recipient=person)
    wait_until(lambda: asked.filter(state=MailState.SENT).exists())
    seconds = time.monotonic() - began
    behind = OutboxMail.objects.filter(state=MailState.QUEUED).count()
    wait_until(all_sent)

    lost, doubled = lost_and_doubled(portal)
    faults(
        "72",
        f"each of {SLOW_LETTERS} letters takes {TAR:.0f} s; somebody needs a password",
        lost=lost,
        doubled=doubled,
        recovered=f"that letter leaves in {seconds:.0f} s, {behind} others still wait",
    )
    assert status in (200, 302)
    assert (lost, doubled) == (0, 0)
    assert seconds < SOON
    assert behind > 0
