"""Applications and completions, amendments, the lead, closing: a project's way with its funder."""

import datetime
import threading
import uuid

import pytest
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.admin.scoped import ReadOnlyInline
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects.admin.partners import PartnershipForm, PartnershipInline, StaffInline
from projects.models import (
    Amendment,
    Application,
    CompletionRequest,
    Milestone,
    Partnership,
    Project,
    WorkPackage,
)
from projects.models.projects import Stage
from projects.pages import applications as page
from projects.services import amendments, applications, partner_roles, partnerships
from projects.services.applications import Told
from projects.services.packages import save_legacy
from projects.services.projects import move_project
from tests import factories
from tests.projects import factories as make

DAY = datetime.timedelta(days=1)


@pytest.fixture
def project(home_cluster, company):
    return make.project(home_cluster, organisation=company)


@pytest.fixture
def partner_organisation(other_cluster):
    made = factories.organisation("Kumppani Oy")
    factories.membership(made, other_cluster)
    return made


@pytest.fixture
def partner(partner_organisation):
    person = factories.user("partner@example.org")
    factories.affiliation(person, partner_organisation, role="contact")
    return person


def application(project, **values):
    today = timezone.localdate()
    values = {"stage": "submitted", "submitted_on": today - 30 * DAY, **values}
    return Application.objects.create(project=project, title="Hakemus", **values)


def asked(project, lead, *, days=5, **values):
    today = timezone.localdate()
    given = {"what": "Kustannusarvio.", "asked_on": today, "due_on": today + days * DAY, **values}
    return applications.ask_completion(application(project), given, by=lead)


def mails(kind):
    return OutboxMail.objects.filter(kind=kind)


def test_completion_is_asked_told_and_answered(project, lead, office):
    request = asked(project, office)
    row = Application.objects.get()

    assert row.stage == "completion"
    assert [mail.recipient for mail in mails("completion_asked")] == [lead]
    assert [each.pk for each in page.waiting_of(lead)] == [request.pk]
    assert page.waiting_of(office) == []

    applications.move_application(row, "complete", by=lead)
    request.refresh_from_db()

    assert request.answered_on == timezone.localdate()
    assert page.waiting_of(lead) == []
    assert [act.action for act in audit.of(row)] == ["funding complete", "funding ask_completion"]


def test_completion_is_asked_with_a_form_only(project, lead):
    with pytest.raises(Refused):
        applications.move_application(application(project), "ask_completion", by=lead)


@pytest.mark.parametrize(
    "days",
    [{"asked_on": 1, "due_on": 5}, {"asked_on": 0, "due_on": -1}, {"asked_on": -31, "due_on": 1}],
)
def test_days_of_a_completion_hold(days, project, lead):
    today = timezone.localdate()
    given = {name: today + count * DAY for name, count in days.items()}

    with pytest.raises(Refused):
        applications.ask_completion(application(project), {"what": "Mitä.", **given}, by=lead)
    assert not CompletionRequest.objects.exists()


@pytest.mark.parametrize(("days", "told"), [(8, 0), (7, 1), (5, 1), (1, 1), (-1, 1)])
def test_reminder_comes_before_the_last_day(days, told, project, lead):
    request = asked(project, lead)
    due = timezone.localdate() + days * DAY
    CompletionRequest.objects.update(asked_on=due - 20 * DAY, due_on=due)

    applications.remind_of_completions()
    applications.remind_of_completions()

    assert mails("completion_due").count() == told
    request.application.refresh_from_db()
    applications.move_application(request.application, "complete", by=lead)
    assert applications.remind_of_completions() == 0


def test_reminders_stop_with_the_application(project, lead):
    request = asked(project, lead, days=2)
    told = Told(reason="Ei jatketa.")

    applications.move_application(request.application, "withdraw", by=lead, told=told)

    assert applications.remind_of_completions() == 0
    assert audit.of(request.application).first().reason == "Ei jatketa."


def test_grant_has_its_day_and_sum(project, lead):
    day = timezone.localdate() - 3 * DAY

    made = applications.move_application(
        application(project), "grant", by=lead, told=Told(day, granted_cents=5_000_00)
    )

    assert (made.decided_on, made.granted_cents, made.stage) == (day, 5_000_00, "granted")


