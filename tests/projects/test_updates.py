"""Owners report of their measures: signed in, by a link without an account, and in the admin."""

import datetime
import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.kinds import NothingToSay
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.outbox import Guest
from members.models import Affiliation
from projects import erasure, exports
from projects.models import Measure, MeasureUpdate, Reporter, ReportRequest
from projects.models.updates import may_report
from projects.services import updates
from projects.services.programmes import approve_programme, new_version
from projects.services.report_reminders import forget_requests, remind_owners
from projects.services.updates import Told
from tests import factories
from tests.notifications.test_rendering import letter
from tests.projects import factories as make

pytestmark = pytest.mark.django_db
GUEST = Guest("sirkka@example.org", "Sirkka Näyte", "fi")


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def measure(home_cluster, company):
    programme = make.approved_programme(home_cluster, company, visibility="public")
    values = {"responsible": company, "indicator_fi": "kunnat", "target": 8, "achieved": 1}
    return make.measure(programme, **values)


@pytest.fixture
def asked(measure, office):
    Reporter.objects.create(
        measure=measure, organisation=measure.responsible, name=GUEST.name, email=GUEST.email
    )
    return updates.ask_for_report(measure, [GUEST], by=office)[0]


def link(request):
    return updates.link_of(request).removeprefix(settings.SITE_URL)


FORM = {"state": "in_progress", "achieved": "3", "text": "Malli valmistui.", "evidence": "",
        "seen": "0"}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("visitor", False), ("outsider", False), ("member", True), ("lead", True),
        ("other_lead", False), ("office", True), ("other_office", False), ("admin", True),
    ],
)  # fmt: skip
def test_owner_and_coordinator_report(person, may, cast, measure):
    assert may_report(measure, cast[person]) is may


def test_report_moves_the_measure_and_stays_in_its_history(client, measure, lead, office):
    client.force_login(lead)

    answer = client.post(reverse("projects:measure_report", args=[measure.public_id]), FORM)

    measure.refresh_from_db()
    assert answer.headers["Location"] == measure.get_absolute_url()
    assert (measure.state, measure.achieved) == ("in_progress", 3)
    told = measure.updates.get()
    assert (told.by, told.organisation, told.text) == (lead, measure.responsible, FORM["text"])
    mail = OutboxMail.objects.get(kind="measure_reported")
    assert mail.recipient == office
    assert "Malli valmistui." in letter(mail).text


def test_coordinator_reports_in_their_own_name(client, measure, office):
    client.force_login(office)

    answer = client.post(reverse("projects:measure_report", args=[measure.public_id]), FORM)

    assert answer.headers["Location"] == measure.get_absolute_url()
    told = measure.updates.get()
    assert (told.by, told.organisation) == (office, None)
    assert "Koordinaattori" in client.get(measure.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("person", "is_own"), [("lead", True), ("office", False)])
def test_answer_by_link_is_of_whom_the_asked_person_speaks_for(
    request, client, measure, office, person, is_own
):
    who = request.getfixturevalue(person)
    asked = updates.ask_for_report(measure, [who], by=office)[0]

    assert client.post(link(asked), FORM).status_code == 302

    told = measure.updates.get()
    assert (told.by, told.organisation) == (who, measure.responsible if is_own else None)


def test_link_reports_without_an_account_and_get_changes_nothing(client, asked, measure):
    for _ in range(2):
        assert client.get(link(asked)).status_code == 200
    assert measure.updates.count() == 0

    answer = client.post(link(asked), FORM, follow=True)

    assert answer.status_code == 200
    told = measure.updates.get()
    assert (told.by, told.name, told.request) == (None, GUEST.name, asked)


def test_the_same_report_twice_is_one(client, asked, measure):
    client.post(link(asked), FORM)
    client.post(link(asked), FORM)

    assert measure.updates.count() == 1


def test_correction_by_the_same_link_is_a_row_of_its_own(client, asked, measure):
    client.post(link(asked), FORM)
    client.post(link(asked), {**FORM, "achieved": "4", "seen": measure.updates.get().pk})

    measure.refresh_from_db()
    assert measure.achieved == 4
    assert [one.achieved for one in measure.updates.all()] == [4, 3]


def test_report_that_another_one_has_overtaken_is_refused_with_its_text(
    client, asked, measure, lead
):
    updates.report(measure, Told("done", 8), by=lead)

    answer = client.post(link(asked), FORM)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Malli valmistui." in page
    assert measure.updates.get().by == lead
    assert "Nyt tallennettuna" not in page, "reports replace nothing"
    seen = re.search(r'name="seen" value="(\d+)"', page).group(1)
    assert client.post(link(asked), {**FORM, "seen": seen}).status_code == 302
    assert measure.updates.count() == 2, "who has read the other's report tells the own one"


