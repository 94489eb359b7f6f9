import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.search import reindex
from cluster_portal.core.vocabulary import Term
from projects import tasks
from projects.models import Measure, Programme
from projects.services.budgets import save_budget
from tests import factories
from tests.projects import factories as make

LISTS = ["projects:list", "projects:challenges"]


def statements(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def fill(home_cluster, company, number):
    terms = list(Term.objects.all()[:3])
    for _each in range(number):
        project = make.project(home_cluster, organisation=company, funder=company)
        challenge = make.challenge(home_cluster, organisation=company)
        for one in (project, challenge):
            one.terms.set(terms)
            reindex(one)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query", ["", "?q=lyhyesti", "?stage=open&stage=running&cluster=pirkanmaa"]
)
def test_list_asks_as_much_for_thirty_rows_as_for_one(
    name, query, client, member, home_cluster, company
):
    client.force_login(member)
    address = f"{reverse(name)}{query}"
    fill(home_cluster, company, 1)
    client.get(address)
    one = statements(client, address)

    fill(home_cluster, company, 29)

    many = statements(client, address)
    if "q=" in address:  # few hits are followed by what is related to them, many are not
        assert many <= one <= 10
    else:
        assert many == one <= 8


def test_challenges_that_are_over_stand_last(client, home_cluster):
    now = timezone.now()
    for slug, days in {"late": -1, "next-month": 30, "soon": 2}.items():
        closes_at = now + datetime.timedelta(days=days)
        make.challenge(home_cluster, slug=slug, closes_at=closes_at)
    long_ago = now - datetime.timedelta(days=90)
    make.challenge(home_cluster, slug="solved", stage="solved", closes_at=long_ago, decided_at=now)

    tasks.close_challenges()
    page = client.get(reverse("projects:challenges")).context["page"]

    assert [row["url"].split("/")[-2] for row in page] == ["soon", "next-month", "late", "solved"]


def fill_project(project, home_cluster, company, number):
    programme = make.approved_programme(home_cluster, company, version=number + 1)
    Programme.objects.filter(pk=programme.pk).update(stage="replaced")
    for _each in range(number):
        partner = factories.organisation()
        make.partnership(project, partner)
        project.challenges.add(make.challenge(home_cluster, organisation=company))
        project.measures.add(make.measure(programme, responsible=partner))
        project.terms.add(Term.objects.exclude(pk__in=project.terms.all()).first())
        project.steps.create(on="2026-01-01", text_fi="Askel")


def test_project_page_asks_as_much_for_thirty_parts_as_for_one(client, home_cluster, company):
    project = make.project(home_cluster, organisation=company, funder=company)
    save_budget(project, make.seed_plan(), by=None)
    fill_project(project, home_cluster, company, 1)
    client.get(project.get_absolute_url())
    one = statements(client, project.get_absolute_url())

    fill_project(project, home_cluster, company, 29)

    assert statements(client, project.get_absolute_url()) == one
    assert one <= 10, one


def test_challenge_page_asks_little(client, home_cluster, company):
    challenge = make.challenge(home_cluster, organisation=company)
    make.project(home_cluster).challenges.add(challenge)

    assert statements(client, challenge.get_absolute_url()) <= 10


def test_programme_page_asks_as_much_for_thirty_measures_as_for_one(client, home_cluster, company):
    programme = make.approved_programme(home_cluster, company)
    make.project(home_cluster).measures.set(Measure.objects.of(programme))
    client.get("/projects/programme/")
    one = statements(client, "/projects/programme/")

    for number in range(29):
        measure = make.measure(programme, goal=number + 1, responsible=factories.organisation())
        measure.implementers.set([company, factories.organisation()])
        measure.projects.add(make.project(home_cluster))

    assert statements(client, "/projects/programme/") == one
    assert one <= 11, one


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Hankkeiden kartta", "Ruokaketju"}),
        ("?q=hanke", {"Hankkeiden kartta"}),
        ("?stage=idea", {"Ruokaketju"}),
        ("?instrument=jtf", {"Ruokaketju"}),
        ("?instrument=jtf&q=hanke", set()),
        ("?stage=nonsense&theme=&cluster=nowhere", {"Hankkeiden kartta", "Ruokaketju"}),
    ],
)
def test_projects_are_found(query, titles, client, home_cluster):
    for one in (
        make.project(home_cluster, title_fi="Hankkeiden kartta", summary_fi="Kartta."),
        make.project(home_cluster, title_fi="Ruokaketju", stage="idea", instrument="jtf"),
    ):
        reindex(one)

    response = client.get(f"/projects/{query}")

    assert {card["title"] for card in response.context["page"]} == titles


@pytest.mark.parametrize("address", ["/projects/", "/projects/challenges/", "/projects/programme/"])
@pytest.mark.parametrize(
    "query",
    [
        "?q=%27%22%3Cscript%3E", "?q=" + "a" * 3000, "?q=%5C&stage=%5C", "?stage[]=x&stage=1e309",
        "?cluster=18446744073709551616", "?theme=%F0%9F%92%A5", "?version=-1&cluster=&state=zzz",
        "?q=:*%20|%20!", "?state=late", "?page=1&page=x",
    ],
)  # fmt: skip
def test_hostile_parameters_never_break_a_page(address, query, client, home_cluster, company):
    make.approved_programme(home_cluster, company)
    make.project(home_cluster)

    assert client.get(f"{address}{query}").status_code in {200, 404}


@pytest.mark.parametrize(
    "address",
    [
        "/projects/?page=0", "/projects/?page=999999999999", "/projects/challenges/?page=2",
        "/projects/calls/ei-ole/", "/projects/ei-ole/", "/projects/challenges/ei-ole/",
        "/projects/programme/?version=9", "/projects/programme/?version=%D9%A1",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_404(address, client, home_cluster, company):
    make.approved_programme(home_cluster, company)

    assert client.get(address).status_code == 404


def test_nul_byte_is_a_400(client, db):
    assert client.get("/projects/?q=%00").status_code == 400


def test_list_for_htmx_is_the_results_alone(client, home_cluster):
    make.project(home_cluster)

    response = client.get("/projects/", headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("visibility", "shown"), [("public", True), ("members", False), ("private", False)]
)
def test_sector_of_a_hidden_owner_narrows_no_public_challenge(
    client, home_cluster, visibility, shown
):
    owner = factories.organisation(kind="company", visibility=visibility)
    make.challenge(home_cluster, organisation=owner)

    everything = client.get("/en/projects/challenges/?open-sector=1").text
    narrowed = client.get("/en/projects/challenges/?sector=business").context["page"]

    assert ('value="business"' in everything) is shown
    assert len(narrowed.object_list) == int(shown)