@pytest.fixture
def applied(home_cluster, company):
    """A project that two funders consider."""
    made = make.project(home_cluster, organisation=company, stage="applied")
    return made, application(made), application(made)


def test_project_is_rejected_by_its_last_funder_only(applied, lead):
    project, one, other = applied
    applications.move_application(one, "reject", by=lead)
    project.refresh_from_db()
    assert project.stage == "applied"

    applications.move_application(other, "reject", by=lead)
    project.refresh_from_db()
    assert project.stage == "rejected"


@pytest.mark.parametrize("first", ["reject", "ask_completion", "rejected_project"])
def test_grant_lifts_the_project_whatever_another_funder_did(first, applied, lead):
    project, one, other = applied
    if first == "ask_completion":
        today = timezone.localdate()
        asked = {"what": "Arvio.", "asked_on": today, "due_on": today + DAY}
        applications.ask_completion(one, asked, by=lead)
    else:
        applications.move_application(one, "reject", by=lead)
    if first == "rejected_project":
        move_project(project, "reject", by=lead, reason="Siksi.")

    applications.move_application(other, "grant", by=lead)

    project.refresh_from_db()
    assert project.stage == "granted"


def test_completion_is_over_once_no_funder_waits_for_one(applied, lead):
    project, one, other = applied
    today = timezone.localdate()
    for row in (one, other):
        asked = {"what": "Arvio.", "asked_on": today, "due_on": today + DAY}
        applications.ask_completion(row, asked, by=lead)
    stages = []
    for row in (one, other):
        applications.move_application(row, "complete", by=lead)
        project.refresh_from_db()
        stages.append(project.stage)

    assert stages == ["completion", "applied"]


def test_another_foundation_gets_an_application_of_its_own(client, project, lead):
    client.force_login(lead)
    url = f"{project.get_absolute_url()}applications/"
    for _each in range(2):
        client.post(url)
    first = Application.objects.get()  # a second press finds the draft
    for action in ("submit", "reject"):
        applications.move_application(first, action, by=lead)

    answer = client.post(url)

    second = Application.objects.exclude(pk=first.pk).get()
    assert answer.headers["Location"] == second.get_absolute_url()
    assert second.stage == "draft"


def test_call_takes_one_application(project, lead, home_cluster):
    call = make.call(home_cluster)
    first = applications.begin_application(project, by=lead, call=call)
    applications.move_application(first, "submit", by=lead)

    assert applications.begin_application(project, by=lead, call=call) == first


def test_next_application_prepares_a_rejected_project_again(applied, lead):
    project, one, other = applied
    for row in (one, other):
        applications.move_application(row, "reject", by=lead)

    applications.begin_application(project, by=lead)

    project.refresh_from_db()
    assert project.stage == "preparing"


@pytest.mark.parametrize("days", [1, -31])
def test_decision_is_neither_ahead_nor_before_the_application(days, project, lead):
    told = Told(timezone.localdate() + days * DAY)

    with pytest.raises(Refused):
        applications.move_application(application(project), "reject", by=lead, told=told)


def test_completion_is_answered_from_the_projects_page(client, project, lead, outsider):
    asked(project, lead)
    made = Application.objects.get()
    client.force_login(lead)
    url = f"{made.get_absolute_url()}move/complete/"

    shown = client.get(project.get_absolute_url()).content.decode()
    answered = client.post(url)

    assert f'action="{url}"' in shown
    assert answered.status_code == 302
    made.refresh_from_db()
    assert made.stage == "submitted"


@pytest.mark.parametrize("who", ["visitor", "partner", "member", "lead"])
def test_applications_and_amendments_are_read_inside_only(
    who, client, request, project, lead, partner
):
    asked(project, lead, what="<b>Salaisuus</b>")
    Amendment.objects.create(
        project=project, what="Muutos <i>", why="Siksi.", asked_on=timezone.localdate()
    )
    if who != "visitor":
        client.force_login(request.getfixturevalue(who))

    page = client.get(project.get_absolute_url()).content.decode()

    inside = who in {"member", "lead"}
    assert ("&lt;b&gt;Salaisuus&lt;/b&gt;" in page, "Muutos &lt;i&gt;" in page) == (inside, inside)


def amend(project, by):
    values = {
        "what": "Aikataulu", "why": "Myöhässä.", "asked_on": timezone.localdate(),
        "public_id": uuid.uuid4(),
    }  # fmt: skip
    return amendments.ask_amendment(project, values, by=by)


