"""The second part of an answer: what is about the same things, in other words."""

import pytest
from django.http import QueryDict

from cluster_portal.core import search
from cluster_portal.core.facets import Group, Option
from cluster_portal.core.matching import concepts
from cluster_portal.core.search.offers import offers
from tests.theses import factories as made
from theses.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(company, home_cluster):
    def build(title, **values):
        topic = made.topic(company, home_cluster, title=title, description="Aihe.", **values)
        search.reindex(topic)
        return topic

    build("Kirjanpidon rutiinit")
    return build


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("valeuutiset", "Disinformaation tunnistaminen lukiossa"),
        ("VSS", "Väestönsuojan kunnossapito"),
        ("rescue dogs", "Etsintäkoirien hälyttäminen"),
        ("ransomware", "Kiristyshaittaohjelmasta toipuminen"),
        ("drones", "Droonien torjunta satamassa"),
        ("mitä teen jos sähköt menee", "Jatkuvuudenhallinta sähkökatkossa"),
        ("mita teen jos sahkot menee", "Jatkuvuudenhallinta sähkökatkossa"),
        ("brandrisk i gamla trähus", "Puutalojen paloturvallisuus"),
    ],
)
def test_everyday_words_in_any_language_lead_to_the_subject(add, q, title):
    wanted = add(title)

    assert search.related(Topic.objects.all(), q) == [wanted]


def test_what_contains_the_words_is_left_out_of_what_is_related(add):
    first, other = add("Disinformaatio"), add("Valeuutiset vaaleissa")
    rows = Topic.objects.all()
    containing = search.search(rows, "disinformaatio")

    assert list(containing) == [first]
    assert search.related(rows, "disinformaatio", exclude=containing.values("pk")) == [other]


def test_nothing_is_related_to_nothing(add):
    for q in ("", "ja", "xyzzy", "' | (:*"):
        assert search.related(Topic.objects.all(), q) == []


def test_only_given_rows_are_related(add, client):
    add("Disinformaatio", visibility="private")

    page = client.get("/search/", {"q": "valeuutiset"})

    assert page.context["related"] == []


def test_search_page_and_list_show_it_apart_under_its_heading(add, client):
    wanted = add("Disinformaation tunnistaminen")

    whole = client.get("/search/", {"q": "valeuutiset"})
    listed = client.get("/theses/", {"q": "valeuutiset"})

    for page in (whole, listed):
        assert [row["url"] for row in page.context["related"]] == [wanted.get_absolute_url()]
        assert "Aiheeseen liittyvää" in page.content.decode()


def test_words_that_name_a_choice_are_offered_as_that(add, client):
    add("Kyberturvallisuus", levels=["master_tech"])

    page = client.get("/theses/", {"q": "kyberturvallisuus diplomityönä"})

    assert any("level=master_tech" in offer.url for offer in page.context["offers"])


def test_offer_takes_its_words_out_of_the_search():
    groups = [Group("pay", "Palkka", False, [Option("yes", "Palkallinen", 3, False)])]
    params = QueryDict("q=palkalliset kyber&page=2")

    [offer] = offers(groups, params["q"], params)

    assert (offer.label, offer.url) == ("Palkka: Palkallinen", "?q=kyber&pay=yes")
    assert offers(groups, params["q"], QueryDict("pay=yes")) == []


def test_every_neighbour_in_the_thesaurus_is_a_concept():
    known = concepts.thesaurus()

    assert {other for name in known for other in concepts.near(name)} <= known.keys()
    assert all(entry.fi and entry.sv and entry.en for entry in known.values())
