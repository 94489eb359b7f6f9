"""Real parallel transactions, each race beside its twin without the guard, which must fail."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from tests import factories
from tests.theses import factories as made
from theses.models import Application, Thesis, Topic
from theses.models.applications import Stage
from theses.models.choices import Stage as TopicStage
from theses.services import application_rounds, applications, topics

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROOMS = {
    "theses_application_one_per_place": "(place_id) WHERE stage IN ('accepted', 'completed')",
    "theses_application_one_thesis_per_student": "(student_id) WHERE stage = 'accepted'",
    "theses_application_one_at_a_time": (
        "(student_id, topic_id) WHERE stage IN ('submitted', 'interview', 'accepted')"
    ),
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


def test_applying_ten_times_at_once_sends_one(topic, lead):
    student = factories.user()

    def act():
        return applications.apply(topic, by=student, motivation="Miksi", school="Opisto")

    results = at_once(*[act] * 10)

    assert Application.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 9


def test_applying_ten_times_without_guard_sends_many(topic):
    student, meet = factories.user(), threading.Barrier(10)

    def act():
        with transaction.atomic():
            is_first = not Application.objects.filter(student=student, topic=topic).exists()
            meet.wait(10)
            if is_first:
                made.application(topic, student)

    with without_index("theses_application_one_at_a_time"):
        at_once(*[act] * 10)

        assert Application.objects.count() > 1


@pytest.mark.parametrize("attempt", range(5))
def test_accepting_beside_withdrawing_leaves_no_thesis_of_who_stepped_back(topic, lead, attempt):
    application = made.application(topic)
    student = application.student

    at_once(
        lambda: applications.accept_application(application, by=lead),
        lambda: applications.withdraw_application(application, by=student),
    )

    assert Application.objects.get().stage == Stage.WITHDRAWN
    assert not Thesis.objects.active().exists()
    assert Topic.objects.get().stage == TopicStage.OPEN


def test_accepting_beside_withdrawing_without_lock_leaves_such_a_thesis(topic):
    application, meet = made.application(topic), threading.Barrier(2)

    def accept():
        with transaction.atomic():
            is_waiting = Application.objects.pending().filter(pk=application.pk).exists()
            meet.wait(10)
            if is_waiting:
                Thesis.objects.create(application=application, title=topic.title)
                Application.objects.filter(pk=application.pk).update(
                    stage=Stage.ACCEPTED, place=topic.places.get(), decided_at=timezone.now()
                )
        meet.wait(10)

    def withdraw():
        with transaction.atomic():
            is_waiting = Application.objects.pending().filter(pk=application.pk).exists()
            meet.wait(10)
            meet.wait(10)
            if is_waiting:
                Application.objects.filter(pk=application.pk).update(
                    stage=Stage.WITHDRAWN, place=None
                )

    at_once(accept, withdraw)

    assert Application.objects.get().stage == Stage.WITHDRAWN
    assert Thesis.objects.active().exists()


def test_commissioned_idea_beside_an_acceptance_elsewhere_gives_one_thesis(
    company, home_cluster, lead
):
    student = factories.user()
    idea = made.topic(company, home_cluster, origin="student", student=student)
    elsewhere = made.application(made.topic(company, home_cluster), student)

    results = at_once(
        lambda: applications.accept_own_idea(idea, by=lead),
        lambda: applications.accept_application(elsewhere, by=lead),
    )

    assert accepted() == 1
    assert sum(isinstance(result, Refused) for result in results) == 1


def test_commissioned_idea_beside_an_acceptance_elsewhere_without_guard_gives_two(
    company, home_cluster
):
    student, meet = factories.user(), threading.Barrier(2)
    idea = made.topic(company, home_cluster, origin="student", student=student)
    elsewhere = made.topic(company, home_cluster)
    both = [made.application(topic, student) for topic in (idea, elsewhere)]

    with without_index("theses_application_one_thesis_per_student"):
        at_once(*(lambda a=a: accept_unguarded(a, meet) for a in both))

        assert accepted() == 2


def test_reminders_at_once_send_one_message(topic, lead):
    old = timezone.now() - timezone.timedelta(days=8)
    made.application(topic, submitted_at=old)

    at_once(*[application_rounds.remind] * 4)

    kinds = OutboxMail.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["thesis_application_reminded", "thesis_applications_waiting"]


def test_closing_beside_an_answer_leaves_one_answer(topic, lead):
    day = timezone.localdate() - timezone.timedelta(days=1)
    warned = timezone.now() - timezone.timedelta(days=9)
    application = made.application(topic, answer_by=day, warned_at=warned, reminded_at=warned)

    at_once(
        application_rounds.close_unanswered,
        application_rounds.close_unanswered,
        lambda: applications.accept_application(application, by=lead),
    )

    assert OutboxMail.objects.filter(recipient=application.student).count() == 1
    assert Thesis.objects.active().exists() == bool(accepted())
