"""Who becomes an organisation's contact person, and what happens when one is removed."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from members.models import Affiliation, Organisation
from members.services import affiliations, invitations
from tests import factories
from tests.members.factories import verified


@pytest.fixture
def second(company):
    """Another contact beside `lead`."""
    return factories.affiliation(factories.user("second@example.org"), company, role="contact")


@pytest.fixture
def deputy(company):
    person = factories.user("deputy@example.org")
    factories.affiliation(person, company, role="deputy")
    return person


def told(kind):
    rows = OutboxMail.objects.filter(kind=kind).order_by("pk")
    return [mail.recipient for mail in rows]


def contacts_of(company):
    return {row.user for row in Affiliation.objects.contacts().filter(organisation=company)}


def test_coordinator_names_another_as_contact_where_there_is_none(company, office, outsider):
    with pytest.raises(Refused):
        affiliations.name_person(company, outsider, "contact", by=office)

    made = affiliations.name_person(company, outsider, "contact", by=office, reason="Sovittu.")

    assert contacts_of(company) == {outsider}
    assert audit.of(made).get().reason == "Sovittu."
    assert told("affiliation_confirmed") == [outsider]


@pytest.mark.parametrize("role", ["contact", "member"])
def test_coordinator_brings_nobody_in_where_there_is_a_contact(
    company, lead, office, outsider, role
):
    made = affiliations.name_person(company, outsider, role, by=office, reason="Sovittu.")

    assert (made.stage, made.role) == ("requested", role)
    assert told("affiliation_requested") == [lead]
    with pytest.raises(Refused):
        affiliations.confirm(made, by=office)
    assert contacts_of(company) == {lead}


@pytest.mark.parametrize("who", ["office", "admin_user"])
def test_nobody_names_herself(request, company, who):
    user = request.getfixturevalue(who)

    with pytest.raises(Refused):
        affiliations.name_person(company, user, "contact", by=user, reason="Minä.")
    own = factories.affiliation(user, company)
    with pytest.raises(Refused):
        affiliations.change_role(own, "contact", by=user, reason="Minä.")
    assert contacts_of(company) == set()


def test_coordinator_does_not_confirm_her_own_request(company, office):
    own = factories.affiliation(office, company, stage="requested", role="contact")

    with pytest.raises(Refused):
        affiliations.confirm(own, by=office)


@pytest.mark.usefixtures("lead", "deputy")
@pytest.mark.parametrize("who", ["lead", "deputy"])
def test_contact_and_deputy_confirm_a_proposed_contact(request, company, office, outsider, who):
    made = affiliations.name_person(company, outsider, "contact", by=office, reason="Sovittu.")

    affiliations.confirm(made, by=request.getfixturevalue(who))

    assert contacts_of(company) == {request.getfixturevalue("lead"), outsider}


def test_what_a_coordinator_confirms_is_a_colleague(company, office, outsider):
    asked = factories.affiliation(outsider, company, stage="requested", role="contact")

    assert affiliations.confirm(asked, by=office).role == "member"


@pytest.mark.usefixtures("deputy", "member")
@pytest.mark.parametrize("who", ["office", "deputy", "member"])
def test_roles_of_an_organisation_with_a_contact_are_changed_by_the_contact(
    request, company, lead, outsider, who
):
    other = factories.affiliation(outsider, company)

    with pytest.raises(Refused):
        affiliations.change_role(other, "deputy", by=request.getfixturevalue(who), reason="Siksi.")
    assert affiliations.change_role(other, "deputy", by=lead).role == "deputy"


def test_removed_contact_is_told_and_loses_the_rights_at_once(company, lead, second, office):
    person = second.user
    assert audience(person).edits == {company.pk}

    affiliations.end(second, by=lead)

    assert (audience(person).edits, audience(person).organisations) == (frozenset(), frozenset())
    assert told("contact_removed") == [person]
    assert told("contact_contested") == [office]


def test_contact_made_a_colleague_is_told_as_removed(company, lead, second, office):
    affiliations.change_role(second, "member", by=lead)

    assert told("contact_removed") == [second.user]
    assert told("contact_contested") == [office]


def test_leaving_by_herself_tells_nobody(company, lead, second, office, outsider):
    affiliations.end(second, by=second.user)

    other = factories.affiliation(outsider, company)
    assert OutboxMail.objects.count() == 0
    assert affiliations.change_role(other, "contact", by=lead).role == "contact"


@pytest.fixture
def removed(company, lead, second):
    return affiliations.end(second, by=lead)


@pytest.mark.parametrize("way", ["role", "name", "invite", "confirm"])
def test_for_seven_days_nobody_becomes_contact_in_a_removed_ones_place(
    company, lead, removed, outsider, way
):
    def make_contact():
        rows = Affiliation.objects.filter(organisation=company, user=outsider)
        if way == "role":
            affiliations.change_role(rows.first() or factories.affiliation(outsider, company),
                                     "contact", by=lead)  # fmt: skip
        elif way == "name":
            affiliations.name_person(company, outsider, "contact", by=lead)
        elif way == "invite":
            factories.verified(outsider)
            token = invitations.token_for(company, outsider.email, "contact", by=lead)
            invitations.accept(token, by=outsider)
        else:
            asked = {"stage": "requested", "role": "contact"}
            affiliations.confirm(factories.affiliation(outsider, company, **asked), by=lead)

    try:
        make_contact()
    except Refused:
        pass
    assert contacts_of(company) == {lead}

    Affiliation.objects.filter(user=outsider).delete()
    outsider.emailaddress_set.all().delete()
    Affiliation.objects.filter(pk=removed.pk).update(
        contact_taken_at=timezone.now() - datetime.timedelta(days=7)
    )
    make_contact()
    assert contacts_of(company) == {lead, outsider}


@pytest.mark.parametrize("who", ["herself", "office"])
def test_removed_contact_or_a_coordinator_agrees_to_another(
    company, lead, removed, office, outsider, who
):
    affiliations.settle(removed, by=removed.user if who == "herself" else office)

    affiliations.name_person(company, outsider, "contact", by=lead)
    assert contacts_of(company) == {lead, outsider}


@pytest.mark.parametrize("who", ["lead", "member", "other_office", "outsider"])
@pytest.mark.parametrize("act", ["settle", "restore"])
def test_others_neither_agree_to_the_removal_nor_undo_it(request, removed, who, act):
    with pytest.raises(Refused):
        getattr(affiliations, act)(removed, by=request.getfixturevalue(who))


@pytest.mark.parametrize("way", ["ended", "demoted", "asked again"])
def test_coordinator_undoes_the_removal(company, lead, second, office, way):
    if way == "demoted":
        row = affiliations.change_role(second, "member", by=lead)
    else:
        row = affiliations.end(second, by=lead)
    if way == "asked again":
        factories.affiliation(second.user, company, stage="requested")

    affiliations.restore(row, by=office)

    assert contacts_of(company) == {lead, second.user}
    assert set(told("contact_restored")) == {lead, second.user}
    assert not Affiliation.objects.contested().exists()


def test_removal_is_not_undone_after_seven_days(removed, office):
    Affiliation.objects.filter(pk=removed.pk).update(
        contact_taken_at=timezone.now() - datetime.timedelta(days=7)
    )

    with pytest.raises(Refused):
        affiliations.restore(removed, by=office)


def test_invitation_by_a_coordinator_waits_for_the_contact(company, lead, office):
    person = verified("kutsuttu@example.org")
    token = invitations.token_for(company, person.email, "representative", by=office)

    made = invitations.accept(token, by=person)

    assert made.stage == "requested"
    assert told("affiliation_requested") == [lead]


def test_coordinator_invites_a_contact_with_a_reason_where_there_is_none(company, office):
    with pytest.raises(Refused):
        invitations.invite(company, "kutsuttu@example.org", "contact", by=office)
    invitations.invite(company, "kutsuttu@example.org", "contact", by=office, reason="Sovittu.")
    token = invitations.token_for(company, "kutsuttu@example.org", "contact", by=office)

    made = invitations.accept(token, by=verified("kutsuttu@example.org"))

    assert (made.stage, made.role) == ("confirmed", "contact")


def test_colleague_is_not_promoted_by_a_coordinators_invitation(company, lead, office, member):
    factories.verified(member)
    token = invitations.token_for(company, member.email, "contact", by=office)

    with pytest.raises(Refused):
        invitations.accept(token, by=member)
    assert contacts_of(company) == {lead}


def test_profile_with_a_contact_is_no_longer_a_shadow(home_cluster, office, outsider):
    profile = factories.organisation(is_shadow=True, introduced_by=home_cluster)

    affiliations.name_person(profile, outsider, "contact", by=office, reason="Sovittu.")

    profile.refresh_from_db()
    assert not profile.is_shadow
    assert not Organisation.objects.managed_by(office).contains(profile)


def test_admin_form_refuses_in_words_what_the_service_refuses(
    client, company, home_cluster, office, outsider
):
    factories.membership(outsider, home_cluster)
    client.force_login(office)
    form = {"user": outsider.pk, "organisation": company.pk, "role": "contact", "reason": ""}

    refused = client.post("/admin/members/affiliation/add/", form)
    client.post("/admin/members/affiliation/add/", {**form, "reason": "Sovittu."})

    assert refused.status_code == 200
    assert "Kirjoita perustelu" in refused.content.decode()
    assert contacts_of(company) == {outsider}


def test_admin_form_changes_a_role_by_the_service(client, company, office, member, lead, second):
    affiliations.end(second, by=lead)
    row = member.affiliations.get()
    client.force_login(office)

    page = client.post(
        f"/admin/members/affiliation/{row.pk}/change/", {"role": "contact", "reason": "Siksi."}
    )

    assert page.status_code == 200
    row.refresh_from_db()
    assert row.role == "member"


def test_people_page_shows_the_removal_and_its_undoing_to_the_coordinator(
    client, company, removed, office, lead
):
    client.force_login(office)
    page = client.get(f"{company.get_absolute_url()}people/").content.decode()
    assert f"/members/people/{removed.public_id}/restore/" in page

    client.post(f"/members/people/{removed.public_id}/restore/")

    assert contacts_of(company) == {lead, removed.user}


def test_removed_contact_reads_what_happened_and_agrees(client, removed, lead):
    page = f"/members/people/{removed.public_id}/removal/"
    client.force_login(lead)
    assert client.get(page).status_code == 404
    client.force_login(removed.user)
    assert f"/members/people/{removed.public_id}/settle/" in client.get(page).content.decode()

    client.post(f"/members/people/{removed.public_id}/settle/")

    assert not Affiliation.objects.contested().exists()
    assert client.get(page).status_code == 200


def test_deputy_confirms_on_the_people_page_and_changes_nothing_else(
    client, company, lead, deputy, outsider
):
    asked = factories.affiliation(outsider, company, stage="requested")
    client.force_login(deputy)
    page = client.get(f"{company.get_absolute_url()}people/").content.decode()

    client.post(f"/members/people/{asked.public_id}/confirm/")

    assert f"{asked.public_id}/confirm/" in page
    assert "/role/" not in page
    assert "/invite/" not in page
    asked.refresh_from_db()
    assert asked.stage == "confirmed"
