"""Real parallel transactions, each race beside its twin without the guard, which must fail."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cluster_portal.core.errors import Refused
from tests import factories
from tests.theses import factories as made
from theses.models import Application, Topic
from theses.models.applications import Stage
from theses.models.choices import Stage as TopicStage
from theses.services import applications, topics

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROOMS = {
    "theses_application_one_per_place": "(place_id) WHERE stage IN ('accepted', 'completed')",
    "theses_application_one_thesis_per_student": "(student_id) WHERE stage = 'accepted'",
}


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Runs the acts in threads that start together; results, or the exceptions they met."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            gate.wait(10)
            results[number] = act()
        except (Refused, DatabaseError) as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@contextmanager
def without_index(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        Application.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE UNIQUE INDEX {name} ON theses_application {ROOMS[name]}")


def accept_unguarded(application: Application, meet: threading.Barrier) -> None:
    """What accepting would be without lock and constraint: look, then write."""
    with transaction.atomic():
        held = Application.objects.filter(topic=application.topic_id, stage=Stage.ACCEPTED)
        mine = Application.objects.filter(student=application.student_id, stage=Stage.ACCEPTED)
        is_free = not held.exists() and not mine.exists()
        meet.wait(10)
        if is_free:
            Application.objects.filter(pk=application.pk).update(
                stage=Stage.ACCEPTED,
                place=application.topic.places.first(),
                decided_at=timezone.now(),
            )


def accepted() -> int:
    return Application.objects.filter(stage=Stage.ACCEPTED).count()


def test_ten_accepts_for_one_place_give_it_once(topic, lead):
    waiting = [made.application(topic) for _ in range(10)]

    results = at_once(*(lambda a=a: applications.accept_application(a, by=lead) for a in waiting))

    assert accepted() == 1
    assert sum(isinstance(result, Refused) for result in results) == 9
    assert not Application.objects.filter(stage=Stage.SUBMITTED).exists()
    assert Topic.objects.get().stage == TopicStage.RESERVED


def test_ten_accepts_without_guard_give_the_place_twice(topic):
    waiting = [made.application(topic) for _ in range(10)]
    meet = threading.Barrier(10)

    with without_index("theses_application_one_per_place"):
        at_once(*(lambda a=a: accept_unguarded(a, meet) for a in waiting))

        assert accepted() > 1


def test_lockless_accepts_are_stopped_by_the_database(topic):
    waiting = [made.application(topic) for _ in range(10)]
    meet = threading.Barrier(10)

    at_once(*(lambda a=a: accept_unguarded(a, meet) for a in waiting))

    assert accepted() == 1


def two_of_one_student(company, home_cluster):
    student = factories.user()
    places = [made.topic(company, home_cluster) for _ in range(2)]
    return [made.application(topic, student) for topic in places]


def test_student_accepted_on_two_topics_at_once_gets_one(company, home_cluster, lead):
    both = two_of_one_student(company, home_cluster)

    results = at_once(*(lambda a=a: applications.accept_application(a, by=lead) for a in both))

    assert accepted() == 1
    assert sum(isinstance(result, Refused) for result in results) == 1


def test_student_accepted_on_two_topics_without_guard_gets_two(company, home_cluster):
    both, meet = two_of_one_student(company, home_cluster), threading.Barrier(2)

    with without_index("theses_application_one_thesis_per_student"):
        at_once(*(lambda a=a: accept_unguarded(a, meet) for a in both))

        assert accepted() == 2


@pytest.mark.parametrize("attempt", range(5))
def test_withdrawal_beside_applying_leaves_nobody_waiting(topic, lead, attempt):
    students = [factories.user() for _ in range(3)]
    acts = [
        lambda s=s: applications.apply(topic, by=s, motivation="Miksi", school="Opisto")
        for s in students
    ]

    at_once(*acts, lambda: topics.withdraw_topic(topic, by=lead, reason="Peruuntui."))

    assert Topic.objects.get().stage == TopicStage.WITHDRAWN
    assert not Application.objects.pending().exists()


def test_withdrawal_beside_applying_without_the_lock_leaves_one_waiting(topic):
    student, meet = factories.user(), threading.Barrier(2)

    def apply_unguarded():
        with transaction.atomic():
            is_open = Topic.objects.get(pk=topic.pk).is_open
            meet.wait(10)
            meet.wait(10)
            if is_open:
                made.application(topic, student)

    def withdraw_unguarded():
        with transaction.atomic():
            meet.wait(10)
            Application.objects.pending().update(stage=Stage.WITHDRAWN)
            Topic.objects.filter(pk=topic.pk).update(stage="withdrawn", closing_reason="Syy.")
        meet.wait(10)

    at_once(apply_unguarded, withdraw_unguarded)

    assert Application.objects.pending().count() == 1
    Application.objects.all().delete()
