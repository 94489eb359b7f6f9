from datetime import timedelta

import pytest
from django.utils import timezone

from cluster_portal.core import search as words
from cluster_portal.notifications import matching, saved_searches
from cluster_portal.notifications.models import Arrival, Frequency, SavedSearchHit
from tests import factories
from tests.notifications.searching import LIST, arrived, saved, thing


def hits_of(search):
    return set(search.hits.values_list("object_id", flat=True))


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("", True),
        ("q=varautumisen", True),
        ("q=varautuminen&kind=company", True),
        ("q=varautuminen&kind=association", False),
        ("q=logistiikka", False),
    ],
)
def test_what_comes_is_held_against_words_and_choices(member, query, is_found):
    search = saved(member, query)
    thing("Logistiikka Oy")
    new = arrived("Varautuminen Oy")

    assert matching.match_arrivals() == 1

    assert hits_of(search) == ({new.pk} if is_found else set())
    assert not Arrival.objects.exists()


def test_choice_that_is_gone_finds_nothing_rather_than_everything(member):
    search = saved(member)
    type(search).objects.filter(pk=search.pk).update(query="kind=no-longer-a-kind")
    arrived("Varautuminen Oy")

    matching.match_arrivals()

    assert hits_of(search) == set()


def test_a_word_of_other_rows_is_not_taken_for_a_slip(member):
    """Among the new alone "hanke" would be a misspelt "hanko"; the list knows better."""
    search = saved(member, "q=hanke")
    thing("Hanke Oy")
    words.refresh_counts()

    arrived("Hanko Oy")
    matching.match_arrivals()

    assert hits_of(search) == set()


def test_what_was_there_before_is_not_found(member):
    search = saved(member)
    thing("Vanha Oy")
    arrived(since=search.listens_since)
    arrived(since=search.listens_since - timedelta(days=1))

    matching.match_arrivals()

    assert hits_of(search) == set()


def test_what_changed_is_found_by_those_who_were_there_before_it(member, lead):
    before = saved(member)
    moment = before.listens_since + timedelta(minutes=1)
    after = saved(lead, listens_since=moment + timedelta(minutes=1))
    new = arrived(since=moment)

    matching.match_arrivals()

    assert (hits_of(before), hits_of(after)) == ({new.pk}, set())


def test_a_thing_is_found_once_however_often_it_comes(member):
    search = saved(member)
    new = arrived()
    saved_searches.published("things", new.pk)
    matching.match_arrivals()
    search.hits.update(letter="00000000-0000-0000-0000-000000000001")

    saved_searches.published("things", new.pk)
    matching.match_arrivals()

    assert search.hits.count() == 1
    assert search.hits.filter(letter=None).count() == 0


@pytest.mark.parametrize(
    ("visibility", "who", "is_found"),
    [
        ("public", "outsider", True),
        ("accounts", "outsider", True),
        ("members", "outsider", False),
        ("members", "member", True),
        ("private", "member", False),
        ("private", "admin_user", True),
    ],
)
def test_only_what_the_searcher_may_see_is_found(request, visibility, who, is_found):
    search = saved(request.getfixturevalue(who))
    new = arrived(visibility=visibility)

    matching.match_arrivals()

    assert hits_of(search) == ({new.pk} if is_found else set())


def test_paused_searches_and_closed_accounts_find_nothing(member, lead):
    paused = saved(member, frequency=Frequency.OFF)
    closed = saved(lead)
    lead.is_active = False
    lead.save()
    arrived()

    matching.match_arrivals()

    assert (hits_of(paused), hits_of(closed)) == (set(), set())


def test_many_searchers_cost_no_more_statements_than_few(
    home_cluster, company, django_assert_max_num_queries
):
    for number in range(30):
        person = factories.user()
        factories.affiliation(person, company)
        saved(person, "q=varautuminen" if number % 2 else "q=logistiikka")
    arrived("Varautuminen Oy")

    with django_assert_max_num_queries(40) as few:
        matching.match_arrivals()
    for _number in range(30):
        person = factories.user()
        factories.affiliation(person, company)
        saved(person, "q=varautuminen")
    arrived("Varautuminen toinen Oy")
    with django_assert_max_num_queries(40) as many:
        matching.match_arrivals()

    assert SavedSearchHit.objects.count() == 15 + 45
    assert len(many) == len(few)


def test_chunks_of_searchers_miss_nobody(monkeypatch, db):
    monkeypatch.setattr(matching, "CHUNK", 2)
    for _number in range(5):
        saved(factories.user())
    arrived()

    matching.match_arrivals()

    assert SavedSearchHit.objects.count() == 5


def test_more_arrivals_than_a_round_takes_are_all_handled(monkeypatch, member):
    monkeypatch.setattr(matching, "AT_ONCE", 2)
    search = saved(member)
    new = {arrived().pk for _number in range(5)}

    assert matching.match_arrivals() == 5

    assert hits_of(search) == new


def test_a_search_that_cannot_be_asked_hinders_no_other(monkeypatch, member, caplog):
    broken, sound = saved(member, "q=rikki"), saved(member, "q=varautuminen")
    new = arrived("Varautuminen Oy")
    honest = type(LIST).matching

    def sometimes(kind, user, params, only):
        if params.get("q") == "rikki":
            raise ZeroDivisionError
        return honest(kind, user, params, only)

    monkeypatch.setattr(type(LIST), "matching", sometimes)
    matching.match_arrivals()

    assert (hits_of(broken), hits_of(sound)) == (set(), {new.pk})
    assert "cannot be asked" in caplog.text


def test_arrivals_of_a_list_that_is_gone_are_forgotten(member):
    Arrival.objects.create(kind="gone", object_id=1, since=timezone.now())

    assert matching.match_arrivals() == 1

    assert not Arrival.objects.exists()
