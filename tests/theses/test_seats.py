import datetime

import pytest
from django.utils import translation

from cluster_portal.core.errors import Refused
from tests.theses import parties
from theses.models import SupervisorSeats
from theses.models.terms import AcademicTerm, free_seats, term_of
from theses.services import seats

SPRING, AUTUMN = datetime.date(2026, 7, 31), datetime.date(2026, 8, 1)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def row(person, year, half, capacity):
    profile = person.supervisor_profile
    return SupervisorSeats.objects.create(profile=profile, year=year, half=half, capacity=capacity)


def test_autumn_begins_in_august():
    assert term_of(SPRING) == AcademicTerm(2026, "spring")
    assert term_of(AUTUMN) == AcademicTerm(2026, "autumn")


def test_first_day_of_a_term():
    assert term_of(AUTUMN).first_day == AUTUMN


def test_taking_a_seat_leaves_one_fewer(company):
    person = parties.supervisor(company, room=2)

    seats.take(person)

    assert free_seats(person) == 1


def test_no_seat_is_given_beyond_the_capacity(company):
    person = parties.supervisor(company, room=1)
    seats.take(person)

    with pytest.raises(Refused, match="no room this term"):
        seats.take(person)

    assert parties.seats_of(person).taken == 1


def test_somebody_without_a_profile_has_no_seats(outsider):
    with pytest.raises(Refused, match="profile"):
        seats.take(outsider)

    assert free_seats(outsider) == 0


def test_who_never_said_how_many_has_no_room(company):
    person = parties.supervisor(company, room=None)

    with pytest.raises(Refused, match="no room"):
        seats.take(person)


def test_capacity_goes_on_to_the_next_term(company):
    person = parties.supervisor(company, room=None)
    row(person, 2025, "autumn", 4)
    row(person, 2026, "spring", 2)

    assert free_seats(person, AUTUMN) == 2
    assert seats.take(person, AUTUMN).capacity == 2
    assert free_seats(person, AUTUMN) == 1


def test_capacity_of_a_later_term_does_not_count_before_it(company):
    person = parties.supervisor(company, room=None)
    row(person, 2026, "autumn", 4)

    assert free_seats(person, SPRING) == 0


def test_setting_the_capacity_makes_the_term(company):
    person = parties.supervisor(company, room=None)

    seats.set_capacity(person.supervisor_profile, 2027, "spring", 3, person)

    assert free_seats(person, datetime.date(2027, 2, 1)) == 3


def test_capacity_never_falls_below_what_is_taken(company):
    person = parties.supervisor(company, room=2)
    held = seats.take(person)

    with pytest.raises(Refused, match="taken on already"):
        seats.set_capacity(person.supervisor_profile, held.year, held.half, 0, person)


@pytest.mark.parametrize("capacity", [-1, 201])
def test_capacity_is_within_reason(company, capacity):
    person = parties.supervisor(company)

    with pytest.raises(Refused, match="between"):
        seats.set_capacity(person.supervisor_profile, 2027, "spring", capacity, person)


def test_freeing_gives_the_seat_back(company, topic, student):
    person = parties.supervisor(company, room=1)
    thesis = parties.thesis(topic, student, person)

    seats.free(thesis)

    thesis.refresh_from_db()
    assert thesis.seat is None
    assert free_seats(person) == 1


def test_closed_account_has_no_room(company):
    person = parties.supervisor(company, room=1)
    person.is_active = False
    person.save()

    assert free_seats(person) == 0
