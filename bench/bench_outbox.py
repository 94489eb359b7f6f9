"""Draining the outbox into a local SMTP server, beside what one reused connection gives it.

The server runs in a process of its own. The yardstick sends the same letters, made before, one
after another over one connection; it neither renders, asks nor marks anything.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allauth.account.models import EmailAddress
from django.core.mail import get_connection
from django.test import override_settings
from django.utils import timezone

from bench.report import Report
from cluster_portal.notifications import delivery, outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.postman import Postman
from members.models import Cluster, User
from tests import factories
from tests.theses.factories import topic
from theses.models import Topic

COMMITS = True  # each letter is a transaction, as in the worker
MAILS = 400
ROUNDS = 3
GOAL = 0.7
SERVER = """
import sys, time
from aiosmtpd.controller import Controller
class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
print("ready", flush=True)
sys.stdin.read()
"""


def run(report: Report) -> None:
    bells = outbox.wake_hooks[:]
    outbox.wake_hooks.clear()  # no broker runs here
    try:
        with (
            _server() as port,
            override_settings(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=port,
            ),
        ):
            _measure(report)
    finally:
        outbox.wake_hooks.extend(bells)
        _clean()


def _measure(report: Report) -> None:
    people, about = _people(), topic(None, factories.cluster("bench-outbox"))
    outbox.post("topic_published", to=people[0], key="warm", about=about)
    letter = _first_letter()
    limits, drains = [], []
    for number in range(ROUNDS):  # in turns, so that a busy machine hurts both
        limits.append(_per_second(lambda: _send_alone(letter)))
        outbox.post_to_all("topic_published", to=people, key=str(number), about=about)
        drains.append(_per_second(_drain))
    limit, drain = max(limits), max(drains)
    report.add("one reused connection, letters made before", limit, "1/s")
    report.add("outbox, one worker", drain, "1/s")
    report.add("the outbox beside the connection", drain / limit, "×", goal=GOAL, at_least=True)
    left = OutboxMail.objects.exclude(state=MailState.SENT).count()
    report.add("letters not sent", left, "letters", goal=0)


def _per_second(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return MAILS / (time.perf_counter() - began)


def _first_letter() -> object:
    """What the worker would send, so that both have letters of the same size."""
    kept: list[object] = []

    class Keeping(Postman):
        def send(self, message: object) -> None:
            kept.append(message)

    delivery.deliver_some(Keeping(), most=1)
    return kept[0]


def _send_alone(letter: object) -> None:
    connection = get_connection()
    connection.open()
    for _number in range(MAILS):
        connection.send_messages([letter])
    connection.close()


def _drain() -> None:
    while delivery.deliver_due(seconds=60):
        pass


def _people() -> list[User]:
    now = timezone.now()
    people = User.objects.bulk_create(
        User(email=f"bench{n}@example.org", first_name="B", last_name=str(n), date_joined=now)
        for n in range(MAILS)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    return people


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-c", SERVER, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        process.stdout.readline()  # type: ignore[union-attr]
        yield port
    finally:
        process.communicate()


def _clean() -> None:
    OutboxMail.objects.all().delete()
    Topic.objects.filter(home_cluster__slug="bench-outbox").delete()
    User.objects.filter(email__startswith="bench").delete()
    Cluster.objects.filter(slug="bench-outbox").delete()
