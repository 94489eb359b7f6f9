"""A supervisor's last seat in real parallel transactions, beside the twin without the lock."""

import threading

import pytest
from django.db import transaction

from cluster_portal.core.errors import Refused
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from tests.theses.test_races import at_once
from theses.models import SupervisorSeats, Thesis
from theses.services import seats, supervision

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, room=1)


def seeking(company, home_cluster):
    return parties.thesis(made.topic(company, home_cluster), factories.user())


@pytest.mark.parametrize("attempt", range(3))
def test_last_seat_is_given_once(company, home_cluster, mentor, attempt):
    theses = [seeking(company, home_cluster) for _ in range(4)]
    requests = [
        supervision.choose_supervisors(t, [mentor], by=t.application.student) for t in theses
    ]

    results = at_once(*(lambda r=r: supervision.answer(r, "accept", by=mentor) for r in requests))

    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Thesis.objects.filter(supervisor=mentor).count() == 1
    assert parties.seats_of(mentor).taken == 1


def take_unguarded(mentor, meet):
    """What taking a seat would be without the row's lock: look, then write."""
    with transaction.atomic():
        row = SupervisorSeats.objects.get(profile__user=mentor)
        is_free = row.free > 0
        meet.wait(10)
        if not is_free:
            raise Refused("full")
        SupervisorSeats.objects.filter(pk=row.pk).update(taken=row.taken + 1)


def test_last_seat_without_the_lock_is_given_twice(mentor):
    meet = threading.Barrier(2)

    results = at_once(*(lambda: take_unguarded(mentor, meet) for _ in range(2)))

    assert results == [None, None]  # both believe that they have it


def test_term_that_nobody_has_opened_yet_is_made_once(company):
    mentor = parties.supervisor(company, room=None)
    profile = mentor.supervisor_profile
    SupervisorSeats.objects.create(profile=profile, year=2020, half="spring", capacity=1)

    results = at_once(*(lambda: seats.take(mentor) for _ in range(4)))

    assert sum(isinstance(result, Refused) for result in results) == 3
    assert profile.seats.count() == 2


def test_two_theses_that_swap_supervisors_do_not_block_each_other(company, home_cluster):
    first, second = (parties.supervisor(company, room=2) for _ in range(2))
    pairs = [(first, second), (second, first)]
    requests = []
    for old, new in pairs:
        thesis = parties.thesis(made.topic(company, home_cluster), factories.user(), old)
        by = thesis.application.student
        requests.append((supervision.choose_supervisors(thesis, [new], by=by), new))

    at_once(*(lambda r=r, n=n: supervision.answer(r, "accept", by=n) for r, n in requests))

    assert [thesis.supervisor for thesis in Thesis.objects.order_by("pk")] == [second, first]
    assert [parties.seats_of(each).taken for each in (first, second)] == [1, 1]


def test_capacity_lowered_beside_an_accept_never_falls_below_what_is_taken(
    company, home_cluster, mentor
):
    thesis = seeking(company, home_cluster)
    student = thesis.application.student
    request = supervision.choose_supervisors(thesis, [mentor], by=student)
    year, half = parties.term(mentor)

    at_once(
        lambda: supervision.answer(request, "accept", by=mentor),
        lambda: seats.set_capacity(mentor.supervisor_profile, year, half, 0, mentor),
    )

    row = parties.seats_of(mentor)
    assert row.taken == Thesis.objects.filter(supervisor=mentor).count()
    assert row.taken <= row.capacity
