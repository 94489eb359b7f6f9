"""Several workers compose one letter, and several presses send it, at the same moment."""

import threading
from collections import Counter

import pytest
from django.utils import timezone

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import Letter, LetterReceiver, MailState, OutboxMail
from cluster_portal.notifications.models.letters import LetterQuerySet, Stage
from cluster_portal.notifications.services import letters
from tests import factories
from tests.notifications import letter_writing
from tests.notifications.test_races import in_parallel, unguarded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

READERS = 24


@pytest.fixture
def cluster():
    return factories.cluster("pirkanmaa")


@pytest.fixture
def writer(cluster):
    return factories.coordinator(cluster, "office@example.org")


@pytest.fixture
def made(cluster, writer, monkeypatch):
    """A letter on its way to many readers, composed in small chunks."""
    monkeypatch.setattr(letters, "CHUNK", 4)
    firm = letter_writing.member("Yritys Oy", cluster)
    for _number in range(READERS):
        letter_writing.person(firm)
    return letter_writing.letter(cluster)


def send(made, writer):
    letters.send(made, by=writer, seen=letters.version_of(made))


def times_each():
    rows = Counter(LetterReceiver.objects.values_list("user", flat=True))
    return len(rows), max(rows.values())


def claim_without_lock(self, now):
    return self.due(now).order_by("pk").first()


def test_parallel_workers_compose_for_each_reader_once(made, writer):
    send(made, writer)

    in_parallel(lambda: letters.send_due(timezone.now()))
    letters.send_due(timezone.now())

    assert times_each() == (READERS, 1)
    assert letters.mails_of(made).count() == READERS


def test_parallel_workers_without_lock_and_constraint_write_copies(made, writer, monkeypatch):
    send(made, writer)
    monkeypatch.setattr(LetterQuerySet, "claim", claim_without_lock)

    with unguarded(LetterReceiver, "notifications_receiver_once_per_user"):
        in_parallel(lambda: letters.send_due(timezone.now()))

        assert times_each()[1] > 1


def test_parallel_presses_send_once(made, writer):
    seen = letters.version_of(made)
    refused = []

    def press():
        try:
            letters.send(Letter.objects.get(), by=writer, seen=seen)
        except Refused as answer:
            refused.append(answer)

    in_parallel(press, threads=4)

    assert len(refused) == 3
    assert AuditEntry.objects.filter(action="letter sent").count() == 1


def test_parallel_presses_without_the_lock_send_more_than_once(made, writer, monkeypatch):
    seen = letters.version_of(made)
    together = threading.Barrier(3)

    def lock_nothing(letter):
        found = Letter.objects.get(pk=letter.pk)
        together.wait(10)
        return found

    monkeypatch.setattr(letters, "_lock", lock_nothing)

    in_parallel(lambda: letters.send(made, by=writer, seen=seen), threads=3)

    assert AuditEntry.objects.filter(action="letter sent").count() > 1


def test_stop_while_workers_compose_leaves_no_reader_without_their_letter(made, writer):
    """Whoever is a receiver afterwards has the letter, and nothing of it waits."""
    send(made, writer)
    letters.compose_some(timezone.now())
    sent = OutboxMail.objects.order_by("pk").first()
    OutboxMail.objects.filter(pk=sent.pk).update(state=MailState.SENT, sent_at=timezone.now())
    turns = iter([lambda: letters.stop(made, by=writer), *[_compose] * 3])

    def act():
        next(turns)()

    in_parallel(act, threads=4)

    made.refresh_from_db()
    assert made.stage == Stage.CANCELLED
    assert not OutboxMail.objects.filter(state=MailState.QUEUED).exists()
    assert [row.user_id for row in LetterReceiver.objects.all()] == [sent.recipient_id]


def _compose():
    letters.send_due(timezone.now())
