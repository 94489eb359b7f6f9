"""Saved searches in real parallel transactions, and the same with each guard off."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications import matching, saved_searches, telling
from cluster_portal.notifications.models import (
    Arrival,
    OutboxMail,
    SavedSearch,
    SavedSearchHit,
)
from tests import factories
from tests.notifications.searching import LIST, arrived, saved
from tests.notifications.test_races import in_parallel, unguarded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SEARCHERS, THINGS = 12, 5


@pytest.fixture
def searches():
    return [saved(factories.user()) for _number in range(SEARCHERS)]


@pytest.fixture
def things(searches):
    return [arrived(f"Yritys {number} Oy") for number in range(THINGS)]


def claim_arrivals_without_lock():
    return list(Arrival.objects.order_by("pk")[: matching.AT_ONCE])


def claim_searches_without_lock(due):
    return list(due.order_by("pk")[: telling.CHUNK])


def match():
    matching.match_arrivals()


def tell():
    telling.tell_due(timezone.now())


def test_parallel_matchers_find_each_thing_once(things):
    in_parallel(match)

    assert SavedSearchHit.objects.count() == SEARCHERS * THINGS
    assert not Arrival.objects.exists()


def test_the_unique_row_holds_even_without_the_lock(things, monkeypatch):
    monkeypatch.setattr(matching, "claim", claim_arrivals_without_lock)

    in_parallel(match)

    assert SavedSearchHit.objects.count() == SEARCHERS * THINGS


def test_without_lock_and_unique_row_things_are_found_twice(things, monkeypatch):
    monkeypatch.setattr(matching, "claim", claim_arrivals_without_lock)

    with unguarded(SavedSearchHit, "notifications_search_hit_once"):
        in_parallel(match)
        found = SavedSearchHit.objects.count()

    assert found > SEARCHERS * THINGS


def test_parallel_tellers_tell_each_search_once(things):
    match()

    in_parallel(tell)

    assert OutboxMail.objects.count() == SEARCHERS
    assert SavedSearchHit.objects.filter(letter=None).count() == 0


def test_parallel_tellers_without_the_lock_tell_twice(things, monkeypatch):
    match()
    monkeypatch.setattr(telling, "claim", claim_searches_without_lock)

    in_parallel(tell)

    assert OutboxMail.objects.count() > SEARCHERS


def test_matching_and_telling_at_once_loses_nothing(things):
    def both():
        match()
        tell()

    in_parallel(both)
    tell()

    assert SavedSearchHit.objects.count() == SEARCHERS * THINGS
    assert SavedSearchHit.objects.filter(letter=None).count() == 0
    assert OutboxMail.objects.count() >= SEARCHERS


def test_what_comes_while_it_is_matched_is_matched_again(searches, monkeypatch):
    """A second arrival of a thing is a row of its own: the first round does not remove it."""
    new = arrived()
    asked = matching._Round.match

    def changed_meanwhile(self):
        asked(self)
        later = timezone.now() + timedelta(seconds=1)
        in_parallel(lambda: saved_searches.published("things", new.pk, since=later), threads=1)

    monkeypatch.setattr(matching._Round, "match", changed_meanwhile)
    matching.match_some()

    assert Arrival.objects.count() == 1


def save_many(person):
    for number in range(4):
        try:
            saved_searches.save(
                LIST, QueryDict(f"q=haku{number}"), name="Haku", frequency="daily", by=person
            )
        except Refused:
            return


def test_parallel_saving_stays_under_the_most(monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 2)
    person = factories.user()

    in_parallel(lambda: save_many(person))

    assert SavedSearch.objects.count() == 2


def test_parallel_saving_without_the_lock_passes_the_most():
    """What saving would be without their row's lock: count, then write."""
    person, most, meet = factories.user(), 2, threading.Barrier(4)
    numbers = iter(range(4))

    def save_unguarded():
        number = next(numbers)
        with transaction.atomic():
            has_room = SavedSearch.objects.filter(user=person).count() < most
            meet.wait(10)
            if has_room:
                SavedSearch.objects.create(
                    user=person, kind=LIST.key, query=f"q=haku{number}", name="Haku"
                )

    in_parallel(save_unguarded, threads=4)

    assert SavedSearch.objects.count() > most
