"""The welcome letter: once to each person and cluster, in the cluster's words or the portal's."""

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError

from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.delivery import deliver_one
from cluster_portal.notifications.sending.postman import Postman
from members.models.affiliations import Role
from members.services import affiliations, applications, greeting, invitations, memberships
from members.services.applications import Applied
from tests import factories
from tests.members.factories import submitted, verified

WELCOME = "/admin/members/cluster/{}/welcome/"


def greeted():
    rows = OutboxMail.objects.filter(kind="welcome").select_related("recipient")
    return sorted((row.recipient.email, row.about.slug) for row in rows)


def deliver():
    postman = Postman()
    while deliver_one(postman):
        pass


def test_private_member_is_welcomed_when_approved(home_cluster, office):
    person = factories.user("alone@example.org")
    applied = factories.membership(person, home_cluster, stage="in_review", since=None)

    applications.approve(applied, by=office)

    assert greeted() == [("alone@example.org", "pirkanmaa")]


def test_applicant_of_a_new_organisation_is_welcomed_once(home_cluster, office):
    applied = submitted(verified("hakija@example.org"), home_cluster, name="Hakeva Oy")
    assert greeted() == []

    applications.approve(applied, by=office)

    assert greeted() == [("hakija@example.org", "pirkanmaa")]


def test_nobody_is_welcomed_before_the_agreement(home_cluster, office):
    home_cluster.requires_agreement = True
    home_cluster.save()
    applied = submitted(verified("hakija@example.org"), home_cluster, name="Hakeva Oy")
    applications.approve(applied, by=office)
    assert greeted() == []
    applied.refresh_from_db()

    applications.activate(applied, by=office)

    assert greeted() == [("hakija@example.org", "pirkanmaa")]


def test_colleague_is_welcomed_by_each_cluster_of_the_organisation(company, lead, other_cluster):
    factories.membership(company, other_cluster)
    asked = factories.affiliation(factories.user("new@example.org"), company, stage="requested")

    affiliations.confirm(asked, by=lead)

    assert greeted() == [("new@example.org", "pirkanmaa"), ("new@example.org", "pohjois-savo")]


def test_contacts_are_welcomed_when_they_confirm_a_recorded_membership(
    company, lead, other_cluster, other_office
):
    made = factories.membership(
        company, other_cluster, stage="accepted", since="2020-01-01", source="Rekisteri"
    )
    assert greeted() == []

    memberships.agree(made, by=lead)

    assert greeted() == [(lead.email, "pohjois-savo")]


def test_contacts_are_welcomed_with_the_applicant_whom_they_confirm(
    company, lead, other_cluster, other_office
):
    asked_by = Applied(other_cluster, {"motive": "Mukaan."}, organisation=company)
    person = verified("hakija@example.org")
    applied = applications.submit(applications.save_draft(asked_by, by=person), by=person)
    applications.approve(applied, by=other_office)
    asked = company.affiliations.get(user__email="hakija@example.org")
    assert (greeted(), asked.stage) == ([], "requested")

    affiliations.confirm(asked, by=lead)

    clusters = ["pirkanmaa", "pohjois-savo"]
    of_new = [("hakija@example.org", slug) for slug in clusters]
    assert greeted() == [*of_new, (lead.email, "pohjois-savo")]


def test_invited_colleague_is_welcomed(company, lead):
    invited = verified("invited@example.org")
    token = invitations.token_for(company, invited.email, Role.MEMBER, by=lead)

    invitations.accept(token, by=invited)

    assert greeted() == [("invited@example.org", "pirkanmaa")]


def test_who_waits_to_be_confirmed_is_not_welcomed_yet(company, lead, office):
    invited = verified("invited@example.org")
    token = invitations.token_for(company, invited.email, Role.MEMBER, by=office)

    invitations.accept(token, by=invited)

    assert greeted() == []


def test_colleague_of_a_second_member_is_not_welcomed_again(company, lead, home_cluster):
    person = factories.user("new@example.org")
    second = factories.organisation()
    factories.membership(second, home_cluster)
    for organisation in (company, second):
        place = factories.affiliation(person, organisation)
        greeting.greet_colleague(place)

    assert greeted() == [("new@example.org", "pirkanmaa")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Oma tervehdys."),
        ("sv", "Egen hälsning."),
        ("en", "Oma tervehdys."),
    ],
)
def test_cluster_greets_in_its_own_words(language, words, home_cluster):
    home_cluster.welcome_fi, home_cluster.welcome_sv = "Oma **tervehdys**.", "Egen hälsning."
    home_cluster.contact_email = "klusteri@example.org"
    home_cluster.save()

    greeting.greet([factories.user(language=language)], home_cluster)
    deliver()

    (sent,) = django_mail.outbox
    assert words in sent.body
    assert sent.reply_to == ["klusteri@example.org"]
    assert ("Hello" in sent.body) is False


def test_cluster_without_words_greets_in_the_readers_language(home_cluster):
    for language in ("fi", "sv", "en"):
        greeting.greet([factories.user(language=language)], home_cluster)
    deliver()

    bodies = [sent.body for sent in django_mail.outbox]
    beginnings = ["Olet nyt osa klusteria", "Du hör nu till", "You belong to"]
    assert [begin in body for begin, body in zip(beginnings, bodies, strict=True)] == [True] * 3


@pytest.fixture
def desk(client, office, settings):
    settings.DEMO = True
    client.force_login(office)
    return client


def test_coordinator_looks_at_the_welcome_letter_and_tries_it(desk, home_cluster, office):
    home_cluster.welcome_fi = "Oma tervehdys <b>x</b>."
    home_cluster.save()

    page = desk.get(WELCOME.format(home_cluster.pk)).text
    desk.post(f"{WELCOME.format(home_cluster.pk)}test/")

    assert "Oma tervehdys &lt;b&gt;x&lt;/b&gt;." in page
    assert f'href="{WELCOME.format(home_cluster.pk)}"' in (
        desk.get(f"/admin/members/cluster/{home_cluster.pk}/change/").text
    )
    tests = OutboxMail.objects.filter(kind="welcome_test")
    assert [row.recipient for row in tests] == [office] * 3


def test_welcome_letter_of_another_cluster_is_not_found(desk, other_cluster, client, outsider):
    answers = [
        desk.get(WELCOME.format(other_cluster.pk)).status_code,
        desk.post(f"{WELCOME.format(other_cluster.pk)}test/").status_code,
    ]

    assert answers == [404, 404]
    assert not OutboxMail.objects.filter(kind="welcome_test").exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"welcome_fi": "TL III salaista"}, "TL III"),
        ({"welcome_sv": "Hej"}, "Kirjoita kirje myös suomeksi."),
    ],
)
def test_welcome_letter_refuses_what_it_must(values, words, home_cluster):
    for name, value in values.items():
        setattr(home_cluster, name, value)

    with pytest.raises(ValidationError, match=words):
        home_cluster.clean()