@pytest.mark.parametrize("action", ["grant", "reject", "withdraw"])
def test_amendment_stops_and_goes_on(action, project, lead):
    row = amend(project, lead)
    project.refresh_from_db()
    assert project.stage == Stage.AMENDMENT

    amendments.decide_amendment(row, action, by=lead)

    project.refresh_from_db()
    row.refresh_from_db()
    assert (project.stage, row.decided_on) == (Stage.RUNNING, timezone.localdate())
    with pytest.raises(Refused):
        amendments.decide_amendment(row, action, by=lead)


def test_amendment_is_one_at_a_time_and_by_its_own(project, lead, partner):
    amend(project, lead)

    with pytest.raises(Refused):
        amend(project, lead)
    with pytest.raises(Refused):
        amendments.decide_amendment(Amendment.objects.get(), "grant", by=partner)


def test_project_ends_with_a_result_and_learnings(home_cluster, company, lead):
    project = make.project(home_cluster, organisation=company, stage="closing")
    values = {"learnings": "Aloita ajoissa."}
    with pytest.raises(Refused):
        move_project(project, "end", by=lead)
    save_legacy(project, values, by=lead)
    make.result(home_cluster, organisation=company, project=project, stage="draft",
                published_at=None, year=None, number=None)  # fmt: skip
    with pytest.raises(Refused):
        move_project(project, "end", by=lead)

    make.result(home_cluster, organisation=company, project=project)
    move_project(project, "end", by=lead)

    assert Project.objects.get(pk=project.pk).stage == "ended"


def test_project_may_end_without_a_result_for_a_reason(home_cluster, company, lead):
    project = make.project(home_cluster, organisation=company, stage="closing")
    legacy = save_legacy(project, {"no_result_reason": "Laite ei valmistunut."}, by=lead)
    with pytest.raises(Refused):
        move_project(project, "end", by=lead)

    save_legacy(project, {"learnings": "Varaa aikaa."}, by=lead, seen=legacy.stamp)

    assert move_project(project, "end", by=lead).stage == "ended"


def test_partner_is_removed_with_a_reason_and_told(project, lead, partner, partner_organisation):
    row = make.partnership(project, partner_organisation)
    with pytest.raises(Refused):
        partnerships.remove(row, by=lead)

    partnerships.remove(row, by=lead, reason="Ei enää mukana.")

    told = mails("partner_removed").get()
    assert (told.recipient, told.values["reason"]) == (partner, "Ei enää mukana.")
    assert audit.of(project).first().reason == "Ei enää mukana."


def test_removed_partner_is_refused_politely(client, project, lead, partner, partner_organisation):
    row = make.partnership(project, partner_organisation)
    url = f"{row.get_absolute_url()}remove/"
    partnerships.remove(row, by=lead, reason="Ei enää mukana.")
    client.force_login(partner)

    response = client.post(url, follow=True)

    assert response.redirect_chain[-1][0] == project.get_absolute_url()
    assert "peruttu" in response.content.decode()


def test_lead_changes_hands(project, lead, partner, partner_organisation, company):
    make.partnership(project, company, role="lead")
    row = make.partnership(project, partner_organisation)

    partner_roles.change_lead(row, by=lead)

    project.refresh_from_db()
    roles = dict(project.partnerships.values_list("organisation__name", "role"))
    assert roles == {company.name: "co_implementer", partner_organisation.name: "lead"}
    assert Project.objects.editable_by(partner).contains(project)
    assert not Project.objects.editable_by(lead).contains(project)
    assert {mail.recipient for mail in mails("lead_changed")} == {partner}


@pytest.mark.parametrize("stage", ["invited", "interested"])
def test_lead_is_a_partner_who_has_accepted(stage, project, lead, partner_organisation):
    row = make.partnership(project, partner_organisation, stage=stage)

    with pytest.raises(Refused):
        partner_roles.change_lead(row, by=lead)


def test_co_editor_does_not_hand_the_project_over(project, partner_organisation, outsider):
    project.editors.create(user=outsider, stage="accepted")
    row = make.partnership(project, partner_organisation)

    with pytest.raises(Refused):
        partner_roles.change_lead(row, by=outsider)


