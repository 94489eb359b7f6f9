"""Nobody of another cluster gets at an organisation by applying in its name (DESIGN 8)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster_portal.core import files
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from members.models import Affiliation, Membership, Organisation, User
from members.services import affiliations, applications, invitations, organisations
from members.services.applications import Applied
from tests import factories
from tests.members.isolation import belongings, closed_pages, try_admin
from tests.theses import factories as theses
from theses.models import Application, Topic
from theses.services import applications as thesis_applications

PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def firm(company, home_cluster, lead, member):
    """A member of the home cluster with a contact, a colleague, and a student's application."""
    topic = theses.topic(company, home_cluster, contact=lead)
    sent = theses.application(topic, factories.user("student@example.org"))
    cv = files.check(SimpleUploadedFile("cv.pdf", PDF))
    thesis_applications.keep_files(sent, [cv])
    return company


@pytest.fixture
def stranger(other_cluster):
    """Not of the firm, and a private member of the other cluster."""
    person = factories.verified(factories.user("stranger@example.org"))
    factories.membership(person, other_cluster)
    return person


def in_its_name(firm, cluster, by):
    chosen = Applied(cluster=cluster, membership={"motive": "Me."}, organisation=firm)
    return applications.submit(applications.save_draft(chosen, by=by), by=by)


def try_services(firm, users):
    """What every one of them tries against the firm and its people; each answer is a refusal."""
    for by in users:
        for row in Affiliation.objects.filter(organisation=firm).exclude(user=by):
            for act in ("confirm", "decline", "end", "restore", "settle"):
                with pytest.raises(Refused):
                    getattr(affiliations, act)(row, by=by)
            with pytest.raises(Refused):
                affiliations.change_role(row, "contact", by=by, reason="Siksi.")
        for target in users:
            with pytest.raises(Refused):
                affiliations.name_person(firm, target, "contact", by=by, reason="Siksi.")
            token = invitations.token_for(firm, target.email, "contact", by=by)
            with pytest.raises(Refused):
                invitations.accept(token, by=target)
        with pytest.raises(Refused):
            organisations.edit_organisation(firm, {"name": "Kaapattu Oy"}, by=by)


def assert_nothing_reached(client, firm, users, before):
    """As each of them: nothing seen that is not public, nothing changed."""
    try_services(firm, users)
    for user in users:
        codes = try_admin(client, user, firm, users[0])
        assert set(codes) <= {200, 302, 403, 404, 405}
        assert [client.get(page).status_code in {302, 403, 404} for page in closed_pages(firm)] == [
            True for _page in closed_pages(firm)
        ]
        fresh = User.objects.get(pk=user.pk)
        assert not Organisation.objects.editable_by(fresh).contains(firm)
        assert not Affiliation.objects.confirmed().visible_to(fresh).filter(
            organisation=firm
        ).exists()  # fmt: skip
        assert not Application.objects.visible_to(fresh).exists()
        assert not Topic.objects.editable_by(fresh).exists()
        assert firm.pk not in audience(fresh).organisations
    assert belongings(firm) == before


def states(firm, cluster, applicant, office):
    """An application in the firm's name at each of its states in turn, and what was asked then."""
    made = in_its_name(firm, cluster, applicant)
    yield made
    yield applications.take_up(made, by=office)
    yield applications.ask(made, by=office, question="Kuka olet?")
    yield applications.reply(made, by=applicant, answer="Minä.")
    yield applications.withdraw(made, by=applicant)
    made = in_its_name(firm, cluster, applicant)
    yield applications.reject(made, by=office, reason="Ei käy.")
    made = in_its_name(firm, cluster, applicant)
    yield applications.approve(made, by=office)
    with pytest.raises(Refused):
        applications.activate(made, by=office)
    affiliations.decline(Affiliation.objects.get(user=applicant), by=firm_contact(firm))
    yield Membership.objects.get(pk=made.pk)


def firm_contact(firm):
    return Affiliation.objects.contacts().get(organisation=firm).user


