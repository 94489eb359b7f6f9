"""Erasing beside applying and registering: whoever is first, nothing is left to nobody."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import update_last_login
from django.db import connection, transaction
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from events.models import Registration, Seats
from events.services import registrations
from members.models import Affiliation, User
from members.models.affiliations import Role
from members.services import erasure
from tests import factories
from tests.events import factories as events
from tests.races import somebody_waits
from tests.theses import factories as theses
from tests.theses.test_races import at_once
from theses.models import Application
from theses.services import applications

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("attempt", range(5))
def test_applying_beside_erasing_leaves_nothing_pending(company, home_cluster, lead, attempt):
    topic, student = theses.topic(company, home_cluster, contact=lead), factories.user()

    at_once(
        lambda: applications.apply(topic, by=student, motivation="Miksi", school="Opisto"),
        lambda: erasure.erase_account(student, by=student),
    )

    assert not User.objects.filter(pk=student.pk).exists()
    assert not Application.objects.pending().exists()
    told = OutboxMail.objects.filter(recipient=lead, kind="thesis_application_withdrawn")
    assert told.count() == Application.objects.count()


@pytest.mark.parametrize("attempt", range(5))
def test_registering_beside_erasing_holds_no_place(home_cluster, attempt):
    event, person = events.event(home_cluster), factories.user()

    at_once(
        lambda: registrations.register(event, "on_site", events.details(person), by=person),
        lambda: erasure.erase_account(person, by=person),
    )

    assert not User.objects.filter(pk=person.pk).exists()
    assert not Registration.objects.active().exists()
    assert not Registration.objects.filter(email=person.email).exists()
    assert Seats.objects.get(event=event).taken == 0


def test_application_stored_between_the_two_locks_is_met_by_the_second(
    company, home_cluster, lead, monkeypatch
):
    """What came while the first pass ran; the twin without a second pass would delete it unsaid."""
    topic, student = theses.topic(company, home_cluster, contact=lead), factories.user()
    ordinary, passes = erasure._locked, []

    def lock(pk, *, no_key):
        if passes:
            thread = threading.Thread(target=apply)
            thread.start()
            thread.join(10)
        passes.append(no_key)
        return ordinary(pk, no_key=no_key)

    def apply():
        applications.apply(topic, by=student, motivation="Miksi", school="Opisto")
        connection.close()

    monkeypatch.setattr(erasure, "_locked", lock)
    erasure.erase_account(student, by=student)

    assert passes == [True, False]
    assert Application.objects.get().stage == "withdrawn"
    assert OutboxMail.objects.filter(kind="thesis_application_withdrawn").count() == 1


def test_application_beside_a_bare_deletion_is_lost_unsaid(company, home_cluster, lead):
    """The unguarded twin: the row goes by cascade, and nobody hears of it."""
    topic, student = theses.topic(company, home_cluster, contact=lead), factories.user()
    meet = threading.Barrier(2)

    def delete():
        with transaction.atomic():
            assert not Application.objects.filter(student=student).exists()
            meet.wait(10)
            meet.wait(10)
            User.objects.get(pk=student.pk).delete()

    def apply():
        meet.wait(10)
        applications.apply(topic, by=student, motivation="Miksi", school="Opisto")
        meet.wait(10)

    at_once(delete, apply)

    assert not Application.objects.exists()
    assert OutboxMail.objects.filter(recipient=lead).count() == 1
    assert not OutboxMail.objects.filter(kind="thesis_application_withdrawn").exists()


@pytest.mark.parametrize("attempt", range(5))
def test_two_last_contacts_do_not_both_go(company, attempt):
    people = [factories.user() for _ in range(2)]
    for person in people:
        factories.affiliation(person, company, role=Role.CONTACT)

    at_once(*(lambda p=p: erasure.erase_account(p, by=p) for p in people))

    assert Affiliation.objects.confirmed().filter(role=Role.CONTACT).count() >= 1
    assert User.objects.filter(pk__in=[person.pk for person in people]).count() == 1


def test_erasing_twice_at_once_is_once(db):
    person = factories.user()

    at_once(*(lambda: erasure.erase_account(person, by=person) for _ in range(4)))

    assert OutboxMail.objects.filter(kind="account_erased").count() == 1


def sign_in_beside_erasing(person) -> object:
    """They sign in while the round for unused accounts is at theirs; what erasing their gave."""
    begun = threading.Event()

    def sign_in():
        with transaction.atomic():
            update_last_login(None, User.objects.get(pk=person.pk))
            begun.set()
            end = time.monotonic() + 10
            while not somebody_waits() and time.monotonic() < end:
                time.sleep(0.01)

    def erase():
        begun.wait(10)
        long_ago = timezone.now() - timedelta(days=730)
        erasure.erase_account(person, by=None, unused_since=long_ago)

    return at_once(sign_in, erase)[1]


@pytest.fixture
def away(db):
    long_ago = timezone.now() - timedelta(days=900)
    return factories.user(last_login=long_ago, date_joined=long_ago)


def test_who_signs_in_beside_the_erasing_of_her_unused_account_stays(away):
    assert isinstance(sign_in_beside_erasing(away), Refused)

    assert User.objects.get(pk=away.pk).last_login > away.last_login


def test_who_signs_in_beside_an_erasing_without_the_lock_is_gone(away, monkeypatch):
    """The unguarded twin looks at a row that is being written, and deletes what it becomes."""
    monkeypatch.setattr(erasure, "_locked", lambda pk, *, no_key: User.objects.get(pk=pk))

    assert sign_in_beside_erasing(away) is None

    assert not User.objects.filter(pk=away.pk).exists()


def test_applying_that_loses_to_erasing_gets_a_sentence(
    client, company, home_cluster, lead, monkeypatch
):
    """The application is written while the account is going: the database refuses it at the end."""
    topic, student = theses.topic(company, home_cluster, contact=lead), factories.user()
    client.force_login(student)
    words = {"motivation": "Miksi", "school": "Opisto", "is_public": "on"}
    answers, ordinary = [], User.delete

    def apply():
        answers.append(client.post(f"{topic.get_absolute_url()}apply/", words))
        connection.close()

    thread = threading.Thread(target=apply)

    def delete(self):
        """Their row is locked against any that would point at it."""
        thread.start()
        until = time.monotonic() + 10
        while not somebody_waits() and time.monotonic() < until:
            thread.join(0.02)
        return ordinary(self)

    monkeypatch.setattr(User, "delete", delete)
    erasure.erase_account(student, by=student)
    thread.join(10)

    assert answers[0].status_code == 409
    assert "oli nopeampi" in answers[0].content.decode()
    assert not Application.objects.exists()