def test_stages_stand_on_the_page_with_their_reasons_inside(client, project, lead):
    move_project(project, "discontinue", by=lead, reason="Rahoitus loppui.")

    page = client.get(project.get_absolute_url()).content.decode()
    client.force_login(lead)
    inside = client.get(project.get_absolute_url()).content.decode()

    assert "Tilahistoria" in page
    assert "Rahoitus loppui." not in page
    assert "Rahoitus loppui." in inside


def test_page_of_a_project_at_work_keeps_its_queries(
    client, project, lead, company, django_assert_max_num_queries
):
    today = timezone.localdate()
    asked(project, lead)
    for number in (1, 2, 3):
        application(project, stage="granted", decided_on=today)
        work = WorkPackage.objects.create(
            project=project, number=number, title_fi="<b>Työ</b>", starts_on=today, ends_on=today
        )
        Milestone.objects.create(project=project, title_fi="<b>", package=work, due_on=today)
        Amendment.objects.create(
            project=project, what="Muutos", why="Siksi.", stage="granted", asked_on=today,
            decided_on=today,
        )  # fmt: skip
        project.staff.create(role="expert", name="Nimi", organisation=company)
    client.force_login(lead)

    with django_assert_max_num_queries(14):
        page = client.get(project.get_absolute_url()).content.decode()

    assert "&lt;b&gt;Työ&lt;/b&gt;" in page
    assert "<b>Työ" not in page


@pytest.mark.parametrize("who", ["lead", "partner"])
def test_what_comes_next_leads_to_pages_that_the_reader_may_open(client, request, project, who):
    partner = request.getfixturevalue("partner")
    make.partnership(project, partner.affiliations.get().organisation, stage="accepted")
    today = timezone.localdate()
    package = WorkPackage.objects.create(
        project=project, number=1, title_fi="Työ", starts_on=today, ends_on=today
    )
    Milestone.objects.create(project=project, title_fi="Pylväs", package=package, due_on=today)
    asked(project, request.getfixturevalue("lead"))
    client.force_login(request.getfixturevalue(who))

    answer = client.get(project.get_absolute_url())

    links = [row["url"] for row in answer.context["next_steps"] if row["url"]]
    assert len(links) == {"lead": 3, "partner": 1}[who]
    assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.django_db(transaction=True)
def test_two_completions_at_once_leave_one(project, lead):
    """The project's row is the lock: the second finds the stage taken."""
    made, refused = application(project), []
    today = timezone.localdate()

    def ask():
        try:
            values = {"what": "Mitä.", "asked_on": today, "due_on": today + DAY}
            applications.ask_completion(made, values, by=lead)
        except Refused:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (CompletionRequest.objects.count(), len(refused)) == (1, 2)


def test_second_of_two_who_change_a_partners_part_is_told(
    client, project, lead, partner_organisation
):
    row = make.partnership(project, partner_organisation)
    client.force_login(lead)
    address = reverse("projects:partner_edit", args=[project.slug, row.public_id])
    assert f'name="seen" value="{row.stamp}"' in client.get(address).content.decode()
    began = row.stamp
    partner_roles.edit_partner(row, {"task_fi": "Mittaa."}, by=lead)

    refused = client.post(address, {"role": "partner", "task_fi": "Kokeilee.", "seen": began})

    row.refresh_from_db()
    assert (refused.status_code, row.task_fi) == (422, "Mittaa.")


def test_new_lead_is_found_with_the_project(project, lead, partner_organisation):
    row = make.partnership(project, partner_organisation)
    partner_roles.change_lead(row, by=lead)

    found = Project.objects.annotate(words=Cast("search", TextField())).get(pk=project.pk)
    assert "kumppani" in found.words


@pytest.mark.parametrize(("first", "shown"), [("lead", {"lead"}), ("partner", {"partner"})])
def test_nobody_becomes_the_lead_in_the_admin(first, shown, project, partner_organisation):
    row = make.partnership(project, partner_organisation, role=first)
    form = modelform_factory(Partnership, form=PartnershipForm, fields=["role", "stage"])

    bound = form({"role": "lead", "stage": "declined"}, instance=row)
    if bound.is_valid():
        bound.save()

    row.refresh_from_db()
    assert {row.role} == shown
    assert row.stage == "accepted"


def test_staff_is_only_read_in_the_admin():
    assert issubclass(StaffInline, ReadOnlyInline)
    assert not PartnershipInline.can_delete