def test_application_in_its_name_opens_nothing_at_any_state_to_anybody(
    client, firm, stranger, other_office, other_cluster
):
    second_office = factories.coordinator(other_cluster)
    factories.second_factor(second_office)
    outsider = factories.user("outsider@example.org")
    users = [stranger, outsider, other_office, second_office]
    before, seen = belongings(firm), []
    assert_nothing_reached(client, firm, users, before)

    for application in states(firm, other_cluster, stranger, other_office):
        assert_nothing_reached(client, firm, users, before)
        seen.append(application.stage)

    assert seen == [
        "submitted", "in_review", "more_information", "in_review", "withdrawn", "rejected",
        "accepted", "withdrawn",
    ]  # fmt: skip


def test_organisation_is_told_of_an_application_in_its_name(
    firm, stranger, lead, other_office, other_cluster
):
    made = in_its_name(firm, other_cluster, stranger)
    told = OutboxMail.objects.filter(kind="application_in_name")
    assert [(mail.recipient, mail.about) for mail in told] == [(lead, firm)]

    applications.approve(made, by=other_office)

    asked = Affiliation.objects.get(user=stranger)
    assert (asked.stage, asked.role) == ("requested", "member")


def test_organisation_joins_as_soon_as_it_has_confirmed_the_applicant(
    firm, stranger, other_office, other_cluster, lead
):
    approved = applications.approve(in_its_name(firm, other_cluster, stranger), by=other_office)

    affiliations.confirm(Affiliation.objects.get(user=stranger), by=lead)

    assert Membership.objects.get(pk=approved.pk).stage == "active"
    assert Affiliation.objects.get(user=stranger).role == "member"
    assert "membership_started" in OutboxMail.objects.values_list("kind", flat=True)


def test_application_of_its_own_contact_joins_at_once(firm, other_office, other_cluster, lead):
    made = in_its_name(firm, other_cluster, lead)

    assert applications.approve(made, by=other_office).stage == "active"
    assert not OutboxMail.objects.filter(kind="application_in_name").exists()


def test_profile_that_nobody_claimed_has_no_contact_by_approval(
    stranger, other_office, other_cluster
):
    profile = organisations.make_shadow("Varjo Oy", cluster=other_cluster, by=other_office)

    made = applications.approve(in_its_name(profile, other_cluster, stranger), by=other_office)

    assert made.stage == "active"
    row = Affiliation.objects.get(user=stranger)
    assert (row.stage, row.role) == ("requested", "member")
    profile.refresh_from_db()
    assert not profile.is_shadow


def test_claimed_profile_is_no_longer_edited_by_the_cluster_that_made_it(
    other_office, other_cluster, home_cluster
):
    profile = organisations.make_shadow("Varjo Oy", cluster=other_cluster, by=other_office)
    assert Organisation.objects.editable_by(other_office).contains(profile)

    factories.membership(profile, home_cluster)

    assert not Organisation.objects.editable_by(other_office).contains(profile)


def test_name_of_an_organisation_that_was_refused_gives_its_first_applicant_nothing(
    stranger, office, other_office, home_cluster, other_cluster
):
    """What a stranger once wrote and nobody took in is the next applicant's, who is approved."""
    details = {"name": "Oikea Oy", "kind": "company"}
    false = Applied(other_cluster, {"motive": "Me."}, details=details)
    first = applications.submit(applications.save_draft(false, by=stranger), by=stranger)
    applications.reject(first, by=other_office, reason="Ei käy.")
    owner = factories.user()
    true = Applied(home_cluster, {"motive": "Me."}, details=details)
    second = applications.submit(applications.save_draft(true, by=owner), by=owner)

    made = applications.approve(second, by=office)

    assert made.organisation == first.organisation
    assert [row.user for row in Affiliation.objects.contacts()] == [owner]
    again = in_its_name(made.organisation, other_cluster, stranger)
    assert applications.approve(again, by=other_office).stage == "accepted"
    assert [row.user for row in Affiliation.objects.contacts()] == [owner]


def test_coordinator_sees_of_the_named_organisation_only_its_public_page(
    client, firm, stranger, other_office, other_cluster
):
    Organisation.objects.filter(pk=firm.pk).update(description="Kuvaus", business_id="1234567-1")
    made = in_its_name(firm, other_cluster, stranger)
    client.force_login(other_office)

    page = client.get(f"/admin/members/membership/{made.pk}/change/").content.decode()

    assert firm.get_absolute_url() in page
    assert "1234567-1" not in page
    assert not User.objects.in_scope_of(other_office).filter(email="lead@example.org").exists()
    assert User.objects.in_scope_of(other_office).filter(pk=stranger.pk).exists()
