"""Draining the outbox into a local SMTP server, beside what one reused connection gives it.

The server runs in a process of its own. The yardstick sends the same letters with Django, made
before, one after another over one connection; it neither renders, asks nor marks anything. The
outbox is measured twice: one message to many readers, and a letter of its own for each.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import override_settings
from django.utils import timezone

from bench.report import Report
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from members.models import Cluster, User
from tests import factories
from tests.theses.factories import application, topic
from theses.models import Application, Topic

COMMITS = True  # as in the worker
MAILS, ROUNDS = 100, 5
GOAL = 17  # ten thousand letters in ten minutes
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
            mail_server() as port,
            override_settings(
                EMAIL_BACKEND="cluster_portal.notifications.sending.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=port,
                MAIL_PER_DOMAIN=0,
            ),
        ):
            _measure(report)
    finally:
        outbox.wake_hooks.extend(bells)
        _clean()


def _measure(report: Report) -> None:
    cluster, people = factories.cluster("bench-outbox"), _people()
    shared = topic(None, cluster)
    own = [application(shared, one) for one in people]
    outbox.post("topic_published", to=people[0], key="warm", about=shared)
    letter = _first_letter()
    seconds = dict.fromkeys(("connection", "one", "own"), 0.0)
    for number in range(ROUNDS):  # in turns, so that a busy machine hurts all alike
        seconds["connection"] += _seconds(lambda: _send_alone(letter))
        outbox.post_to_all("topic_published", to=people, key=str(number), about=shared)
        seconds["one"] += _seconds(_drain)
        for row in own:
            outbox.post("thesis_application_sent", to=row.student, key=str(number), about=row)
        seconds["own"] += _seconds(_drain)
    rates = {name: MAILS * ROUNDS / taken for name, taken in seconds.items()}
    report.add("one reused connection", rates["connection"], "1/s")
    report.add("outbox: one message to many", rates["one"], "1/s", goal=GOAL, at_least=True)
    report.add("outbox: a thing each", rates["own"], "1/s", goal=GOAL, at_least=True)
    left = OutboxMail.objects.exclude(state=MailState.SENT).count()
    report.add("letters not sent", left, "letters", goal=0)


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _first_letter() -> EmailMultiAlternatives:
    """What the worker would send, so that both have letters of the same size."""
    kept: list[EmailMultiAlternatives] = []

    class Keeping(Postman):
        def send(self, letter: EmailMultiAlternatives) -> None:
            kept.append(letter)

    delivery.deliver_one(Keeping())
    return kept[0]


def _send_alone(letter: EmailMultiAlternatives) -> None:
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
def mail_server() -> Iterator[int]:
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
    Application.objects.filter(topic__home_cluster__slug="bench-outbox").delete()
    Topic.objects.filter(home_cluster__slug="bench-outbox").delete()
    User.objects.filter(email__startswith="bench").delete()
    Cluster.objects.filter(slug="bench-outbox").delete()
