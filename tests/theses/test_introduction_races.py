"""Two introductions of the same two at once: one message, beside the twin without the guards."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from cluster_portal.core.errors import Refused
from tests import factories
from tests.theses import factories as made
from tests.theses.test_races import at_once
from theses.models import Approach
from theses.services import introductions

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ONE_PENDING = "theses_approach_one_pending"


@pytest.fixture
def seeker(student):
    made.student_profile(student)
    return student


@pytest.fixture
def _without_constraint():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [ONE_PENDING])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {ONE_PENDING}")
    yield
    Approach.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(definition)


def test_two_introductions_at_once_send_one_message(topic, seeker, office, home_cluster):
    colleague = factories.coordinator(home_cluster)

    def introduce(by):
        return introductions.introduce(
            topic, "invite_student", by=by, to=seeker, message="Sopisiko?"
        )

    results = at_once(lambda: introduce(office), lambda: introduce(colleague))

    assert Approach.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 1


@pytest.mark.usefixtures("_without_constraint")
def test_unlocked_twin_sends_two(topic, seeker, office):
    meet = threading.Barrier(2)

    def introduce_unguarded():
        with transaction.atomic():
            is_new = not introductions.introduced(topic, "invite_student").exists()
            meet.wait(10)
            if is_new:
                Approach.objects.create(
                    topic=topic,
                    kind="invite_student",
                    by=office,
                    to=seeker,
                    message="Sopisiko?",
                    answer_by=timezone.localdate(),
                )

    at_once(introduce_unguarded, introduce_unguarded)

    assert Approach.objects.count() == 2
