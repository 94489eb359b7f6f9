"""Two coordinators with the same form open: nothing that either saved is lost unseen (TRUST 41)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from projects.services.budgets import save_budget
from tests import factories
from tests.browser_form import fields
from tests.events import factories as event_factories
from tests.projects import factories as made


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def project(home_cluster):
    return made.project(home_cluster, title_fi="Varautumisen hanke", summary_fi="Alku.")


@pytest.fixture
def address(project):
    return reverse("admin:projects_project_change", args=[project.pk])


def opened(client, address):
    page = client.get(address).content.decode()
    return fields(page, "project_form")


def save(client, address, form, **values):
    return client.post(address, {**form, **values, "_save": "1"})


def test_saving_an_untouched_form_changes_nothing(client, office, project, address):
    client.force_login(office)
    form = opened(client, address)
    project.terms.add(factories.region("11"))
    before = {**Project.objects.values().get(), "updated_at": None}

    assert save(client, address, form).status_code == 302
    assert {**Project.objects.values().get(), "updated_at": None} == before
    assert project.terms.count() == 1


def test_what_only_the_other_changed_stays(client, office, project, address):
    client.force_login(office)
    form = opened(client, address)
    Project.objects.update(summary_fi="Toisen.", description_fi="Kaksi\nriviä")
    project.terms.add(factories.region("11"))

    assert save(client, address, form, title_fi="Minun otsikko").status_code == 302

    project.refresh_from_db()
    assert (project.title_fi, project.summary_fi) == ("Minun otsikko", "Toisen.")
    assert project.description_fi == "Kaksi\nriviä"
    assert project.terms.count() == 1


def test_what_both_changed_is_asked_about_once(client, office, project, address):
    client.force_login(office)
    form = opened(client, address)
    Project.objects.update(summary_fi="Toisen & <b>teksti</b>.")

    asked = save(client, address, form, summary_fi="Minun.")
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Toisen &amp; &lt;b&gt;teksti&lt;/b&gt;." in page
    assert Project.objects.get().summary_fi == "Toisen & <b>teksti</b>."

    again = fields(page, "project_form")
    assert again["summary_fi"] == ["Minun."]
    assert save(client, address, again).status_code == 302
    assert Project.objects.get().summary_fi == "Minun."


def test_links_and_days_that_both_changed_are_asked_about(client, office, project, address):
    client.force_login(office)
    form = opened(client, address)
    theirs, mine = factories.region("11"), factories.region("06")
    project.terms.add(theirs)
    Project.objects.update(starts_on=datetime.date(2027, 3, 11))

    asked = save(client, address, form, terms=[mine.pk], starts_on="12.3.2027")
    page = asked.content.decode()
    assert asked.status_code == 200
    assert theirs.label_fi in page
    assert "11.3.2027" in page

    assert save(client, address, fields(page, "project_form")).status_code == 302
    project.refresh_from_db()
    assert list(project.terms.all()) == [mine]
    assert project.starts_on == datetime.date(2027, 3, 12)


def test_what_another_put_in_the_place_of_what_she_cannot_choose_stays(
    client, office, project, address
):
    """Out of their scope a choice is offered as long as it is stored."""
    hidden, other = (factories.organisation(visibility="private") for _number in range(2))
    Project.objects.update(organisation=hidden)
    client.force_login(office)
    form = opened(client, address)
    Project.objects.update(organisation=other)

    assert form["organisation"] == [str(hidden.pk)]
    assert save(client, address, form, title_fi="Minun otsikko").status_code == 302

    project.refresh_from_db()
    assert (project.title_fi, project.organisation) == ("Minun otsikko", other)


def test_what_she_cannot_choose_is_refused_when_she_chooses_it(client, office, project, address):
    hidden, other = (factories.organisation(visibility="private") for _number in range(2))
    client.force_login(office)
    form = opened(client, address)
    Project.objects.update(organisation=other)

    refused = save(client, address, form, organisation=hidden.pk)

    assert "organisation" in refused.context["adminform"].form.errors
    project.refresh_from_db()
    assert project.organisation == other


def test_the_same_change_by_both_is_no_conflict(client, office, project, address):
    client.force_login(office)
    form = opened(client, address)
    Project.objects.update(summary_fi="Sama.\nToinen rivi.")

    assert save(client, address, form, summary_fi="Sama.\r\nToinen rivi.").status_code == 302


def test_rows_below_are_merged_too(client, office, project, address):
    partner = made.partnership(project, factories.organisation(), task_fi="Alku")
    client.force_login(office)
    form = opened(client, address)
    type(partner).objects.update(task_fi="Toisen")

    assert save(client, address, form).status_code == 302
    partner.refresh_from_db()
    assert partner.task_fi == "Toisen"

    asked = save(client, address, form, **{"partnerships-0-task_fi": "Minun"})
    assert asked.status_code == 200
    assert "Toisen" in asked.content.decode()


def test_what_was_seen_survives_a_refused_form(client, office, home_cluster):
    """An empty choice sends nothing: Django does not carry along what was seen of it."""
    moved = event_factories.event(home_cluster)
    theme, address = factories.region("11"), f"/admin/events/event/{moved.pk}/change/"
    client.force_login(office)
    form = fields(client.get(address).content.decode(), "event_form")
    hers = {"terms": [theme.pk], "ends_at": "2031-12-01T12:00", "title_fi": ""}

    refused = save(client, address, form, **hers)
    again = fields(refused.content.decode(), "event_form")
    assert save(client, address, again, title_fi="Otsikko").status_code == 302

    moved.refresh_from_db()
    assert list(moved.terms.all()) == [theme]
    assert timezone.localtime(moved.ends_at).date() == datetime.date(2031, 12, 1)


def test_a_moment_that_both_changed_is_hers_when_saved_again(client, office, home_cluster):
    moved = event_factories.event(home_cluster)
    address = f"/admin/events/event/{moved.pk}/change/"
    client.force_login(office)
    form = fields(client.get(address).content.decode(), "event_form")
    type(moved).objects.update(ends_at=moved.ends_at + datetime.timedelta(days=400))

    asked = save(client, address, form, ends_at="2031-12-01T12:00")
    assert asked.status_code == 200
    assert save(client, address, fields(asked.content.decode(), "event_form")).status_code == 302

    moved.refresh_from_db()
    assert timezone.localtime(moved.ends_at).date() == datetime.date(2031, 12, 1)


def test_two_who_edit_one_budget(client, office, project):
    budget = save_budget(project, made.seed_plan(), by=office)
    address = reverse("admin:projects_budget_change", args=[budget.pk])
    client.force_login(office)
    form = fields(client.get(address).content.decode(), "budget_form")
    budget.sources.filter(amount_cents=500_00).update(amount_cents=600_00)

    assert save(client, address, form, **{"costs-0-note": "Minun"}).status_code == 302
    assert budget.costs.get().note == "Minun"
    assert budget.sources.filter(amount_cents=600_00).exists()
