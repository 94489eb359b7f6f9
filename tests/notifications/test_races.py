"""Real parallel transactions, and the same with the guard off, which must then fail."""

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cluster_portal.core import content
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.notifications import digests, inbox, outbox
from cluster_portal.notifications.models import Digest, DigestItem, MailState, OutboxMail
from cluster_portal.notifications.models.mail import ORDER, OutboxMailQuerySet
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from tests import factories
from tests.notifications.conftest import tell_of, verified
from tests.notifications.test_digests import JOINED, MONDAY, visible_organisations
from tests.races import Together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS, MAILS = 6, 40


def in_parallel(work, threads=THREADS):
    start = threading.Barrier(threads)
    faults = []

    def run():
        try:
            start.wait(10)
            work()
        except Exception as fault:  # noqa: BLE001 -- told to the test's own thread
            faults.append(fault)
        finally:
            connection.close()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    assert faults == []


@contextmanager
def unguarded(model, name):
    """The table without one of its constraints; what was written meanwhile is removed."""
    (constraint,) = [one for one in model._meta.constraints if one.name == name]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


def copies():
    counted = Counter(sent.extra_headers["Message-ID"] for sent in django_mail.outbox)
    return len(counted), max(counted.values())


@pytest.fixture
def queue(notice):
    reader = verified("aino@example.org", language="en")
    for number in range(MAILS):
        outbox.post("test_notice", to=reader, key=str(number))


def claim_without_lock(together):
    """All look for their first mail before one of them sends it."""

    def claim(self, *, urgent=None, but=()):
        mail = self.due().order_by(*ORDER).first()
        together.meet()
        return mail

    return claim


def deliver():
    postman = Postman()
    while delivery.deliver_one(postman):
        pass


@pytest.mark.usefixtures("queue")
def test_parallel_workers_send_each_mail_once():
    in_parallel(deliver)

    assert copies() == (MAILS, 1)
    assert OutboxMail.objects.filter(state=MailState.SENT).count() == MAILS


@pytest.mark.usefixtures("queue")
def test_parallel_workers_without_the_lock_send_copies(monkeypatch):
    monkeypatch.setattr(OutboxMailQuerySet, "claim", claim_without_lock(Together(THREADS)))

    in_parallel(deliver)

    assert copies()[1] > 1


def test_parallel_posts_of_one_key_leave_one_row(notice):
    reader = verified("aino@example.org")

    in_parallel(lambda: outbox.post("test_notice", to=reader, key="1"))

    assert OutboxMail.objects.count() == 1


@pytest.fixture
def crowd(monkeypatch):
    monkeypatch.setattr(content, "_types", {})
    tell_of(DigestSection("new", "New", visible_organisations))
    factories.organisation()
    return [verified(date_joined=JOINED) for _ in range(12)]


def test_parallel_composers_make_one_digest_each(crowd):
    in_parallel(lambda: digests.compose_digests(MONDAY))

    assert Digest.objects.count() == len(crowd)
    assert OutboxMail.objects.count() == len(crowd)


def test_marking_read_does_not_wait_for_a_letter_on_its_way(notice):
    reader = verified("aino@example.org")
    for key in "12":
        outbox.post("test_notice", to=reader, key=key)
    began = timezone.now()

    with transaction.atomic():
        OutboxMail.objects.claim()
        in_parallel(lambda: inbox.mark_read(reader), threads=1)

    assert timezone.now() - began < timedelta(seconds=2)
    assert inbox.unread_count(reader) == 1


def test_parallel_composers_tell_each_thing_once(crowd):
    in_parallel(lambda: digests.compose_digests(MONDAY))

    assert DigestItem.objects.count() == len(crowd)


def test_parallel_composers_without_the_unique_row_compose_twice(crowd):
    with unguarded(Digest, "notifications_digest_one_per_period"):
        in_parallel(lambda: digests.compose_digests(MONDAY))
        composed = Digest.objects.count()

    assert composed > len(crowd)


def test_parallel_posts_to_all_leave_one_row_each(notice):
    people = [factories.user() for _number in range(20)]

    in_parallel(lambda: outbox.post_to_all("test_notice", to=people, key="1"))

    assert OutboxMail.objects.count() == len(people)


def test_parallel_posts_without_the_unique_row_leave_copies(notice):
    people = [factories.user() for _number in range(20)]

    with unguarded(OutboxMail, "notifications_mail_once_per_user"):
        in_parallel(lambda: outbox.post_to_all("test_notice", to=people, key="1"))
        posted = OutboxMail.objects.count()

    assert posted > len(people)


@pytest.mark.usefixtures("queue")
def test_worker_whose_session_is_lost_sends_nothing_that_others_may_hold(monkeypatch, notice):
    """Its claim has ended with the session: another sends all, and each letter leaves once."""
    lost = []

    def lose_session(mail):
        if not lost:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                lost.append(cursor.fetchone()[0])
            in_parallel(lambda: end_session(lost[0]), threads=1)
            OutboxMail.objects.exists()
        return {}

    notice(context=lose_session)
    with pytest.raises(DatabaseError):
        delivery.deliver_due()
    assert django_mail.outbox == []
    connection.close()

    deliver()

    assert copies() == (MAILS, 1)
    assert not OutboxMail.objects.filter(attempts__gt=1).exists()


def end_session(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


@pytest.mark.usefixtures("queue")
def test_workers_claim_different_letters():
    theirs = []
    claim = transaction.atomic(lambda: theirs.append(OutboxMail.objects.claim()))

    with transaction.atomic():
        mine = OutboxMail.objects.claim()
        in_parallel(claim, threads=1)

    assert theirs[0].pk != mine.pk
