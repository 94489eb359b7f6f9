"""One box over everything: grouped, bounded, and silent on what the reader may not see."""

import pytest

from cluster_portal.core import search
from events.models import Event
from tests import factories, statements
from tests.events import factories as events


def make_event(cluster, **values):
    event = events.event(cluster, **values)
    search.reindex(event)
    return event


def groups(client, q):
    found = client.get("/search/", {"q": q}).context["groups"]
    return {group["key"]: [str(row["title"]) for row in group["rows"]] for group in found}


def test_each_kind_is_found_under_its_heading(client, home_cluster):
    company = factories.organisation("Varautumisverkosto Oy")
    factories.membership(company, home_cluster)
    search.reindex(company)
    make_event(home_cluster, title_fi="Varautumisverkoston tapaaminen")

    assert {"members", "events"} <= set(groups(client, "varautumisverkosto"))


def test_result_leads_to_its_page_with_a_snippet(client, home_cluster):
    event = make_event(home_cluster, summary_fi="Kuinka sähkökatkoon varaudutaan")

    response = client.get("/search/", {"q": "sähkökatko"})

    (group,) = response.context["groups"]
    assert group["rows"][0]["url"] == event.get_absolute_url()
    assert "<mark>" in str(group["rows"][0]["text"])


def test_hidden_canary_is_found_by_nobody_outside(client, home_cluster, outsider):
    make_event(home_cluster, title_fi="Kanarialintu", visibility="cluster")

    assert groups(client, "kanarialintu") == {}
    client.force_login(outsider)
    assert groups(client, "kanarialintu") == {}


def test_hidden_venue_is_not_searched(client, home_cluster, outsider):
    invited = factories.organisation()
    factories.affiliation(outsider, invited)
    event = make_event(home_cluster, venue="Kanarialintu", visibility="group")
    event.invited_organisations.add(invited)
    client.force_login(outsider)

    assert Event.objects.visible_to(outsider).exists()
    assert groups(client, "kanarialintu") == {}


@pytest.mark.parametrize(
    "q", ["", " ", "%_%", "a:*&!(", '"""', "x" * 10_000, "yö " * 1000, "\u202e"]
)
def test_odd_searches_are_answered(client, home_cluster, q):
    make_event(home_cluster)

    assert client.get("/search/", {"q": q}).status_code == 200


def test_text_of_a_searcher_is_escaped(client, db):
    text = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in text


def test_search_costs_the_same_for_one_row_and_thirty(client, home_cluster):
    make_event(home_cluster)
    one = statements.of_page(client, "/search/?q=seminaari")
    for _number in range(29):
        make_event(home_cluster)

    assert len(statements.of_page(client, "/search/?q=seminaari")) == len(one)
