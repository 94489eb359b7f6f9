"""How the admin's pages read: titles, counts, ticks, and decisions from question to next case."""

import re

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.utils.translation import override

from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.events import factories as event_factories
from tests.members.factories import submitted, verified
from tests.projects import factories as project_factories
from tests.theses import factories as thesis_factories
from tests.theses import parties

MEMBERSHIPS = "/admin/members/membership/"


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def desk(client, office):
    client.force_login(office)
    return client


@pytest.fixture
def applied(home_cluster):
    return submitted(verified("hakija@example.org"), home_cluster, name="Hakeva Oy")


def heading(page):
    return re.search(r'<div id="content"[^>]*>.*?<h1>(.*?)</h1>', page, re.DOTALL)[1]


def test_finnish_titles_and_counts_are_inflected(desk, home_cluster, applied):
    submitted(verified("toinen@example.org"), home_cluster, name="Toinen Oy")
    event = event_factories.event(home_cluster)

    assert heading(desk.get(f"{MEMBERSHIPS}{applied.pk}/change/").text) == "Muokkaa jäsenyyttä"
    assert heading(desk.get(f"/admin/events/event/{event.pk}/change/").text) == (
        "Muokkaa tapahtumaa"
    )
    assert heading(desk.get(MEMBERSHIPS).text) == "Jäsenyydet ja hakemukset"
    assert "2 hakemusta" in desk.get(MEMBERSHIPS).text
    assert "1 tapahtuma\n" in desk.get("/admin/events/event/").text


def test_every_registered_list_has_its_partitive():
    own = [each for each in admin.site._registry.values() if "pghistory" not in str(type(each))]

    with override("fi"):
        lacking = [each for each in own if str(each.partitive) in {"", each.opts.verbose_name}]
    assert lacking == []


def test_terms_are_ticks_in_groups_of_their_scheme(desk, home_cluster):
    event = event_factories.event(home_cluster)
    chosen = Term.objects.filter(scheme="security_task").first()
    event.terms.add(chosen)

    page = desk.get(f"/admin/events/event/{event.pk}/change/").text
    ticks = page.split('aria-label="Teemat"')[1]

    assert 'select name="terms"' not in page
    assert re.search(r'name="terms"\s+value="(\d+)"', ticks)[1] == str(
        chosen.pk
    )  # before the folds
    groups = re.findall(r"<summary>\s*(.*?)\s*\(\d+\)", ticks)
    assert groups[:2] == ["Alueellisen turvallisuuden teema", "Kriittinen toimiala"]
    assert len(groups) == len(set(groups))


def test_terms_of_a_topic_are_saved_from_its_form(desk, company, home_cluster):
    topic = thesis_factories.topic(company, home_cluster)
    page = desk.get(f"/admin/theses/topic/{topic.pk}/change/").text
    offered = page.split('aria-label="Koulutusalat"')[1].split('role="group"')[0]
    values = set(map(int, re.findall(r'name="education_fields"\s+value="(\d+)"', offered)))
    schemes = Term.objects.filter(pk__in=values).values_list("scheme", flat=True)

    assert set(schemes) == {"education_field"}


def test_what_is_decided_stands_before_one_reason_and_the_buttons(desk, applied):
    page = desk.get(f"{MEMBERSHIPS}{applied.pk}/change/").text
    page = re.sub(r"\s*([<>])\s*", r"\1", page)  # whatever its spaces

    assert page.count("<textarea") == 1
    places = [
        page.index(each) for each in ("Haluamme mukaan.", "<textarea", ">Hyväksy<", ">Hylkää<")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("reason", ["", "Ei turvallisuusalaa."])
def test_rejecting_is_asked_again_before_anything_happens(desk, applied, reason):
    answer = desk.post(f"{MEMBERSHIPS}{applied.pk}/move/reject/", {"reason": reason})

    applied.refresh_from_db()
    assert applied.stage == "submitted"
    assert 'name="confirmed"' in answer.text
    assert f">{reason}</textarea>" in answer.text


def test_rejecting_without_a_reason_says_what_is_missing(desk, applied):
    answer = desk.post(
        f"{MEMBERSHIPS}{applied.pk}/move/reject/", {"reason": " ", "confirmed": "yes"}
    )

    applied.refresh_from_db()
    assert applied.stage == "submitted"
    assert 'aria-invalid="true"' in answer.text


def test_decision_says_who_was_told_and_leads_to_the_next(desk, home_cluster, applied):
    other = submitted(verified("toinen@example.org"), home_cluster, name="Toinen Oy")
    data = {"reason": "Ei turvallisuusalaa.", "confirmed": "yes"}

    answer = desk.post(f"{MEMBERSHIPS}{applied.pk}/move/reject/", data)
    said = [str(each) for each in get_messages(answer.wsgi_request)]

    applied.refresh_from_db()
    assert applied.stage == "rejected"
    assert said == [f"Tehty: Hylkää ({applied}). Tiedon saa {applied.applicant}."]
    assert answer["Location"] == f"{MEMBERSHIPS}{other.pk}/change/?of=2"


def test_next_case_is_of_the_own_cluster(desk, other_cluster, applied):
    other = submitted(verified("muualla@example.org"), other_cluster, name="Muualla Oy")

    assert f"{MEMBERSHIPS}{other.pk}/" not in desk.get(f"{MEMBERSHIPS}{applied.pk}/change/").text


def project_at(stage, home_cluster, company):
    return project_factories.project(home_cluster, organisation=company, stage=stage)


def application_at(stage, home_cluster, company):
    topic = thesis_factories.topic(company, home_cluster)
    return thesis_factories.application(topic, stage=stage)


def thesis_at(stage, home_cluster, company):
    topic = thesis_factories.topic(company, home_cluster)
    return parties.thesis(topic, factories.user(), stage=stage)


@pytest.mark.parametrize(
    ("make", "stage", "action", "reached"),
    [
        (project_at, "applied", "grant", "granted"),
        (application_at, "submitted", "decline", "declined"),
        (thesis_at, "seeking", "end", "ended"),
    ],
)
def test_every_decision_leads_to_the_next_case(  # noqa: PLR0917
    desk, home_cluster, company, make, stage, action, reached
):
    case, other = (make(stage, home_cluster, company) for _each in range(2))
    meta = case._meta
    pages = f"/admin/{meta.app_label}/{meta.model_name}"

    answer = desk.post(f"{pages}/{case.pk}/move/{action}/", {"reason": "S.", "confirmed": "yes"})
    page = desk.get(answer["Location"]).text  # of the next, or of this one where it still waits

    case.refresh_from_db()
    assert case.stage == reached
    leads = {answer["Location"], *re.findall(r'href="([^"]+)"', page)}
    assert f"{pages}/{other.pk}/change/?of=2" in leads


def test_challenge_form_names_no_box_of_django(desk, home_cluster, company):
    challenge = project_factories.challenge(home_cluster, organisation=company)
    factories.organisation("Toinen")

    page = desk.get(f"/admin/projects/challenge/{challenge.pk}/change/").text

    assert "selectfilter" not in page
    assert page.count('type="datetime-local"') == 1
