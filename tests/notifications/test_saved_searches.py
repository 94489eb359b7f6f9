import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.http import QueryDict

from cluster_portal.core.errors import Refused
from cluster_portal.notifications import exports, saved_searches
from cluster_portal.notifications.models import Arrival, Frequency, SavedSearch
from tests import factories
from tests.notifications.searching import LIST, saved


def save(by, query="", frequency="daily", name="Haku"):
    return saved_searches.save(LIST, QueryDict(query), name=name, frequency=frequency, by=by)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("q=++kyber+turva+", "q=kyber+turva"),
        ("kind=company&q=kyber", "q=kyber&kind=company"),
        ("kind=public&kind=company&sector=nonsense", "kind=company"),
        ("page=4&sort=newest&utm=x&q=a", "q=a"),
        ("kind=company&kind=company", "kind=company"),
        (f"q={'x' * 300}", f"q={'x' * 200}"),
    ],
)
def test_query_is_kept_in_one_spelling(member, query, kept):
    assert save(member, query).query == kept


def test_too_long_a_search_is_refused(member):
    with pytest.raises(Refused):
        save(member, f"q={'%C3%A4' * 200}")

    assert not SavedSearch.objects.exists()


def test_saving_the_same_search_again_changes_it(member):
    first = save(member, "q=kyber&kind=company")

    again = save(member, "kind=company&q=kyber", frequency="weekly", name="Toinen")

    assert again.pk == first.pk
    assert (again.name, again.frequency) == ("Toinen", Frequency.WEEKLY)


def test_two_people_save_the_same_search(member, lead):
    assert save(member, "q=kyber").pk != save(lead, "q=kyber").pk


def test_the_database_keeps_one_row_per_search(member):
    search = save(member, "q=kyber")

    with pytest.raises(IntegrityError):
        SavedSearch.objects.create(user=member, kind="things", query=search.query, name="x")


def test_the_most_searches_are_refused_in_words(member, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 2)
    save(member, "q=a")
    save(member, "q=b")

    with pytest.raises(Refused, match="2"):
        save(member, "q=c")

    assert save(member, "q=b", name="Uusi nimi").name == "Uusi nimi"


@pytest.mark.parametrize("who", ["lead", "office", "admin_user", "outsider"])
def test_a_search_is_its_owners_alone(member, request, who):
    save(member, "q=kyber")
    other = request.getfixturevalue(who)

    assert not SavedSearch.objects.visible_to(other).exists()
    assert not SavedSearch.objects.editable_by(other).exists()
    assert not SavedSearch.objects.visible_to(AnonymousUser()).exists()


def test_a_search_leads_to_its_list(member):
    assert save(member, "q=kyber").get_absolute_url() == "/members/?q=kyber"


def test_a_search_of_a_list_that_is_gone_leads_to_the_searches(member):
    search = save(member, "q=kyber")
    search.kind = "gone"

    assert search.get_absolute_url() == "/me/searches/"
    assert search.list_label == ""


def test_pausing_forgets_what_was_not_told(member):
    search = saved(member)
    search.hits.create(object_id=1)

    saved_searches.set_frequency(search, Frequency.OFF, by=member)

    assert not search.hits.exists()


def test_going_on_after_a_pause_listens_from_then(member):
    search = saved(member, frequency="daily")
    before = search.listens_since
    paused = saved_searches.set_frequency(search, Frequency.OFF, by=member)

    resumed = saved_searches.set_frequency(paused, Frequency.WEEKLY, by=member)

    assert resumed.listens_since > before


def test_changing_the_frequency_loses_no_listening(member):
    search = saved(member, frequency="daily")

    changed = saved_searches.set_frequency(search, Frequency.WEEKLY, by=member)

    assert changed.listens_since == search.listens_since


def test_others_cannot_change_or_remove_a_search(member, lead):
    search = saved(member)

    with pytest.raises(SavedSearch.DoesNotExist):
        saved_searches.set_frequency(search, Frequency.OFF, by=lead)
    saved_searches.remove(search, by=lead)

    assert SavedSearch.objects.get() == search


def test_a_list_nobody_registered_cannot_be_published_to(db):
    with pytest.raises(KeyError):
        saved_searches.published("unheard", 1)

    assert not Arrival.objects.exists()


def test_the_export_names_every_search(member):
    save(member, "q=kyber", name="Kyber")
    save(factories.user(), "q=other")

    rows = exports.searches(member)

    assert [(row["list"], row["name"], row["search"]) for row in rows] == [
        ("Things", "Kyber", "q=kyber")
    ]
