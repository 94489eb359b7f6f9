"""Digests composed by several processes that are killed, and what comes meanwhile (76, 77)."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.models import Count

from cluster_portal.notifications import digests
from cluster_portal.notifications.models import Digest, DigestItem, OutboxMail
from members.models import User
from tests import factories
from tests.chaos.rig import PATIENCE, wait_until
from tests.theses import factories as made

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
WEEK = timedelta(days=7)
READERS, COMPOSERS = 120, 4
COMPOSE = """
from datetime import datetime
from cluster_portal.notifications import digest_rounds, digests
one = digest_rounds.of_period("weekly", "2026-W48")
known = digests.Candidates()
for pk in list(one.readers().order_by("pk").values_list("pk", flat=True)):
    digests.compose_chunk(one, pk, pk, known)
"""


@pytest.fixture
def readers(post):
    people = [factories.verified(factories.user()) for _ in range(READERS)]
    User.objects.update(date_joined=MONDAY - timedelta(days=90))
    return people


@pytest.fixture
def topics(post):
    firm, cluster = factories.organisation("Esimerkki Oy"), factories.cluster("pirkanmaa")
    return [made.topic(firm, cluster, published_at=MONDAY - timedelta(days=2)) for _ in range(3)]


def composed():
    return Digest.objects.values("user").distinct().count()


def doubled(model, *by):
    rows = model.objects.values(*by).annotate(number=Count("pk"))
    return sum(row["number"] - 1 for row in rows)


def test_composers_beside_each_other_that_are_killed(post, readers, topics, faults):
    """As two beats, and one that starts anew all the time, would have it."""
    running = [post.run("shell", "--command", COMPOSE) for _ in range(COMPOSERS)]
    try:
        for number, child in enumerate(running[:-1]):
            wait_until(lambda least=10 * (number + 1): composed() >= least)
            child.kill()
        running[-1].communicate(timeout=PATIENCE)
    finally:
        for child in running:
            child.kill()
            child.communicate()
    post.act("shell", "--command", COMPOSE)  # the next tick finds who is left
    letters = OutboxMail.objects.filter(kind="digest")
    copies = doubled(Digest, "user", "kind", "period") + doubled(letters.model, "recipient", "key")
    copies += doubled(DigestItem, "user", "content_type", "object_id")

    faults(
        "76",
        f"{COMPOSERS} composers for {READERS} people, {COMPOSERS - 1} killed",
        lost=READERS - letters.values("recipient").distinct().count(),
        doubled=copies,
        recovered="the next tick composes for who is left: one digest each",
    )
    assert (composed(), letters.count(), copies) == (READERS, READERS, 0)


def test_after_an_outage_of_weeks_one_digest_tells_all(post, readers, topics, faults):
    missed = made.topic(
        topics[0].organisation, topics[0].home_cluster, published_at=MONDAY + timedelta(days=9)
    )

    told = digests.compose_digests(MONDAY + 3 * WEEK)
    again = digests.compose_digests(MONDAY + 3 * WEEK + timedelta(hours=1))

    known = {topic.pk for topic in (*topics, missed)}
    items = DigestItem.objects.filter(user=readers[0], content_type__model="topic")
    faults(
        "76",
        f"no beat for three weeks, {READERS} people",
        lost=len(known - set(items.values_list("object_id", flat=True))),
        doubled=Digest.objects.count() - READERS,
        recovered="one digest of the newest week tells what all of them missed",
    )
    assert (told, again) == (READERS, 0)
    assert set(items.values_list("object_id", flat=True)) == known


def test_committed_after_the_digest_was_read(post, readers, topics, faults):
    """Published before the digest by its own clock, seen by others only after it."""

    def publish():
        try:
            with transaction.atomic():
                late.append(
                    made.topic(
                        topics[0].organisation,
                        topics[0].home_cluster,
                        published_at=MONDAY - timedelta(minutes=1),
                    )
                )
                while not is_read:
                    time.sleep(0.02)
        finally:
            connection.close()

    late = []
    is_read = []
    writing = Thread(target=publish)
    writing.start()
    wait_until(lambda: bool(late))
    digests.compose_digests(MONDAY)
    is_read.append(True)
    writing.join(PATIENCE)
    digests.compose_digests(MONDAY + WEEK)

    told = DigestItem.objects.filter(content_type__model="topic")
    periods = set(told.filter(object_id=late[0].pk).values_list("digest__period", flat=True))
    faults(
        "77",
        f"a topic committed after the digest was read, {READERS} people",
        lost=READERS - told.filter(object_id=late[0].pk).count(),
        doubled=doubled(DigestItem, "user", "content_type", "object_id"),
        recovered="in the next digest, and nothing twice",
    )
    assert periods == {"2026-W49"}
    assert told.count() == READERS * (len(topics) + 1)
