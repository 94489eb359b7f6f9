"""Status reports of a project: who writes and reads, what the form asks, reminders."""

import datetime
import uuid

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from projects.models import StatusReport
from projects.models.status_reports import FIRST_AFTER
from projects.pages.status_reports import due_rows
from projects.services import status_reports as services
from tests import factories, statements
from tests.projects import factories as make


@pytest.fixture
def partner(other_cluster):
    firm = factories.organisation("Kumppani Oy")
    factories.membership(firm, other_cluster)
    person = factories.user("partner@example.org")
    factories.affiliation(person, firm, role="contact")
    return person


@pytest.fixture
def project(home_cluster, company, partner):
    made = make.project(home_cluster, organisation=company, title_fi="Yhteinen hanke")
    make.partnership(made, partner.affiliations.get().organisation)
    return made


def filled(**values):
    today = timezone.localdate()
    return {
        "starts_on": today - datetime.timedelta(days=30), "ends_on": today, "light": "green",
        "done": "Työtä.", "coming": "Lisää.", "read_by": "partners", "form_key": uuid.uuid4(),
        **values,
    }  # fmt: skip


def deliver():
    with Postman() as postman:
        while delivery.deliver_one(postman):
            pass


@pytest.mark.parametrize(
    ("read_by", "seen"),
    [
        ("public", {"visitor", "outsider", "other_lead", "member", "partner", "lead", "office"}),
        ("members", {"other_lead", "member", "partner", "lead", "office"}),
        ("partners", {"member", "partner", "lead", "office"}),
    ],
)
def test_report_is_read(client, request, project, read_by, seen):
    report = make.status_report(project, read_by=read_by)

    readers = set()
    for name in ("visitor", "outsider", "other_lead", "member", "partner", "lead", "office"):
        client.logout()
        if name != "visitor":
            client.force_login(request.getfixturevalue(name))
        readers |= {name} if client.get(report.get_absolute_url()).status_code == 200 else set()

    assert readers == seen


@pytest.mark.parametrize(
    ("name", "status"), [("lead", 302), ("office", 302), ("partner", 404), ("member", 404)]
)
def test_report_is_written_by_who_edits_the_project(client, request, project, name, status):
    client.force_login(request.getfixturevalue(name))
    data = filled()
    for _time in range(2):
        response = client.post(f"/projects/{project.slug}/reports/propose/", data)

    assert response.status_code == status
    assert StatusReport.objects.count() == (status == 302)


@pytest.mark.parametrize(
    "values",
    [
        {"light": "red"},
        {"ends_on": "2020-01-01"},
        {"ends_on": timezone.localdate() + datetime.timedelta(days=40)},
        {"next_on": timezone.localdate() - datetime.timedelta(days=1)},
        {"done": ""},
        {"done": "TL IV salainen"},
        {"coming": "x" * 1_000_000},
        {"reason": "www.evil.fi"},
        {"light": "blue"},
        {"starts_on": "1.13.2026"},
    ],
)
def test_unfit_report_is_refused_with_a_word(client, project, lead, values):
    client.force_login(lead)

    response = client.post(f"/projects/{project.slug}/reports/propose/", filled(**values))

    assert response.status_code == 422
    assert not StatusReport.objects.exists()


def test_partners_and_coordinators_hear_of_a_report(client, project, lead, office, partner):
    client.force_login(lead)
    client.post(
        f"/projects/{project.slug}/reports/propose/", filled(light="red", reason="Rahat loppu")
    )

    told = OutboxMail.objects.filter(kind="status_reported")
    assert set(told.values_list("recipient", flat=True)) == {office.pk, partner.pk}


def test_mail_of_a_report_says_how_the_project_stands(client, project, lead, partner, mailoutbox):
    client.force_login(lead)
    client.post(
        f"/projects/{project.slug}/reports/propose/", filled(light="red", reason="Rahat loppu")
    )

    deliver()

    (mail,) = [each for each in mailoutbox if each.to == [partner.email]]
    assert mail.subject == "Hankkeen Yhteinen hanke tilanneraportti"
    assert "Rahat loppu" in mail.body


def test_second_editor_is_told_of_the_first(client, project, lead, office):
    report = make.status_report(project)
    stale = report.stamp
    values = {"light": "green", "done": "Toisin."}
    services.change_report(report, values, by=lead, seen=stale)

    with pytest.raises(Refused):
        services.change_report(report, {"done": "Kolmas."}, by=office, seen=stale)

    report.refresh_from_db()
    assert report.done == "Toisin."


@pytest.mark.parametrize(
    ("promised", "begun", "stage", "is_due"),
    [
        (0, 1000, "running", True),
        (-1, 1000, "running", False),
        (3, 1000, "ended", False),
        (None, FIRST_AFTER.days, "running", True),
        (None, FIRST_AFTER.days - 1, "running", False),
        ("open", 1000, "running", False),
    ],
)
def test_report_is_due(project, lead, promised, begun, stage, is_due):
    today = timezone.localdate()
    project.starts_on, project.stage = today - datetime.timedelta(days=begun), stage
    project.save()
    if promised == "open":
        make.status_report(project)
    elif promised is not None:
        make.status_report(project, next_on=today - datetime.timedelta(days=promised))

    assert bool(due_rows(lead)) is is_due
    assert bool(services.remind()) is is_due


def test_reminder_goes_once_and_is_silent_when_it_is_written(project, lead, mailoutbox):
    today = timezone.localdate()
    make.status_report(project, next_on=today)
    services.remind()
    services.remind()
    told = OutboxMail.objects.filter(kind="status_report_due")
    number = told.count()
    make.status_report(project, next_on=today + datetime.timedelta(days=90))

    deliver()

    assert (number, mailoutbox) == (1, [])


def test_reminder_leads_to_the_form(project, lead, mailoutbox):
    make.status_report(project, next_on=timezone.localdate())
    services.remind()

    deliver()

    (mail,) = mailoutbox
    assert mail.subject == "Tilanneraportti on kirjoittamatta: Yhteinen hanke"
    assert f"/projects/{project.slug}/reports/propose/" in mail.body


def test_next_report_begins_where_the_last_one_ended(client, project, lead):
    make.status_report(project, ends_on=timezone.localdate() - datetime.timedelta(days=9))
    client.force_login(lead)

    form = client.get(f"/projects/{project.slug}/reports/propose/").context["form"]

    assert form.initial["starts_on"] == timezone.localdate() - datetime.timedelta(days=8)


def test_pages_cost_the_same_for_one_report_and_ten(client, project, partner):
    report = make.status_report(project)
    client.force_login(partner)
    pages = [f"/projects/{project.slug}/reports/", report.get_absolute_url()]
    few = [len(statements.of_page(client, page)) for page in pages]
    for _number in range(9):
        make.status_report(project)

    many = [len(statements.of_page(client, page)) for page in pages]

    assert many == few
    assert max(many) <= 10