def test_link_shows_its_measure_and_no_other(client, asked, measure):
    make.measure(measure.goal.programme, responsible=measure.responsible, title_fi="Toinen asia")

    page = client.get(link(asked)).content.decode()

    assert measure.title in page
    assert "Toinen asia" not in page
    assert GUEST.email not in page


def void(client, asked):
    return client.get(link(asked)).status_code, client.post(link(asked), FORM).status_code


def test_link_expires(client, asked):
    earlier = timezone.now() - datetime.timedelta(days=40)
    ReportRequest.objects.update(asked_at=earlier, expires_at=earlier + datetime.timedelta(days=30))

    assert void(client, asked) == (404, 404)


def test_link_is_revoked_by_the_coordinator(client, asked, measure, office):
    client.force_login(office)
    client.post(reverse("projects:measure_revoke", args=[measure.public_id]))
    client.logout()

    assert void(client, asked) == (404, 404)


def test_new_request_closes_the_earlier_link(client, asked, measure, office):
    later = updates.ask_for_report(measure, [GUEST], by=office)[0]

    assert void(client, asked) == (404, 404)
    assert client.get(link(later)).status_code == 200


def test_link_closes_when_its_receiver_leaves_the_organisation(client, measure, lead, office):
    asked = updates.ask_for_report(measure, [lead], by=office)[0]
    assert client.get(link(asked)).status_code == 200

    Affiliation.objects.get(user=lead).delete()

    assert void(client, asked) == (404, 404)


def test_link_closes_when_another_organisation_becomes_responsible(client, asked, measure):
    Measure.objects.filter(pk=measure.pk).update(responsible=factories.organisation("Uusi Oy"))

    assert void(client, asked) == (404, 404)


def test_altered_link_opens_nothing(client, asked):
    assert client.get(link(asked).rstrip("/") + "x/").status_code == 404


def test_question_is_passed_on_with_a_link_of_its_own(client, asked, measure, lead, office):
    address = reverse("projects:report_pass_on", args=[link(asked).rstrip("/").rsplit("/", 1)[1]])

    values = {"name": "Matti Malli", "email": "matti@example.org", "language": "sv"}
    assert client.post(address, values).status_code == 200

    assert void(client, asked) == (404, 404)
    assert Reporter.objects.get(measure=measure).name == "Matti Malli"
    assert measure.report_requests.first().email == "matti@example.org"
    told = OutboxMail.objects.filter(kind="report_passed_on")
    assert {mail.recipient for mail in told} == {lead, office}


def test_mail_leads_to_the_form(asked):
    text = letter(OutboxMail.objects.get(kind="report_asked")).text

    token = re.search(r"/programme/report/([^/]+)/", text)[1]
    assert updates.request_of(token) == asked


def test_mail_is_silent_once_the_report_is_there(client, asked):
    client.post(link(asked), FORM)
    mail = OutboxMail.objects.get(kind="report_asked")

    with pytest.raises(NothingToSay):
        letter(mail)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "flying"}, {"achieved": "-1"}, {"achieved": "x"}, {"text": "x" * 1201},
        {"text": "TL IV KÄYTTÖ RAJOITETTU"}, {"evidence": "javascript:alert(1)"},
        {"evidence": "\n".join(f"https://example.org/{n}" for n in range(6))},
        {"achieved": "9" * 400}, {"seen": "x"},
    ],
)  # fmt: skip
def test_bad_input_is_told_at_the_form(client, asked, measure, changed):
    assert client.post(link(asked), {**FORM, **changed}).status_code == 422
    assert measure.updates.count() == 0


def test_invisible_characters_are_taken_away(client, asked, measure):
    client.post(link(asked), {**FORM, "text": "Ok\u202e", "evidence": "https://example.org/a"})

    told = measure.updates.get()
    assert (told.text, told.evidence) == ("Ok", ["https://example.org/a"])


def test_figure_that_the_portal_counts_is_not_asked(client, asked, measure):
    Measure.objects.filter(pk=measure.pk).update(
        counts="members", counted_since=timezone.localdate()
    )

    client.post(link(asked), {**FORM, "achieved": "99"})

    measure.refresh_from_db()
    assert measure.achieved == 1
    assert measure.updates.get().achieved is None


def test_names_are_for_those_who_work_with_the_measure(client, asked, measure, lead):
    client.post(link(asked), FORM)
    page = measure.get_absolute_url()

    assert GUEST.name not in client.get(page).content.decode()
    client.force_login(lead)
    assert GUEST.name in client.get(page).content.decode()


