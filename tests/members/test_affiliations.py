import datetime

import pytest
from django.core import signing
from django.urls import reverse

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from members.models import Affiliation, Membership, Organisation
from members.services import affiliations, coordinators, invitations
from tests import factories
from tests.members.factories import verified


@pytest.fixture
def firm(company):
    company.email_domains = ["firma.fi"]
    company.save()
    return company


def kinds():
    return list(OutboxMail.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("email", ["a@firma.fi", "A@FIRMA.FI"])
def test_colleague_of_the_domain_may_ask(firm, lead, email):
    made = affiliations.request(firm, by=verified(email))

    assert made.stage == "requested"
    assert kinds() == ["affiliation_requested"]
    assert OutboxMail.objects.get().recipient == lead


@pytest.mark.parametrize("domain", ["pähkinä.fi", "xn--phkin-grae.fi", "PÄHKINÄ.FI"])
@pytest.mark.parametrize("email", ["a@pähkinä.fi", "a@xn--phkin-grae.fi"])
def test_domain_counts_however_it_is_written(company, domain, email):
    company.email_domains = [domain]
    company.save()

    assert affiliations.may_ask(company, verified(email))


@pytest.mark.parametrize(
    "email", ["a@firma.fi.evil.com", "a@evilfirma.fi", "a@sub.firma.fi", "firma.fi@evil.com"]
)
def test_other_domain_is_refused(firm, email):
    with pytest.raises(Refused):
        affiliations.request(firm, by=verified(email))


def test_unverified_address_is_refused(firm):
    with pytest.raises(Refused):
        affiliations.request(firm, by=factories.user("a@firma.fi"))


def test_asking_twice_is_one_request(firm, lead):
    person = verified("a@firma.fi")

    assert affiliations.request(firm, by=person) == affiliations.request(firm, by=person)
    assert kinds() == ["affiliation_requested"]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", True),
        ("office", True),
        ("member", False),
        ("other_office", False),
        ("outsider", False),
    ],
)
def test_contact_and_coordinator_confirm(request, firm, who, may):
    person = verified("a@firma.fi")
    asked = affiliations.request(firm, by=person)
    user = request.getfixturevalue(who)

    if not may:
        with pytest.raises(Refused):
            affiliations.confirm(asked, by=user)
        return
    affiliations.confirm(asked, by=user)

    assert audience(person).organisations == {firm.pk}


def test_declined_colleague_is_told_and_gets_nothing(firm, lead):
    person = verified("a@firma.fi")

    affiliations.decline(affiliations.request(firm, by=person), by=lead)

    assert audience(person).organisations == frozenset()
    assert kinds()[-1] == "affiliation_declined"


def test_only_contact_cannot_leave_or_step_down(firm, lead):
    own = lead.affiliations.get()

    with pytest.raises(Refused):
        affiliations.end(own, by=lead)
    with pytest.raises(Refused):
        affiliations.change_role(own, "member", by=lead)


def test_colleague_may_leave_by_herself(firm, lead, member):
    affiliations.end(member.affiliations.get(), by=member)

    assert audience(member).member_clusters == frozenset()


def token(firm, lead, email="kutsuttu@example.org"):
    return invitations.token_for(firm, email, "representative", by=lead)


def test_invitation_makes_the_invited_a_representative(firm, lead):
    person = verified("kutsuttu@example.org")

    made = invitations.accept(token(firm, lead), by=person)

    assert (made.stage, made.role) == ("confirmed", "representative")


def test_forwarded_invitation_is_refused(firm, lead):
    with pytest.raises(Refused):
        invitations.accept(token(firm, lead), by=verified("toinen@example.org"))


def test_unverified_address_does_not_accept(firm, lead):
    with pytest.raises(Refused):
        invitations.accept(token(firm, lead), by=factories.user("kutsuttu@example.org"))


def test_invitation_works_once(firm, lead):
    person = verified("kutsuttu@example.org")
    sent = token(firm, lead)
    made = invitations.accept(sent, by=person)
    affiliations.end(made, by=person)

    with pytest.raises(Refused):
        invitations.accept(sent, by=person)


@pytest.mark.parametrize("later", ["ended", "demoted"])
def test_invitation_gives_nothing_back_that_was_taken_away(firm, lead, later):
    person = verified("kutsuttu@example.org")
    own = factories.affiliation(person, firm)  # a colleague already when they are invited
    sent = invitations.token_for(firm, person.email, "contact", by=lead)
    invitations.accept(sent, by=person)
    if later == "ended":
        affiliations.end(own, by=lead)
    else:
        affiliations.change_role(own, "member", by=lead)

    with pytest.raises(Refused):
        invitations.accept(sent, by=person)


