"""What a project's own people write: its text, steps, staff, work packages and milestones."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from projects import erasure, exports
from projects.forms.parts import FORMS, StaffForm, read_moment, typed_moment
from projects.models import Milestone, Project, ProjectEditor, ProjectStep, StaffMember, WorkPackage
from projects.models.work import WorkState, work_state
from projects.services import ideas, parts
from projects.services.staff import leave_staff
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
    factories.affiliation(person, partner_organisation)
    return person


def package(project, number=1, **values):
    today = timezone.localdate()
    values = {"title_fi": "Työ", "starts_on": today - DAY, "ends_on": today + DAY, **values}
    return WorkPackage.objects.create(project=project, number=number, **values)


def manager(project, user, organisation, **values):
    values = {"role": "manager", "user": user, "organisation": organisation, **values}
    return StaffMember.objects.create(project=project, **values)


@pytest.mark.parametrize(
    ("values", "edits"),
    [
        ({}, True),
        ({"role": "expert"}, False),
        ({"starts_on": 1}, False),
        ({"ends_on": -1}, False),
        ({"starts_on": -1, "ends_on": 0}, True),
        ({"organisation": None}, False),
    ],
)
def test_manager_of_a_partner_edits_during_the_period(
    values, edits, project, partner, partner_organisation
):
    make.partnership(project, partner_organisation)
    today = timezone.localdate()
    days = {k: today + v * DAY if isinstance(v, int) else v for k, v in values.items()}

    manager(project, partner, **{"organisation": partner_organisation, **days})

    assert Project.objects.editable_by(partner).exists() is edits


def test_manager_stops_editing_when_the_partner_or_the_person_leaves(
    project, partner, partner_organisation
):
    partnership = make.partnership(project, partner_organisation)
    manager(project, partner, partner_organisation)
    assert Project.objects.editable_by(partner).exists()

    partnership.delete()
    assert not Project.objects.editable_by(partner).exists()

    make.partnership(project, partner_organisation)
    partner.affiliations.all().delete()
    assert not Project.objects.editable_by(type(partner).objects.get(pk=partner.pk)).exists()


def test_names_of_the_staff_are_read_inside_only(project, lead, partner, outsider, client):
    StaffMember.objects.create(project=project, role="assistant", name="Kuura <b>Kuvitelma</b>")

    assert StaffMember.objects.visible_to(lead).exists()
    assert not StaffMember.objects.visible_to(partner).exists()
    page = client.get(project.get_absolute_url()).content.decode()
    assert "projektiassistentti" in page
    assert "Kuvitelma" not in page
    client.force_login(lead)
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Kuura &lt;b&gt;Kuvitelma&lt;/b&gt;" in page


def test_who_is_named_is_told_once_and_can_leave(project, lead, member, company):
    values = {"role": "expert", "user": member, "organisation": company}
    row = parts.add_part("staff", project, values, key=uuid.uuid4(), by=lead)
    parts.edit_part("staff", row, {**values, "percent": 40}, by=lead)

    told = OutboxMail.objects.filter(kind="staff_named")
    assert [mail.recipient for mail in told] == [member]

    with pytest.raises(Refused):
        leave_staff(row, by=lead)
    leave_staff(row, by=member)
    row.refresh_from_db()
    assert (row.user, row.percent) == (None, 40)


def test_staff_is_exported_and_erased(project, member, company):
    manager(project, member, company, percent=50)

    assert [row["per cent"] for row in exports.staff(member)] == [50]
    assert any("1" in words for words in erasure.idea_effects(member))
    erasure.erase_ideas(member)

    assert StaffMember.objects.get().user is None
    assert exports.staff(member) == []


def test_same_form_makes_one_row(project, lead):
    key = uuid.uuid4()
    values = {"on": timezone.localdate(), "precision": "day", "text_fi": "Alkoi."}

    parts.add_part("steps", project, values, key=key, by=lead)
    parts.add_part("steps", project, values, key=key, by=lead)

    assert ProjectStep.objects.count() == 1


def test_key_of_another_project_is_refused(project, lead, home_cluster, company):
    other = make.project(home_cluster, organisation=company)
    row = package(other)

    with pytest.raises(Refused):
        parts.add_part("packages", project, {"number": 1}, key=row.public_id, by=lead)


def test_two_editors_of_one_row(project, lead):
    row = package(project)
    seen = row.stamp
    values = {"title_fi": "Uusi nimi"}

    parts.edit_part("packages", row, values, by=lead, seen=seen)

    with pytest.raises(Refused):
        parts.edit_part("packages", row, {"title_fi": "Toinen"}, by=lead, seen=seen)
    assert WorkPackage.objects.get().title_fi == "Uusi nimi"


def test_row_removed_meanwhile_is_said(project, lead):
    row = package(project)
    parts.remove_part("packages", row, by=lead)

    with pytest.raises(Refused):
        parts.edit_part("packages", row, {"title_fi": "Toinen"}, by=lead)
    with pytest.raises(Refused):
        parts.remove_part("packages", row, by=lead)


def test_number_of_a_work_package_is_free(project, lead):
    package(project, 1)
    today = timezone.localdate()
    values = {"number": 1, "title_fi": "Työ", "starts_on": today, "ends_on": today, "done": 0}

    with pytest.raises(Refused):
        parts.add_part("packages", project, values, key=uuid.uuid4(), by=lead)


def test_milestone_belongs_to_a_package_of_its_project(project, lead, home_cluster):
    other = package(make.project(home_cluster))
    values = {"title_fi": "Valmis", "due_on": timezone.localdate(), "package": other}

    with pytest.raises(Refused):
        parts.add_part("milestones", project, values, key=uuid.uuid4(), by=lead)
    assert not Milestone.objects.exists()


def test_stranger_writes_no_part(project, partner):
    with pytest.raises(Refused):
        parts.add_part("steps", project, {}, key=uuid.uuid4(), by=partner)


@pytest.mark.parametrize(
    ("first", "last", "done", "state"),
    [
        (1, 9, 0, WorkState.PLANNED),
        (1, 9, 10, WorkState.RUNNING),
        (0, 9, 0, WorkState.RUNNING),
        (-9, -1, 99, WorkState.LATE),
        (-9, -1, 100, WorkState.DONE),
        (-9, 0, 0, WorkState.RUNNING),
    ],
)
def test_state_of_a_work_package(first, last, done, state):
    today = timezone.localdate()

    assert work_state(today + first * DAY, today + last * DAY, done) == state


@pytest.mark.parametrize(
    ("text", "day", "precision", "again"),
    [
        ("2026", (2026, 1, 1), "year", "2026"),
        ("3/2026", (2026, 3, 1), "month", "3/2026"),
        ("03.2026", (2026, 3, 1), "month", "3/2026"),
        ("2026-03", (2026, 3, 1), "month", "3/2026"),
        ("13.3.2026", (2026, 3, 13), "day", "13.3.2026"),
        ("2026-03-13", (2026, 3, 13), "day", "13.3.2026"),
    ],
)
def test_moment_keeps_its_precision(text, day, precision, again):
    found = read_moment(text)

    assert found == (datetime.date(*day), precision)
    assert typed_moment(*found) == again


@pytest.mark.parametrize("text", ["", "26", "13/2026", "0/2026", "31.2.2026", "keväällä", "0000"])
def test_moment_that_is_none(text):
    assert read_moment(text) is None


def test_step_of_months_is_written(client, project, lead):
    client.force_login(lead)
    url = f"/projects/{project.slug}/parts/steps/propose/"
    data = {"key": str(uuid.uuid4()), "on": "3/2026", "until": "4/2026", "text_fi": "Valmistelu."}

    assert client.post(url, data).status_code == 302

    step = ProjectStep.objects.get()
    assert (step.on, step.until) == (datetime.date(2026, 3, 1), datetime.date(2026, 4, 30))
    assert step.when == "maaliskuu–huhtikuu 2026"
    page = client.get(step.get_absolute_url()).content.decode()
    assert 'value="3/2026"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2026"},
        {"until": "2/2026"},
        {"on": "1/1026"},
        {"text_fi": "TL IV tieto"},
        {"text_fi": "A" * 301},
        {"text_fi": ""},
    ],
)
def test_wrong_step_is_refused(wrong, client, project, lead):
    client.force_login(lead)
    data = {"key": str(uuid.uuid4()), "on": "3/2026", "text_fi": "Valmistelu.", **wrong}

    response = client.post(f"/projects/{project.slug}/parts/steps/propose/", data)

    assert response.status_code == 422
    assert not ProjectStep.objects.exists()


def project_data(project, **values):
    names = ("title_fi", "summary_fi")
    return {name: getattr(project, name) for name in names} | {"seen": project.stamp, **values}


def test_owner_edits_text_and_level(client, project, lead):
    client.force_login(lead)
    data = project_data(project, title_fi="Uusi hankkeen nimi", scopes=["regional", "national"])

    assert client.post(f"/projects/{project.slug}/edit/", data).status_code == 302

    project.refresh_from_db()
    assert (project.title_fi, project.scopes) == ("Uusi hankkeen nimi", ["regional", "national"])
    assert audit.of(project).first().action == "edited"


def test_two_editors_of_the_text(client, project, lead):
    data = project_data(project, title_fi="Toisen uusi nimi")
    ideas.edit_idea(project, {"title_fi": "Ensimmäisen nimi"}, by=lead)
    client.force_login(lead)

    response = client.post(f"/projects/{project.slug}/edit/", data)

    assert response.status_code == 422
    assert Project.objects.get().title_fi == "Ensimmäisen nimi"


def test_mistake_does_not_hide_what_another_has_written(client, project, lead):
    """The form that comes back still began from the text before the other's."""
    client.force_login(lead)
    address = f"/projects/{project.slug}/edit/"
    data = project_data(project, description_fi="Minun\r\ntekstini")
    began = project.stamp
    ideas.edit_idea(project, {"description_fi": "Toisen <b>teksti"}, by=lead)

    mistaken = client.post(address, {**data, "title_fi": "X"}).content.decode()
    refused = client.post(address, data).content.decode()

    assert f'name="seen" value="{began}"' in mistaken
    assert "Toisen" not in mistaken.split("<form")[0]
    assert "Toisen &lt;b&gt;teksti" in refused
    assert "Minun\ntekstini" in refused.replace("\r\n", "\n")
    now = Project.objects.get().stamp
    assert f'name="seen" value="{now}"' in refused
    assert client.post(address, {**data, "seen": now}).status_code == 302