def test_hidden_report_is_seen_by_its_organisation_and_the_coordinators(cast, measure, lead):
    updates.report(measure, Told("done", 8), by=lead)
    MeasureUpdate.objects.update(is_hidden=True)

    seen = {name for name, user in cast.items() if MeasureUpdate.objects.visible_to(user).exists()}
    assert seen == {"member", "lead", "office", "admin"}


def test_reports_and_links_go_on_in_the_next_version(client, asked, measure, office, company):
    client.post(link(asked), FORM)
    draft = new_version(measure.goal.programme, by=office)
    approve_programme(draft, by=office)

    later = Measure.objects.get(continues=measure)
    assert later.updates.get().achieved == 3
    assert client.get(link(asked)).status_code == 200
    with pytest.raises(Refused):
        updates.report(measure, Told("done"), by=office)


def test_programme_shows_when_it_was_told(client, asked, measure):
    client.post(link(asked), FORM)

    page = client.get(reverse("projects:programme")).content.decode()

    assert "Malli valmistui." in page


def test_personal_data_is_exported_and_taken_away(measure, lead, office):
    updates.ask_for_report(measure, [lead], by=office)
    updates.report(measure, Told("done", 8, text="Valmis."), by=lead)
    assert exports.reports(lead)[0]["text"] == "Valmis."
    assert erasure.report_effects(lead) != []

    erasure.erase_reports(lead)

    told = measure.updates.get()
    assert (told.by, told.name, told.text) == (None, "", "Valmis.")
    assert ReportRequest.objects.count() == 0


# Reminders


def days(count):
    return datetime.timedelta(days=count)


def put(measure, **values):
    Measure.objects.filter(pk=measure.pk).update(**values)


@pytest.fixture
def alone(measure):
    """The other measure of the programme is done."""
    Measure.objects.exclude(pk=measure.pk).update(state="done")
    return measure


@pytest.mark.parametrize(
    ("ends_in", "told_before", "reason"),
    [
        (10, None, "soon"), (10, 3, None), (10, 30, "soon"), (-10, None, "late"),
        (-10, 2, None), (-3, 10, None), (100, 61, "stale"), (100, 59, None), (100, None, None),
    ],
)  # fmt: skip
def test_owner_is_reminded_when_something_is_to_be_told(alone, lead, ends_in, told_before, reason):
    put(alone, ends_on=timezone.localdate() + days(ends_in))
    if told_before is not None:
        updates.report(alone, Told("in_progress", 1), by=lead)
        MeasureUpdate.objects.update(told_at=timezone.now() - days(told_before))

    remind_owners()

    assert [one.reason for one in alone.report_requests.all()] == ([reason] if reason else [])


def test_measure_of_an_old_programme_that_nobody_ever_told_of_is_stale(alone, lead):
    put(alone, starts_on=timezone.localdate() - days(90),
        ends_on=timezone.localdate() + days(90))  # fmt: skip
    alone.goal.programme.__class__.objects.update(approved_on=timezone.localdate() - days(61))

    assert remind_owners() == 1
    assert alone.report_requests.get().reason == "stale"


def test_chain_goes_from_contact_to_deputy_to_others_to_coordinator(
    alone, company, lead, member, office
):
    deputy = factories.user("deputy@example.org")
    factories.affiliation(deputy, company, role="deputy")
    put(alone, ends_on=timezone.localdate() + days(5))

    asked = []
    for _week in range(6):
        remind_owners()
        assert remind_owners() == 0
        asked.append([one.user for one in alone.report_requests.filter(revoked_at=None)])
        ReportRequest.objects.update(revoked_at=timezone.now())
        for one in ReportRequest.objects.all():
            ReportRequest.objects.filter(pk=one.pk).update(asked_at=one.asked_at - days(8))

    assert asked == [[lead], [deputy], [member], [office], [], []]


def test_named_reporter_is_asked_before_the_contact(alone, company, lead):
    Reporter.objects.create(
        measure=alone, organisation=company, name=GUEST.name, email=GUEST.email, language="sv"
    )
    put(alone, ends_on=timezone.localdate() + days(5))

    remind_owners()

    request = alone.report_requests.get()
    assert (request.user, request.email, request.language) == (None, GUEST.email, "sv")


def test_report_ends_the_chain(alone, lead, member):
    put(alone, ends_on=timezone.localdate() + days(5))
    remind_owners()
    updates.report(alone, Told("in_progress", 2), by=lead)
    ReportRequest.objects.update(asked_at=timezone.now() - days(8))

    assert remind_owners() == 0


