"""What the page of a project at work costs, with something of everything that it shows."""

import pytest
from django.utils import timezone

from cluster_portal.core import audit
from projects.models import Amendment, Milestone, Partnership, WorkPackage
from projects.services.budgets import save_budget
from tests import factories, statements
from tests.projects import factories as make
from tests.projects.test_work import application, asked

# A coordinator's second factor is one more.
MOST = {"visitor": 6, "outsider": 11, "member": 13, "lead": 14, "office": 15}


@pytest.fixture
def project(home_cluster, company, lead):
    made = make.project(home_cluster, organisation=company, visibility="public")
    save_budget(made, make.seed_plan(), by=None)
    asked(made, lead)
    return made


def fill(project, lead, number):
    today = timezone.localdate()
    application(project, stage="granted", decided_on=today)
    work = WorkPackage.objects.create(
        project=project, number=number, title_fi=f"Työ {number}", starts_on=today, ends_on=today
    )
    Milestone.objects.create(project=project, title_fi="Pylväs", package=work, due_on=today)
    Amendment.objects.create(
        project=project, what=f"Muutos {number}", why="Siksi.", stage="granted", asked_on=today,
        decided_on=today,
    )  # fmt: skip
    project.staff.create(role="expert", name="Nimi", organisation=project.organisation)
    partner = factories.organisation(f"Kumppani {number} Oy")
    factories.membership(partner, project.home_cluster)
    Partnership.objects.create(project=project, organisation=partner, stage="accepted")
    audit.record(project, "start", by=lead, details={"stage": "running"})


@pytest.mark.parametrize("who", MOST)
def test_page_of_a_project_costs_the_same_for_one_and_four(client, request, project, lead, who):
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))
    fill(project, lead, 1)
    few = statements.of_page(client, project.get_absolute_url())
    for number in (2, 3, 4):
        fill(project, lead, number)

    many = statements.of_page(client, project.get_absolute_url())

    assert len(many) == len(few) <= MOST[who]
    page = client.get(project.get_absolute_url()).content.decode()
    assert ("Kumppani 4" in page, "Muutos 4" in page) == (True, who in {"member", "lead", "office"})
