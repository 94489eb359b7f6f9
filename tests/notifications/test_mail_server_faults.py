"""A worker process against a mail server that refuses, puts off, hangs or loses its answer."""

import asyncio
import os
import socket
import subprocess
import sys
from collections import Counter
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from tests import factories
from tests.notifications.conftest import verified

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.chaos, pytest.mark.smtp]

PATIENCE = 180  # seconds, for a worker that starts on a busy machine
NAMES = ("hyva", "kielto", "myohemmin", "katko")
EACH = 5
OUTCOMES = [  # case, readers, what the server does, how many it refuses, how it goes on
    ("71", ["hyva", "myohemmin"], "451 for some", 0, "an hour later, once each"),
    ("71", ["kielto"], "550", EACH, "stand among the failed, not tried again"),
    ("73", ["katko"], "gone after DATA", 0, "once more, an hour later, same Message-ID"),
]


class Moody:
    """By the reader: takes, refuses for good, says "later" once, hangs up after DATA once."""

    def __init__(self):
        self.seen = []
        self.once = set()

    def is_first(self, address):
        is_first = address not in self.once
        self.once.add(address)
        return is_first

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("kielto"):
            return "550 5.1.1 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        [address] = envelope.rcpt_tos
        if address.startswith("myohemmin") and self.is_first(address):
            return "451 4.7.1 try again later"
        self.seen.append((address, message_from_bytes(envelope.content)["Message-ID"]))
        if address.startswith("katko") and self.is_first(address):
            server.transport.abort()  # the letter is taken, the answer is lost
            await asyncio.sleep(0)
        return "250 OK"


@pytest.fixture
def moody():
    handler = Moody()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def work(port):
    """A worker of its own until nothing is due; its exit code."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    environment = {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "manage.py", "deliver_mail"]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=os.environ | environment, timeout=PATIENCE,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
    ).returncode  # fmt: skip


def post_to(names):
    cluster = factories.cluster()
    for name in names:
        for number in range(EACH):
            reader = verified(f"{name}{number}@example.org")
            outbox.post("coordinator_granted", to=reader, key="1", about=cluster)


def an_hour_later():
    OutboxMail.objects.filter(state=MailState.QUEUED).update(due_at=timezone.now())


def states():
    rows = OutboxMail.objects.values_list("recipient__email", "state")
    return {(address.partition("@")[0].rstrip("0123456789"), state) for address, state in rows}


def test_each_fault_of_the_mail_server_costs_what_it_must(moody, faults):
    """Nothing is lost; a lost answer costs one copy with the same Message-ID, a refusal none."""
    post_to(NAMES)

    assert work(moody.port) == 0
    assert states() == {
        ("hyva", MailState.SENT), ("kielto", MailState.FAILED),
        ("myohemmin", MailState.QUEUED), ("katko", MailState.QUEUED),
    }  # fmt: skip
    an_hour_later()
    assert work(moody.port) == 0

    copies = Counter(address for address, _id in moody.seen)
    for case, names, fault, refused, recovered in OUTCOMES:
        counts = [copies[f"{name}{number}@example.org"] for name in names for number in range(EACH)]
        faults(
            case,
            f"{len(counts)} letters, {fault}",
            lost=0 if refused else counts.count(0),
            doubled=sum(count - 1 for count in counts if count),
            refused=refused,
            recovered=recovered,
        )
    assert states() == {
        ("hyva", MailState.SENT), ("kielto", MailState.FAILED),
        ("myohemmin", MailState.SENT), ("katko", MailState.SENT),
    }  # fmt: skip
    assert {address: count for address, count in copies.items() if count > 1} == {
        f"katko{number}@example.org": 2 for number in range(EACH)
    }
    assert len(set(moody.seen)) == len(copies) == 3 * EACH


def test_server_that_hangs_blames_no_letter_and_all_leave_once_it_answers(moody, faults):
    post_to(["hyva"])
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()

        assert work(silent.getsockname()[1]) == 0

    rows = OutboxMail.objects.values_list("state", "attempts").distinct()
    assert list(rows) == [(MailState.QUEUED, 0)]
    an_hour_later()
    assert work(moody.port) == 0
    copies = Counter(address for address, _id in moody.seen)
    faults(
        "71",
        f"{EACH} letters, a server that takes connections and is silent",
        lost=EACH - len(copies),
        doubled=sum(copies.values()) - len(copies),
        recovered="no letter is blamed; all leave once it answers",
    )
    assert copies == {f"hyva{number}@example.org": 1 for number in range(EACH)}
