"""Memberships recorded as they are, ended, continued; decisions taken back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from members.models import Affiliation, Membership, NamedPerson, Organisation, User
from members.pages.queues import recorded_elsewhere
from members.services import applications, memberships
from members.services.memberships import Days
from tests import factories
from tests.members.factories import submitted

SINCE = datetime.date(2015, 3, 1)
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def told():
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "recipient"))


def member_of(user, cluster):
    """As the next request sees it."""
    return cluster.pk in audience(User.objects.get(pk=user.pk)).member_clusters


def record(organisation, cluster, by, **values):
    days = Days(**{"since": SINCE, **values})
    return memberships.record_membership(organisation, cluster, days, by=by, source="Rekisteri")


def test_recorded_membership_is_in_force_and_makes_nobody_a_contact(home_cluster, office):
    firm = factories.organisation(is_shadow=True, introduced_by=home_cluster)

    made = record(firm, home_cluster, office, agreement_on=SINCE)

    assert (made.stage, made.since, made.agreement_on) == ("active", SINCE, SINCE)
    assert not Affiliation.objects.exists()
    assert told() == []
    assert [act.reason for act in audit.of(made)] == ["Rekisteri"]


def test_member_of_another_cluster_without_contact_waits_for_that_cluster(
    client, home_cluster, other_cluster, office, other_office
):
    firm = factories.organisation()
    record(firm, home_cluster, office)

    made = record(firm, other_cluster, other_office)

    assert (made.stage, told()) == ("accepted", [("membership_recorded_elsewhere", office.pk)])
    assert not Organisation.objects.editable_by(other_office).contains(firm)
    with pytest.raises(Refused):
        memberships.agree(made, by=other_office)
    client.force_login(office)
    assert recorded_elsewhere(office).count == 1
    assert recorded_elsewhere(other_office).count == 0
    page = client.get(recorded_elsewhere(office).first)
    assert page.status_code == 200
    assert page.context["can_agree"]
    client.post(reverse("members:application_agree", args=[made.public_id]), {"answer": "agree"})
    made.refresh_from_db()
    assert made.stage == "active"


def test_contact_alone_confirms_where_there_is_one(
    home_cluster, other_cluster, office, other_office, company, lead
):
    made = record(company, other_cluster, other_office)

    with pytest.raises(Refused):
        memberships.agree(made, by=office)
    assert memberships.agree(made, by=lead).stage == "active"


def test_contact_confirms_a_recorded_membership(other_cluster, other_office, company, lead):
    made = record(company, other_cluster, other_office)
    assert (made.stage, told()) == ("accepted", [("membership_recorded", lead.pk)])
    assert not Organisation.objects.editable_by(other_office).contains(company)

    memberships.agree(made, by=lead)

    assert member_of(lead, other_cluster)


def test_contact_denies_a_recorded_membership(other_cluster, other_office, company, lead):
    made = record(company, other_cluster, other_office)

    memberships.disagree(made, by=lead)

    made.refresh_from_db()
    assert made.stage == "withdrawn"
    assert told()[-1] == ("membership_denied", other_office.pk)


def test_contact_answers_on_the_membership_page(other_cluster, other_office, company, lead, client):
    made = record(company, other_cluster, other_office)
    client.force_login(lead)

    page = client.get(made.get_absolute_url()).content.decode()
    address = reverse("members:application_agree", args=[made.public_id])
    unanswered = client.post(address)
    client.post(address, {"answer": "agree"})

    made.refresh_from_db()
    assert "We are not a member" in page
    assert unanswered.status_code == 404
    assert made.stage == "active"


@pytest.mark.parametrize("stage", ["submitted", "active"])
def test_bound_organisation_is_not_recorded_twice(home_cluster, office, stage):
    firm = factories.organisation()
    factories.membership(firm, home_cluster, stage=stage)

    with pytest.raises(Refused):
        record(firm, home_cluster, office)


def test_other_coordinators_do_not_record(home_cluster, other_office):
    with pytest.raises(Refused, match="You do not coordinate"):
        record(factories.organisation(), home_cluster, other_office)


def test_ending_tells_the_contact_and_takes_the_rights(company, home_cluster, office, lead):
    membership = company.memberships.get()

    memberships.end(membership, by=office, reason="Erosi.")

    membership.refresh_from_db()
    assert (membership.stage, membership.until) == ("ended", TODAY())
    assert told() == [("membership_ended", lead.pk)]
    assert not member_of(lead, home_cluster)


def test_coming_last_day_ends_by_itself(company, home_cluster, office, lead):
    membership = company.memberships.get()
    last = TODAY() + datetime.timedelta(days=10)

    memberships.end(membership, by=office, reason="Erosi.", day=last)
    assert told() == [("membership_ends", lead.pk)]
    assert member_of(lead, home_cluster)

    Membership.objects.update(until=TODAY() - datetime.timedelta(days=1))
    assert applications.close_expired() == 1


def test_membership_does_not_end_before_it_began(company, office):
    with pytest.raises(Refused):
        memberships.end(
            company.memberships.get(), by=office, reason="Virhe.", day=datetime.date(2025, 1, 1)
        )


def test_renewed_membership_goes_on(company, home_cluster, office, lead):
    membership = company.memberships.get()
    memberships.end(membership, by=office, reason="Erosi.")

    memberships.renew(membership, by=office)

    membership.refresh_from_db()
    assert (membership.stage, membership.until) == ("active", None)
    assert member_of(lead, home_cluster)
    assert told()[-1] == ("membership_renewed", lead.pk)


def test_renewing_beside_a_newer_membership_is_refused(company, home_cluster, office):
    membership = company.memberships.get()
    memberships.end(membership, by=office, reason="Erosi.")
    factories.membership(company, home_cluster)

    with pytest.raises(Refused, match="newer membership"):
        memberships.renew(membership, by=office)


def test_approval_taken_back_hides_the_new_organisation_until_the_next(home_cluster, office):
    applicant = factories.user()
    membership = submitted(applicant, home_cluster)
    applications.approve(membership, by=office)
    assert member_of(applicant, home_cluster)

    memberships.revert(membership, by=office, reason="Väärä päätös.")

    membership.refresh_from_db()
    assert (membership.stage, membership.decided_by, membership.since) == ("in_review", None, None)
    assert membership.organisation.visibility == "private"
    assert not member_of(applicant, home_cluster)
    assert told()[-1] == ("decision_taken_back", applicant.pk)

    applications.approve(membership, by=office)
    membership.organisation.refresh_from_db()
    assert membership.organisation.visibility == "public"
    assert Affiliation.objects.contacts().filter(user=applicant).count() == 1


def test_rejection_taken_back_is_in_review(home_cluster, office):
    membership = submitted(factories.user(), home_cluster)
    applications.reject(membership, by=office, reason="Ei.")

    memberships.revert(membership, by=office, reason="Uutta tietoa.")

    membership.refresh_from_db()
    assert (membership.stage, membership.decision_reason) == ("in_review", "")


def test_record_made_by_mistake_is_removed(home_cluster, office):
    made = record(factories.organisation(), home_cluster, office)

    memberships.take_back(made, by=office, reason="Väärä organisaatio.")

    assert not Membership.objects.active().exists()


# In the admin


def test_admin_asks_for_the_last_day_and_the_reason(company, office, client):
    membership = company.memberships.get()
    client.force_login(office)
    address = reverse("admin:members_membership_move", args=[membership.pk, "end"])
    last = (TODAY() + datetime.timedelta(days=10)).isoformat()

    assert b'type="date"' in client.post(address, {"reason": "Erosi."}).content
    odd = client.post(address, {"reason": "Erosi.", "confirmed": "yes", "day": "31.2.2030"})
    client.post(address, {"reason": "Erosi.", "confirmed": "yes", "day": last})

    membership.refresh_from_db()
    assert b"errorlist" in odd.content
    assert membership.until.isoformat() == last


FORM = {
    "organisation": "Uusi Vartio Oy", "since": "2015-03-01", "source": "Rekisteri",
    "contact-name": "Aino Malli", "contact-email": "aino@example.org", "contact-language": "fi",
    "representative-language": "fi", "deputy-language": "fi",
}  # fmt: skip


def test_admin_records_an_organisation_that_it_asks_about(home_cluster, office, client):
    client.force_login(office)
    stated = {**FORM, "cluster": home_cluster.pk}
    address = reverse("admin:record_member")

    asked = client.post(address, stated)
    client.post(address, {**stated, "decision": "new"})

    assert asked.status_code == 422
    made = Membership.objects.get()
    assert (made.organisation.name, made.organisation.introduced_by) == (
        "Uusi Vartio Oy", home_cluster,
    )  # fmt: skip
    named = NamedPerson.objects.get()
    assert (named.name, named.role, named.stage) == ("Aino Malli", "contact", "recorded")
    assert not Affiliation.objects.exists()
    assert not OutboxMail.objects.exists()


def test_admin_offers_the_organisation_of_nearly_the_same_name(home_cluster, office, client):
    firm = factories.organisation("Vartio Oy")
    client.force_login(office)
    stated = {**FORM, "cluster": home_cluster.pk, "organisation": "Vartio"}

    page = client.post(reverse("admin:record_member"), stated).content.decode()
    client.post(reverse("admin:record_member"), {**stated, "decision": firm.pk})

    assert "Vartio Oy" in page
    assert Membership.objects.get().organisation == firm


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("until", "2014-01-01"), ("contact-name", ""), ("contact-email", "ei"),
        ("contact-title", "TL III"), ("organisation", ""), ("since", "31.2.2019"),
        ("contact-phone", "<b>"), ("cluster", "999999"), ("source", "SALAINEN"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(home_cluster, office, client, name, value):
    client.force_login(office)
    stated = {**FORM, "cluster": home_cluster.pk, "decision": "new", name: value}

    page = client.post(reverse("admin:record_member"), stated)

    assert page.status_code == 422
    assert b"errorlist" in page.content
    assert not Membership.objects.exists()


def test_organisation_page_leads_to_recording_its_membership(home_cluster, office, client):
    firm = factories.organisation("Vartio Oy", is_shadow=True, introduced_by=home_cluster)
    client.force_login(office)

    page = client.get(reverse("admin:members_organisation_change", args=[firm.pk])).content.decode()
    address = f"{reverse('admin:record_member')}?organisation={firm.pk}"

    assert f'href="{address}"' in page
    assert 'value="Vartio Oy"' in client.get(address).content.decode()


def test_admin_records_a_private_member(home_cluster, office, client):
    client.force_login(office)
    stated = {
        "cluster": home_cluster.pk, "since": "2015-03-01", "source": "Rekisteri",
        "member-name": "Kerttu Yksin", "member-email": "k@example.org", "member-language": "sv",
    }  # fmt: skip

    client.post(f"{reverse('admin:record_member')}?who=person", stated)

    made = NamedPerson.objects.get()
    assert (made.organisation, made.since, made.language) == (None, SINCE, "sv")


def test_form_of_another_cluster_is_refused(other_cluster, office, client):
    client.force_login(office)
    stated = {**FORM, "cluster": other_cluster.pk, "decision": "new"}

    assert client.post(reverse("admin:record_member"), stated).status_code == 422
    assert not Membership.objects.exists()
