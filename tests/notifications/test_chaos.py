"""Workers killed while they send: nothing is lost, and a kill costs one copy at most."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail as django_mail
from django.db import connection, transaction
from django.test import override_settings

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import LetterReceiver, MailState, OutboxMail
from cluster_portal.notifications.sending import smtp
from cluster_portal.notifications.sending.delivery import deliver_due
from cluster_portal.notifications.services import letters
from members.models import Affiliation, User
from tests import factories
from tests.notifications import letter_writing
from tests.notifications.conftest import verified

pytestmark = [pytest.mark.django_db(transaction=True)]

MAILS, KILLS, EVERY = 60, 4, 10
PATIENCE = 240  # seconds, for a worker that starts on a busy machine
SINCE = date(2020, 1, 1)


class Sink:
    """Takes every letter, remembers its Message-ID, and rings at every tenth."""

    def __init__(self):
        self.seen = []
        self.ring = threading.Event()
        self.pause = 0.0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.seen.append(message_from_bytes(envelope.content)["Message-ID"])
        if len(self.seen) % EVERY == 0:
            self.ring.set()
        await asyncio.sleep(self.pause)
        return "250 OK"


@pytest.fixture
def sink():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.port = port
    yield handler
    controller.stop()


@pytest.fixture
def start_worker(sink):
    """Starts real processes on this test's database; none outlives the test."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    address = f"{server}/{connection.settings_dict['NAME']}"
    environment = {"DATABASE_URL": address, "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}"}
    started = []

    def start():
        command = [sys.executable, "manage.py", "deliver_mail"]
        started.append(
            subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=os.environ | environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        )
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.chaos
@pytest.mark.smtp
def test_killed_workers_lose_no_mail_and_cost_a_copy_each_at_most(sink, start_worker, faults):
    reader, cluster = verified("aino@example.org"), factories.cluster()
    for number in range(MAILS):
        outbox.post("coordinator_granted", to=reader, key=str(number), about=cluster)

    for _ in range(KILLS):
        sink.ring.clear()
        running = start_worker()
        assert sink.ring.wait(PATIENCE)
        running.kill()
        running.wait()
    last = start_worker()
    last.communicate(timeout=PATIENCE)

    counted = Counter(sink.seen)
    faults(
        "67",
        f"{MAILS} letters, their worker killed {KILLS} times",
        lost=MAILS - len(counted),
        doubled=len(sink.seen) - len(counted),
        recovered="the next worker; a copy bears the same Message-ID",
    )
    assert last.returncode == 0
    assert set(counted) == set(OutboxMail.objects.values_list("message_id", flat=True))
    assert len(sink.seen) - MAILS <= KILLS
    assert not OutboxMail.objects.exclude(state=MailState.SENT).exists()


def people_of(firm, count):
    users = User.objects.bulk_create(
        User(email=f"reader{number}@example.org", first_name="A", last_name=f"{number:04}")
        for number in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in users
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=one, organisation=firm, role="member", stage="confirmed", since=SINCE)
        for one in users
    )
    return users


def wait_for(count):
    """Until other transactions have committed so many receivers."""
    ends = time.monotonic() + PATIENCE
    while LetterReceiver.objects.count() < count:
        assert time.monotonic() < ends
        time.sleep(0.05)


def kill_between_chunks(letter, last, start_worker):
    """The second chunk waits for a row that is held here."""
    with transaction.atomic():
        LetterReceiver.objects.create(letter=letter, user=last, audience="members")
        composing = start_worker()
        wait_for(1 + letters.CHUNK)
        composing.kill()
        composing.wait()
        transaction.set_rollback(True)


@pytest.mark.chaos
@pytest.mark.smtp
def test_letter_killed_while_it_is_composed_and_sent_goes_to_everybody_once(
    sink, start_worker, faults
):
    cluster = factories.cluster()
    writer = factories.coordinator(cluster)
    users = people_of(letter_writing.member("Yritys Oy", cluster), letters.CHUNK + 20)
    letter = letter_writing.letter(cluster)
    letters.send(letter, by=writer, seen=letters.version_of(letter))

    kill_between_chunks(letter, users[-1], start_worker)
    assert LetterReceiver.objects.count() == letters.CHUNK
    sending = start_worker()
    assert sink.ring.wait(PATIENCE)
    sending.kill()
    sending.wait()
    last = start_worker()
    last.communicate(timeout=PATIENCE)

    letter.refresh_from_db()
    receivers = Counter(letter.receivers.values_list("user", flat=True))
    faults(
        "67",
        f"a letter to {len(users)}, killed composing and sending",
        lost=len(users) - len(set(sink.seen)),
        doubled=len(sink.seen) - len(set(sink.seen)),
        recovered="composed on from where it stood; everybody once",
    )
    assert (last.returncode, letter.stage) == (0, "sent")
    assert receivers == {one.pk: 1 for one in users}
    assert set(sink.seen) == set(OutboxMail.objects.values_list("message_id", flat=True))
    assert len(set(sink.seen)) == len(users)
    assert len(sink.seen) - len(users) <= 1


@pytest.mark.smtp
@pytest.mark.usefixtures("notice")
def test_real_smtp_carries_the_mail_with_all_its_headers(sink):
    reader = verified("aino@example.org", language="fi", first_name="Aino")
    outbox.post("test_notice", to=reader, key="1", values={"name": "Ääkkönen"})

    with override_settings(
        EMAIL_BACKEND="cluster_portal.notifications.sending.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=sink.port,
    ):
        deliver_due()

    assert sink.seen == [OutboxMail.objects.get(state=MailState.SENT).message_id]
    assert django_mail.outbox == []


SLOW = 1.5


@pytest.mark.smtp
@pytest.mark.usefixtures("notice")
@pytest.mark.parametrize(
    ("patience", "state", "is_unanswered"),
    [(600, MailState.SENT, False), (0.3, MailState.QUEUED, True)],
    ids=["as the RFC says", "lost answer"],
)
def test_slow_answer_to_a_letter_is_waited_for(sink, monkeypatch, patience, state, is_unanswered):
    """Longer than any other command may take; and a lost one is no reason to come again at once."""
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", patience)
    monkeypatch.setattr(sink, "pause", SLOW)
    outbox.post("test_notice", to=verified("aino@example.org"), key="1", values={"name": "."})

    with override_settings(
        EMAIL_BACKEND="cluster_portal.notifications.sending.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=sink.port,
        EMAIL_TIMEOUT=0.5,
    ):
        deliver_due()
        deliver_due()

    mail = OutboxMail.objects.get()
    assert (mail.state, mail.is_unanswered, mail.attempts) == (state, is_unanswered, 1)
