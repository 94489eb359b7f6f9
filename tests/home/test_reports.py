"""Reports in one click: of a project for its funder, and of a cluster's year."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from projects.models import Measure
from projects.services.budgets import save_budget
from tests import factories, statements
from tests.events import factories as events
from tests.projects import factories as make


def held(cluster, **values):
    """An event of last week."""
    event = events.event(cluster)
    start = timezone.now() - datetime.timedelta(days=7)
    values = {"starts_at": start, "ends_at": start + datetime.timedelta(hours=2), **values}
    Event.objects.filter(pk=event.pk).update(**values)
    return Event.objects.get(pk=event.pk)


@pytest.fixture
def project(home_cluster, company):
    made = make.project(
        home_cluster, organisation=company, title_fi="Yhteinen hanke",
        starts_on=timezone.localdate() - datetime.timedelta(days=7),
    )  # fmt: skip
    save_budget(made, make.seed_plan(), by=None)
    programme = make.approved_programme(home_cluster, company)
    measure = make.measure(
        programme, indicator_fi="Koulutetut", target=20, achieved=7, responsible=company
    )
    made.measures.add(measure)
    return made


@pytest.fixture
def event(project, home_cluster, lead, member, outsider):
    made = held(home_cluster, from_project=project, title_fi="Loppuseminaari")
    events.registration(made, lead, stage="attended")
    events.registration(made, outsider, stage="attended")
    events.registration(made, member, stage="absent")
    return made


def sheets(response):
    return {sheet.title: sheet for sheet in response.context["sheets"]}


@pytest.mark.parametrize(
    ("name", "status"),
    [("lead", 200), ("office", 200), ("member", 404), ("other_lead", 404), ("outsider", 404)],
)
def test_funder_report_is_for_who_edits_the_project(client, request, project, name, status):
    client.force_login(request.getfixturevalue(name))
    addresses = [f"/projects/{project.slug}/funder-report/{file}" for file in ("", "report.xlsx")]

    assert [client.get(address).status_code for address in addresses] == [status, status]


def test_funder_report_counts_events_indicators_costs_and_measures(client, project, event, lead):
    client.force_login(lead)

    found = sheets(client.get(f"/projects/{project.slug}/funder-report/"))

    titles = ["Tapahtumat ja osallistujat", "Mittarit", "Suunnitelma ja toteuma"]
    assert list(found)[:3] == titles
    seminar = found["Tapahtumat ja osallistujat"].lines[0]
    assert (seminar.cells[0], seminar.cells[2:]) == ("Loppuseminaari", (0, 0, 0, 1, 0, 1, 2))
    assert found["Mittarit"].lines[0].cells[0::2] == ("Koulutetut", 20)
    assert found["Mittarit"].lines[0].cells[3] == 7
    evidence = found["Toimenpiteet ja niiden näyttö"].lines[0].cells[2]
    assert "Yhteinen hanke" in evidence


def test_events_that_the_reader_does_not_see_are_not_in_the_report(
    client, project, event, lead, other_cluster
):
    Event.objects.update(visibility="private", home_cluster=other_cluster)
    client.force_login(lead)

    assert (
        "Loppuseminaari"
        not in client.get(f"/projects/{project.slug}/funder-report/").content.decode()
    )


def test_file_of_the_funder_report_is_a_workbook_without_formulas(client, project, event, lead):
    Event.objects.update(title_fi="=cmd|calc")
    client.force_login(lead)

    response = client.get(f"/projects/{project.slug}/funder-report/report.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert "'=cmd|calc" in cells
    assert "Mittarit" in cells


@pytest.mark.parametrize(
    ("name", "status"),
    [("office", 200), ("other_office", 404), ("lead", 404), ("admin_user", 200)],
)
def test_yearly_report_is_for_the_clusters_coordinators(
    client, request, home_cluster, name, status
):
    client.force_login(request.getfixturevalue(name))
    year = timezone.localdate().year
    address = f"/clusters/{home_cluster.slug}/report/"
    now = client.get(address)

    assert now.status_code == (302 if status == 200 else 404)
    files = [client.get(f"{address}{year}/{file}").status_code for file in ("", "report.xlsx")]
    assert files == [status, status]


def test_yearly_report_counts_members_in_and_out(client, home_cluster, office):
    today = timezone.localdate()
    for since, until in ((today, None), (today, None), (factories.A_DAY, today)):
        firm = factories.organisation()
        factories.membership(firm, home_cluster, since=since, until=until)
    client.force_login(office)
    before = home_cluster.memberships.filter(organisation__sector="business")
    inside = before.filter(until=None).count()

    response = client.get(f"/clusters/{home_cluster.slug}/report/{today.year}/")

    lines = sheets(response)["Jäsenet"].lines
    told = {line.cells[0]: line.cells[1:] for line in lines}
    came = before.filter(since__year=today.year).count()
    assert told["Yritykset"] == (came, 1, inside)


def test_yearly_report_has_events_projects_challenges_and_measures(
    client, project, event, home_cluster, office, company
):
    make.challenge(home_cluster, organisation=company)
    make.result(home_cluster, organisation=company, year=timezone.localdate().year)
    client.force_login(office)

    address = f"/clusters/{home_cluster.slug}/report/{event.starts_at.year}/"
    found = sheets(client.get(address))

    assert found["Tapahtumat ja osallistujat"].lines[-1].cells[-1] == 2
    assert [line.cells[0] for line in found["Haasteet"].lines] == [
        "Avoin", "Niihin lähetetyt ehdotukset",
    ]  # fmt: skip
    measures = sum(line.cells[1] for line in found["Toimenpideohjelman toimenpiteet"].lines)
    assert measures == Measure.objects.count()
    assert found["Tulokset"].lines[0].cells[1] == 1


def test_project_of_the_year_tells_its_funding(client, project, home_cluster, office):
    today = timezone.localdate()
    project.starts_on = today
    project.save()
    client.force_login(office)

    found = sheets(client.get(f"/clusters/{home_cluster.slug}/report/{today.year}/"))

    assert found["Hankkeet ja niiden rahoitus"].lines[0].cells[0] == "Yhteinen hanke"
    assert found["Hankkeet ja niiden rahoitus"].lines[0].cells[2].endswith("€")


@pytest.mark.parametrize("year", [1, 1999, 2100, 99999])
def test_year_out_of_the_clusters_time_is_not_there(client, home_cluster, office, year):
    client.force_login(office)

    assert client.get(f"/clusters/{home_cluster.slug}/report/{year}/").status_code == 404


def test_today_page_leads_to_the_reports(client, home_cluster, office):
    client.force_login(office)

    assert (
        client.get(reverse("admin:yearly_report")).url == f"/clusters/{home_cluster.slug}/report/"
    )
    assert client.get(reverse("admin:project_funding")).url == "/projects/funding/"


def test_reports_cost_the_same_for_one_event_and_ten(
    client, project, event, home_cluster, office, lead
):
    client.force_login(office)
    pages = [
        f"/projects/{project.slug}/funder-report/",
        f"/clusters/{home_cluster.slug}/report/{event.starts_at.year}/",
    ]
    few = [len(statements.of_page(client, page)) for page in pages]
    for _number in range(9):
        more = held(home_cluster, from_project=project)
        events.registration(more, lead, stage="attended")
        save_budget(make.project(home_cluster, starts_on=event.starts_at.date()),
                    make.seed_plan(), by=None)  # fmt: skip

    many = [len(statements.of_page(client, page)) for page in pages]

    assert many == few