def test_requests_of_last_year_are_forgotten(asked):
    ReportRequest.objects.update(
        asked_at=timezone.now() - days(500), expires_at=timezone.now() - days(470)
    )

    forget_requests()

    assert ReportRequest.objects.count() == 0


def test_visitor_may_not_ask_or_revoke(client, measure, lead):
    for name in ("measure_ask", "measure_revoke"):
        address = reverse(f"projects:{name}", args=[measure.public_id])
        assert client.post(address).status_code == 302
        client.force_login(lead)
        assert client.post(address).status_code == 404
        client.logout()
    assert not may_report(measure, AnonymousUser())


def test_reporter_is_named_by_who_coordinates_the_measure(client, measure, company, other_office):
    client.force_login(other_office)
    address = reverse("admin:projects_reporter_add")
    form = {"measure": measure.pk, "organisation": company.pk, "name": "Matti Malli",
            "email": "matti@example.org", "language": "fi"}  # fmt: skip

    answer = client.post(address, form)

    assert "measure" in answer.context["adminform"].errors
    assert not Reporter.objects.exists()


def test_reporter_reports_for_the_responsible_organisation(client, measure, home_cluster, office):
    other = factories.organisation("Toinen Oy")
    factories.membership(other, home_cluster)
    client.force_login(office)
    form = {"measure": measure.pk, "organisation": other.pk, "name": "Matti Malli",
            "email": "matti@example.org", "language": "fi"}  # fmt: skip

    answer = client.post(reverse("admin:projects_reporter_add"), form)

    assert "organisation" in answer.context["adminform"].errors
    client.post(
        reverse("admin:projects_reporter_add"), {**form, "organisation": measure.responsible_id}
    )
    assert Reporter.objects.get().measure == measure


def test_hidden_responsible_organisation_is_not_named(client, measure, company, lead):
    updates.report(measure, Told("in_progress", 2, text="Malli valmistui."), by=lead)
    assert company.title in client.get(measure.get_absolute_url()).content.decode()

    company.visibility = "private"
    company.save()

    page = client.get(measure.get_absolute_url()).content.decode()
    assert "Malli valmistui." in page
    assert company.title not in page


def test_next_responsible_organisation_gets_no_names_and_nothing_hidden(
    client, measure, home_cluster, lead, other_lead
):
    updates.report(measure, Told("in_progress", 2, text="Avoin."), by=lead)
    last = measure.updates.get().pk
    updates.report(measure, Told("in_progress", 3, text="Piilotettu."), by=lead, seen=last)
    measure.updates.filter(text="Piilotettu.").update(is_hidden=True)
    heir = other_lead.affiliations.get().organisation
    Measure.objects.filter(pk=measure.pk).update(responsible=heir)
    client.force_login(other_lead)

    page = client.get(reverse("projects:measure_report", args=[measure.public_id])).content.decode()

    assert "Avoin." in page
    assert "Piilotettu." not in page
    assert str(lead) not in page


def test_same_situation_told_again_later_is_a_report(measure, lead):
    first = updates.report(measure, Told("in_progress", 2), by=lead)

    again = updates.report(measure, Told("in_progress", 2), by=lead, seen=first.pk)

    assert again != first
    assert measure.updates.count() == 2


@pytest.mark.parametrize("change", ["deleted", "replaced"])
def test_link_closes_when_another_person_reports(client, asked, change):
    rows = Reporter.objects.filter(measure=asked.measure)
    if change == "deleted":
        rows.delete()
    else:
        rows.update(name="Matti Malli", email="matti@example.org")

    assert void(client, asked) == (404, 404)


def test_account_hears_that_its_link_passed_the_question_on(measure, lead, office):
    asked = updates.ask_for_report(measure, [lead], by=office)[0]

    updates.pass_on(asked, Guest("matti@example.org", "Matti Malli", "fi"))

    told = OutboxMail.objects.filter(kind="report_passed_on")
    assert {mail.recipient for mail in told} == {lead, office}


def test_long_name_of_an_account_is_cut(measure, lead):
    lead.first_name, lead.last_name = "A" * 90, "B" * 90
    lead.save()

    assert len(updates.report(measure, Told("in_progress", 2), by=lead).name) == 120


def test_named_reporter_is_exported_and_erased_by_their_address(client, asked, measure):
    person = factories.user(GUEST.email.upper().replace("EXAMPLE.ORG", "example.org"))
    client.post(link(asked), FORM)
    Reporter.objects.update(email=person.email)
    assert {"measure": str(measure), "reports as": GUEST.name} in exports.reports(person)

    erasure.erase_reports(person)

    assert not Reporter.objects.exists()
    assert not ReportRequest.objects.exists()
    assert measure.updates.get().name == ""
