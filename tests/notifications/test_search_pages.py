from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from cluster_portal.notifications import saved_searches, tasks
from cluster_portal.notifications.models import Frequency, OutboxMail, SavedSearch
from tests import statements
from tests.notifications.searching import saved
from tests.theses import factories as theses
from theses.services.topics import publish_topic

NEW = "/me/searches/new/things/?q=kyber&kind=company&page=3"
FORM = {"name": "Kyberhaku", "frequency": "weekly"}


@pytest.fixture
def mine(client, member):
    client.force_login(member)
    return saved(member, "q=kyber")


@pytest.mark.parametrize("path", ["/me/searches/", NEW])
def test_visitor_signs_in_and_keeps_the_search(client, db, path):
    response = client.get(path)

    found = parse_qs(urlsplit(response["Location"]).query)
    assert response.status_code == 302
    assert found == {"next": [path]}


def test_form_names_the_search_as_its_list_does(client, member):
    client.force_login(member)

    page = client.get(NEW)

    form = page.context["form"]
    assert form["name"].initial == "kyber, Kind: Yritys"
    assert "Tilaa uudet sähköpostiin" in page.content.decode()


def test_search_is_saved_and_leads_back_to_the_list(client, member):
    client.force_login(member)

    response = client.post(NEW, FORM)

    search = SavedSearch.objects.get()
    assert response["Location"] == "/members/?q=kyber&kind=company"
    assert (search.user, search.name, search.query, search.frequency) == (
        member,
        "Kyberhaku",
        "q=kyber&kind=company",
        Frequency.WEEKLY,
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"frequency": ""}, "frequency"),
        ({"frequency": "off"}, "frequency"),
        ({"frequency": "hourly"}, "frequency"),
    ],
)
def test_bad_input_is_told_at_its_field(client, member, change, field):
    client.force_login(member)

    response = client.post(NEW, {**FORM, **change})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not SavedSearch.objects.exists()


def test_refusal_is_told_on_the_page(client, mine, monkeypatch):
    monkeypatch.setattr(saved_searches, "MOST", 1)

    response = client.post("/me/searches/new/things/?q=muu", FORM)

    assert response.status_code == 200
    assert "Sinulla on jo 1 tallennettua hakua" in response.content.decode()


def test_unknown_list_is_not_found(client, member):
    client.force_login(member)

    assert client.get("/me/searches/new/unheard/").status_code == 404


def test_own_searches_are_listed_with_their_lists(client, mine, lead):
    saved(lead, "q=toisen")

    page = client.get("/me/searches/")

    assert [search for search, _form in page.context["rows"]] == [mine]
    assert 'href="/members/?q=kyber"' in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_whatever_its_length(client, member, count):
    client.force_login(member)
    for number in range(count):
        saved(member, f"q=haku{number}")

    assert len(statements.of_page(client, "/me/searches/")) <= 6


def test_frequency_is_changed(client, mine):
    client.post(
        reverse("searches:change", args=[mine.public_id]),
        {f"{mine.public_id}-frequency": "daily"},
    )

    mine.refresh_from_db()
    assert mine.frequency == Frequency.DAILY


def test_unknown_frequency_changes_nothing(client, mine):
    response = client.post(
        reverse("searches:change", args=[mine.public_id]),
        {f"{mine.public_id}-frequency": "hourly"},
        follow=True,
    )

    mine.refresh_from_db()
    assert mine.frequency == Frequency.AT_ONCE
    assert "Valitse, kuinka usein" in response.content.decode()


def test_search_is_paused(client, mine):
    client.post(reverse("searches:pause", args=[mine.public_id]))

    mine.refresh_from_db()
    assert mine.is_paused
    assert "Tauolla" in client.get("/me/searches/").content.decode()


def test_search_is_deleted(client, mine):
    client.post(reverse("searches:delete", args=[mine.public_id]))

    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("action", ["change", "pause", "delete"])
def test_anothers_search_is_not_found(client, mine, lead, action):
    client.force_login(lead)
    path = reverse(f"searches:{action}", args=[mine.public_id])

    assert client.post(path).status_code == 404
    assert client.get(path).status_code == 405
    mine.refresh_from_db()
    assert mine.frequency == Frequency.AT_ONCE


@pytest.mark.parametrize("query", ["?q=hankkeen&level=master", ""])
def test_list_of_topics_offers_to_mail_what_is_new(client, home_cluster, query):
    theses.topic(None, home_cluster)

    text = client.get(f"/theses/{query}").content.decode()

    wanted = query.replace("&", "&amp;")
    assert f'href="/me/searches/new/topics/{wanted}"' in text


def test_a_published_topic_reaches_her_who_saved_her_search(client, outsider, office, home_cluster):
    topic = theses.topic(
        None, home_cluster, stage="in_review", published_at=None, levels=["master"]
    )
    client.force_login(outsider)
    client.post("/me/searches/new/topics/?level=master", {**FORM, "frequency": "at_once"})

    publish_topic(topic, by=office)
    tasks.tell_searchers()

    assert [mail.about.query for mail in OutboxMail.objects.filter(recipient=outsider)] == [
        "level=master"
    ]