def test_expired_invitation_is_refused(firm, lead, monkeypatch):
    sent = token(firm, lead)
    monkeypatch.setattr(invitations, "LIFETIME", datetime.timedelta(seconds=-1))

    with pytest.raises(Refused):
        invitations.read(sent)


@pytest.mark.parametrize("bad", ["", "x", "a:b:c"])
def test_tampered_invitation_is_refused(db, bad):
    with pytest.raises(Refused):
        invitations.read(bad)


def test_token_of_another_purpose_is_refused(firm, lead):
    other = signing.dumps([firm.pk, "a@b.fi", "contact", lead.pk, 0.0], salt="something else")

    with pytest.raises(Refused):
        invitations.read(other)


def test_invitation_of_a_contact_who_has_left_is_refused(firm, lead):
    sent = token(firm, lead)
    Affiliation.objects.filter(user=lead).update(stage="ended")

    with pytest.raises(Refused):
        invitations.read(sent)


def test_scanner_opening_the_link_accepts_nothing(client, firm, lead):
    client.force_login(verified("kutsuttu@example.org"))

    for _visit in range(5):
        assert client.get(f"/members/invitations/{token(firm, lead)}/").status_code == 200

    assert not Affiliation.objects.filter(role="representative").exists()


def test_invited_are_bounded_per_day(firm, lead):
    for number in range(30):
        invitations.invite(firm, f"a{number}@example.org", "member", by=lead)

    with pytest.raises(Refused):
        invitations.invite(firm, "b@example.org", "member", by=lead)


@pytest.mark.parametrize("who", ["member", "outsider", "other_office"])
def test_others_cannot_invite(request, firm, who):
    with pytest.raises(Refused):
        invitations.invite(firm, "a@example.org", "contact", by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["office", "lead"])
def test_only_the_administrator_grants_coordination(request, home_cluster, outsider, who):
    with pytest.raises(Refused):
        coordinators.grant(outsider, home_cluster, by=request.getfixturevalue(who))


def test_revoked_coordinator_loses_the_cluster_at_once(admin_user, office, home_cluster):
    coordinators.revoke(office.coordinatorships.get(), by=admin_user)

    office.refresh_from_db()
    assert (audience(office).coordinates, office.is_staff) == (frozenset(), False)


def test_staff_of_ended_terms_lose_the_administration(office):
    office.coordinatorships.update(until="2026-01-02")

    assert coordinators.follow_terms() == 1
    office.refresh_from_db()
    assert not office.is_staff


def test_memberships_of_others_are_untouched_by_the_round(office, company):
    assert coordinators.follow_terms() == 0
    assert Membership.objects.active().count() == 1
    assert Organisation.objects.count() == 1


def test_past_coordinator_is_not_told_of_a_request(firm, home_cluster, office):
    past = factories.coordinator(home_cluster)
    past.coordinatorships.update(until=datetime.date(2026, 2, 1))

    affiliations.request(firm, by=verified("a@firma.fi"))

    assert [mail.recipient for mail in OutboxMail.objects.all()] == [office]


def test_link_of_an_invitation_carries_no_address(firm, lead):
    sent = invitations.token_for(firm, "Kutsuttu@Example.org", "member", by=lead)

    content = signing.loads(sent, salt=invitations.SALT)

    assert "kutsuttu" not in str(content).lower()
    assert "@" not in str(content)
    assert invitations.read(sent).is_for("kutsuttu@example.org ")
    assert not invitations.read(sent).is_for("muu@example.org")


def test_invitation_outlives_a_change_of_the_key(firm, lead, settings):
    sent = invitations.token_for(firm, "kutsuttu@example.org", "member", by=lead)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10

    assert invitations.read(sent).is_for("kutsuttu@example.org")


def test_role_that_cannot_be_changed_is_told_why(client, company, lead):
    place = factories.affiliation(factories.user(), company)
    client.force_login(lead)
    path = reverse("members:affiliation_role", args=[place.public_id])

    page = client.post(path, {"role": "emperor"}, follow=True)

    place.refresh_from_db()
    assert place.role == "member"
    assert "emperor" in str(*page.context["messages"])