def test_days_of_the_project_are_in_order(client, project, lead):
    client.force_login(lead)
    data = project_data(project, starts_on="2026-05-01", ends_on="2026-04-01")

    assert client.post(f"/projects/{project.slug}/edit/", data).status_code == 422


def test_staff_are_chosen_among_colleagues_and_co_editors(
    project, lead, member, partner, partner_organisation, outsider
):
    make.partnership(project, partner_organisation)
    ProjectEditor.objects.create(project=project, user=outsider, stage="accepted")
    form = StaffForm(project=project, row=None, user=lead)

    assert set(form.fields["user"].queryset) == {lead, member, outsider}
    assert partner_organisation in form.fields["organisation"].queryset


@pytest.mark.parametrize("kind", parts.KINDS)
def test_lists_keep_their_queries(
    kind, client, project, lead, company, django_assert_max_num_queries
):
    today = timezone.localdate()
    for number in (1, 2, 3):
        work = package(project, number, organisation=company)
        Milestone.objects.create(project=project, title_fi="<b>", package=work, due_on=today)
        manager(project, lead, company)
        ProjectStep.objects.create(project=project, on=today, text_fi="<b>")
    client.force_login(lead)

    with django_assert_max_num_queries(9):
        page = client.get(f"/projects/{project.slug}/parts/{kind}/").content.decode()

    assert "<b>" not in page


def test_unknown_kind_is_no_page(client, project, lead):
    client.force_login(lead)

    assert client.get(f"/projects/{project.slug}/parts/other/").status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "0206-01-01", "1989-12-31", "2101-01-01"])
def test_wild_day_is_asked_again(client, project, lead, day):
    client.force_login(lead)
    form = {"number": 1, "title_fi": "Paketti", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
            "done": 0, "key": uuid.uuid4()}  # fmt: skip

    answer = client.post(
        reverse("projects:part_add", args=[project.slug, "packages"]),
        {**form, "starts_on" if day < "2026" else "ends_on": day},
    )

    assert answer.status_code == 422
    assert "Tarkista vuosi." in answer.content.decode()
    assert not project.work_packages.exists()


def test_package_keeps_whose_organisation_has_left(project, lead):
    gone = factories.organisation("Lähtenyt Oy")
    package = WorkPackage.objects.create(
        project=project, number=1, title_fi="Paketti", organisation=gone,
        starts_on="2026-01-01", ends_on="2026-12-31",
    )  # fmt: skip

    form = FORMS["packages"](project=project, row=package, user=lead)

    assert gone in form.fields["organisation"].queryset
