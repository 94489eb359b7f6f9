"""Nights and their chunks in real parallel transactions, beside the twin without the lock."""

import threading

import pytest
from django.db import transaction

from tests import factories
from tests.theses import factories as made
from tests.theses.test_races import at_once
from theses.models import MatchingChunk, MatchingRun, Suggestion
from theses.services import suggestions

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


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
    begun = at_once(*(suggestions.begin_run for _ in range(4)))

    assert len(set(begun)) == 1
    assert MatchingRun.objects.count() == 1
    assert MatchingChunk.objects.count() == len(students)


@pytest.mark.parametrize("attempt", range(3))
def test_each_chunk_is_done_once_by_workers_at_once(students, attempt):
    run = suggestions.begin_run()

    def work():
        while suggestions.match_next_chunk():
            pass

    at_once(work, work)
    suggestions.finish_if_done()

    run.refresh_from_db()
    assert (run.done, run.failed) == (len(students), 0)
    assert run.finished_at is not None
    assert Suggestion.objects.count() == len(students)


def claim_unguarded(meet):
    """What claiming a chunk would be without its lock: look, then do it."""
    with transaction.atomic():
        chunk = MatchingChunk.objects.filter(done_at=None).order_by("first").first()
        meet.wait(10)
        suggestions._tick_off(chunk, 1, [])


def test_a_chunk_without_its_lock_is_done_twice(students):
    run, meet = suggestions.begin_run(), threading.Barrier(2)

    at_once(*(lambda: claim_unguarded(meet) for _ in range(2)))

    run.refresh_from_db()
    assert run.done == 2
    assert run.chunks.exclude(done_at=None).count() == 1
