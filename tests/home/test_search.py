"""One box over everything: grouped, bounded, and silent on what the reader may not see."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from cluster_portal.core import search
from events.models import Event
from projects.models import Measure
from projects.services.programmes import approve_programme
from projects.services.projects import move_project
from tests import factories, statements
from tests.events import factories as events
from tests.projects import factories as projects
from tests.theses import factories as theses

pytestmark = pytest.mark.server


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


@pytest.mark.parametrize("q", ["EAKR", "ERDF", "käynnissä", "pågår", "Kuopio", "kuopiossa", "TUNI"])
def test_project_is_found_by_instrument_stage_town_and_owner(client, home_cluster, q):
    owner = factories.organisation("Testiyliopisto", short_name="TUNI", municipality="Kuopio")
    project = projects.project(home_cluster, organisation=owner, instrument="erdf")
    search.reindex(project)

    assert groups(client, q)["projects"] == [project.title]


def test_project_is_found_by_its_new_stage(client, home_cluster, office):
    project = projects.project(home_cluster, stage="closing")
    search.reindex(project)
    projects.legacy(project)
    move_project(project, "end", by=office)

    assert groups(client, "päättynyt")["projects"] == [project.title]
    assert "projects" not in groups(client, "päättymässä")


def test_open_challenge_and_organisation_by_short_name_are_found(client, home_cluster):
    owner = factories.organisation("Elinkeinokeskus", short_name="ELY")
    factories.membership(owner, home_cluster)
    challenge = projects.challenge(home_cluster, organisation=owner)
    search.reindex(owner)
    search.reindex(challenge)

    assert groups(client, "ely") == {"challenges": [challenge.title], "members": [owner.title]}
    assert groups(client, "avoin")["challenges"] == [challenge.title]


@pytest.mark.parametrize("q", ["tallenne", "recording", "diat"])
def test_past_event_with_a_recording_is_found(client, home_cluster, q):
    values = {"recording_link": "https://video.example.org/1", "aftermath": "Diat ovat liitteenä."}
    ended = timezone.now() - timedelta(days=3)
    days = {"starts_at": ended, "ends_at": ended, "registration_closes_at": ended}
    event = make_event(home_cluster, **days, **values)

    assert groups(client, q)["events"] == [event.title]


def test_supervisor_is_found_by_those_to_whom_the_profile_is_open(client, db, outsider):
    profile = theses.supervisor_profile(
        factories.user(), factories.organisation(), expertise="Kalliosuojien ilmanvaihto"
    )
    search.reindex(profile)

    assert groups(client, "kalliosuoja") == {}
    client.force_login(outsider)
    assert groups(client, "kalliosuoja") == {"people": [str(profile.user)]}
    profile.is_open = False
    profile.save()
    assert groups(client, "kalliosuoja") == {}


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("saavutettavuus", "Saavutettavuusseloste"),
        ("tietosuoja", "Tietosuojaseloste"),
        ("tillgänglighet", "Saavutettavuusseloste"),
        ("turvallisuusluokiteltu", "Käyttöehdot"),
    ],
)
def test_standing_page_is_found_in_any_language(client, db, q, title):
    found = client.get("/search/", {"q": q}).context["groups"]

    assert any(title in strip_tags(row["title"]) for group in found for row in group["rows"])
    assert {group["key"] for group in found} == {"pages"}


def test_measure_is_found_once_its_programme_is_in_force(client, home_cluster, office):
    organisation = factories.organisation()
    programme = projects.programme(home_cluster, organisation=organisation)
    measure = projects.measure(
        programme, title_fi="Varavoiman yhteishankinta", responsible=organisation
    )
    assert groups(client, "varavoima") == {}

    approve_programme(programme, by=office)

    (group,) = client.get("/search/", {"q": "varavoima"}).context["groups"]
    assert (group["key"], group["rows"][0]["url"]) == ("measures", measure.get_absolute_url())


def test_measure_names_no_hidden_organisation(client, home_cluster):
    hidden = factories.organisation("Kanarialintu", visibility="members")
    programme = projects.approved_programme(home_cluster, hidden)
    search.reindex(Measure.objects.of(programme))

    assert groups(client, "kanarialintu") == {}


def test_kind_has_pages_and_every_kind_its_number(client, home_cluster):
    for _number in range(23):
        make_event(home_cluster, title_fi="Kaislapäivä")
    search.reindex(projects.project(home_cluster, title_fi="Kaislahanke"))

    response = client.get("/search/", {"q": "kaisla", "kind": "events", "page": 2})

    assert len(response.context["rows"]) == 3
    assert {hits.key: hits.count for hits in response.context["kinds"]} == {
        "projects": 1,
        "events": 23,
    }
    assert client.get("/search/", {"q": "kaisla", "page": 3, "kind": "events"}).status_code == 404


def test_number_of_results_is_said(client, home_cluster):
    for _number in range(7):
        make_event(home_cluster, title_fi="Kadonneen etsintä")

    text = client.get("/search/", {"q": "kadonnut"}).content.decode()

    assert "7 tulosta hakusanalla ”kadonnut”" in text


def test_search_that_finds_nothing_asks_what_was_meant(client, home_cluster):
    make_event(home_cluster, title_fi="Kotkanpesä", visibility="cluster")
    make_event(home_cluster, title_fi="Turvallisuuden tila")

    assert client.get("/search/", {"q": "turva tila"}).context["suggestion"] is not None
    assert client.get("/search/", {"q": "kotkanbesä"}).context["suggestion"] is None


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

    assert len(statements.of_page(client, "/search/?q=seminaari")) <= len(one)
