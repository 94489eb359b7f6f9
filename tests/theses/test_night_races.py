"""Chunks of a night in real parallel transactions, beside the twin without the lock."""

import threading

import pytest
from django.db import transaction
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses.test_races import at_once
from theses.models import MatchingRun, Suggestion
from theses.services import suggestions

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
NOON = timezone.now().replace(hour=12)


@pytest.fixture
def students(company, home_cluster, monkeypatch):
    monkeypatch.setattr(suggestions, "CHUNK", 1)
    made.topic(company, home_cluster, title="Kunnan varautuminen", description="Viestintä.")
    return [
        made.student_profile(factories.user(), interests="Varautuminen ja viestintä.")
        for _n in range(4)
    ]


@pytest.mark.parametrize("attempt", range(3))
def test_two_nights_that_begin_at_once_are_one(students, attempt):
    at_once(*(lambda: suggestions.begin_run_if_due(NOON) for _ in range(4)))

    assert MatchingRun.objects.get().students == len(students)


@pytest.mark.parametrize("attempt", range(3))
def test_each_student_is_done_once_by_workers_at_once(students, attempt):
    suggestions.begin_run_if_due(NOON)

    def work():
        while MatchingRun.objects.filter(finished_at=None).exists():
            suggestions.match_next_chunk()

    at_once(work, work)

    run = MatchingRun.objects.get()
    assert (run.done, run.failed) == (len(students), 0)
    assert Suggestion.objects.count() == len(students)


def match_unguarded(meet):
    """What a chunk would be without the lock of its run: look, then count."""
    with transaction.atomic():
        run = MatchingRun.objects.get()
        meet.wait(10)
        run.done += 1
        run.save()


def test_without_the_lock_two_workers_do_the_same(students):
    suggestions.begin_run_if_due(NOON)
    meet = threading.Barrier(2)

    at_once(*(lambda: match_unguarded(meet) for _ in range(2)))

    assert MatchingRun.objects.get().done == 1
