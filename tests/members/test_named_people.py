"""People named with a membership: who sees them, how they are invited, what they answer."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import remembered
from cluster_portal.core.imports.remembered import ImportedCells
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members import exports
from members.models import Affiliation, Membership, NamedPerson, User
from members.models.named_people import Stage
from members.services import erasure, named_people
from members.services.memberships import Days
from members.services.named_people import Named
from tests import factories

AINO = Named("Aino Malli", "aino@example.org", "representative")
SINCE = Days(datetime.date(2015, 3, 1))


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person(company, home_cluster, office):
    return named_people.record_person(
        AINO, home_cluster, by=office, source="Rekisteri", organisation=company
    )


@pytest.fixture
def private(home_cluster, office):
    return named_people.record_person(
        Named("Kerttu Yksin", "kerttu@example.org"), home_cluster, by=office, source="Rekisteri",
        days=SINCE,
    )  # fmt: skip


@pytest.fixture
def aino(db):
    return factories.verified(factories.user("aino@example.org"))


def link_of(person):
    return reverse("members:named_link", args=[named_people.token_for(person)])


SEEN = {"lead", "office", "admin"}


@pytest.mark.parametrize("stage", Stage)
def test_named_person_is_seen_by_contact_and_coordinators(person, cast, aino, stage):
    values = {"invited_at": timezone.now(), "user": factories.user()}
    NamedPerson.objects.update(stage=stage, **values)

    seen = {
        who for who, user in cast.items() if NamedPerson.objects.visible_to(user).contains(person)
    }
    edited = {
        who for who, user in cast.items() if NamedPerson.objects.editable_by(user).contains(person)
    }

    assert seen == SEEN
    assert edited == {"office", "admin"}
    assert NamedPerson.objects.visible_to(aino).contains(person) == (
        stage in {Stage.RECORDED, Stage.INVITED}
    )


def test_address_that_is_not_verified_shows_nothing(person):
    stranger = factories.user("aino@example.org")

    assert not NamedPerson.objects.visible_to(stranger).exists()


def test_letter_names_the_place_and_leads_to_the_answer(person, office, client):
    named_people.invite_people([person], by=office)

    letter = rendering.letter(OutboxMail.objects.get())
    assert person.organisation.name in letter.text
    assert letter.reply_to == office.email
    assert "aino@example.org" not in letter.text.partition("---")[0]
    path = letter.text.partition("http://localhost:8000")[2].partition(")")[0].split()[0]
    assert client.get(path).status_code == 200


def test_invited_twice_gets_one_letter_and_one_reminder(person, office):
    for _each in range(2):
        named_people.invite_people([person], by=office)
    for _each in range(2):
        named_people.remind_people([person], by=office)

    kinds = OutboxMail.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["named_invitation", "named_reminder"]


def test_expired_invitation_can_be_sent_anew(person, office):
    named_people.invite_people([person], by=office)
    NamedPerson.objects.update(invited_at=timezone.now() - datetime.timedelta(days=31))

    assert named_people.remind_people([person], by=office) == []
    assert len(named_people.invite_people([person], by=office)) == 1


def test_nobody_invites_for_another_cluster(person, other_office):
    assert named_people.invite_people([person], by=other_office) == []
    assert not OutboxMail.objects.exists()


def test_nobody_is_invited_to_a_membership_that_is_over(person, office):
    Membership.objects.update(until="2020-01-01", since="2019-01-01")

    assert named_people.invite_people([person], by=office) == []


def test_whoever_holds_the_address_becomes_what_they_were_named_as(person, aino, lead, client):
    Affiliation.objects.filter(user=lead).delete()
    client.force_login(aino)

    client.post(link_of(person), {"answer": "accept"})

    made = Affiliation.objects.get(user=aino)
    person.refresh_from_db()
    assert (made.role, made.stage) == ("representative", "confirmed")
    assert (person.stage, person.user) == ("accepted", aino)


def test_where_there_is_a_contact_it_confirms(person, aino, lead):
    named_people.accept(person, by=aino)

    assert Affiliation.objects.get(user=aino).stage == "requested"
    assert OutboxMail.objects.get().recipient == lead


def test_link_alone_makes_a_colleague_to_be_confirmed(person, outsider, client):
    """Two people may share the mailbox, or the letter was passed on."""
    client.force_login(outsider)

    client.post(link_of(person), {"answer": "accept"})

    assert Affiliation.objects.get(user=outsider).stage == "requested"


def test_one_account_does_not_answer_for_two_of_an_organisation(person, aino, home_cluster, office):
    other = named_people.record_person(
        Named("Eero Malli", "aino@example.org"), home_cluster, by=office, source="Rekisteri",
        organisation=person.organisation,
    )  # fmt: skip
    named_people.accept(person, by=aino)

    with pytest.raises(Refused, match="somebody else of this organisation"):
        named_people.accept(other, by=aino)


def test_coordinator_does_not_become_contact_of_what_they_recorded(company, home_cluster, office):
    factories.verified(office)
    own = named_people.record_person(
        Named("Testi", office.email, "contact"), home_cluster, by=office, source="Rekisteri",
        organisation=company,
    )  # fmt: skip

    named_people.accept(own, by=office)

    assert Affiliation.objects.get(user=office).stage == "requested"


def test_private_member_becomes_one_on_the_recorded_day(private):
    kerttu = factories.verified(factories.user("kerttu@example.org"))

    named_people.accept(private, by=kerttu)

    made = Membership.objects.get(person=kerttu)
    assert (made.stage, made.since) == ("active", SINCE.since)
    assert OutboxMail.objects.get(kind="welcome").recipient == kerttu


def test_private_membership_needs_the_address(private, outsider):
    with pytest.raises(Refused, match="another e-mail address"):
        named_people.accept(private, by=outsider)


@pytest.mark.parametrize(("answer", "stage"), [("decline", "declined"), ("disown", "mistaken")])
def test_refusing_needs_no_account(person, client, answer, stage):
    page = client.post(link_of(person), {"answer": answer})

    person.refresh_from_db()
    assert person.stage == stage
    assert "forgotten in three months" in page.content.decode()


def test_looking_answers_nothing(person, client):
    assert client.get(link_of(person)).status_code == 200

    person.refresh_from_db()
    assert person.stage == "recorded"


def test_visitor_who_accepts_is_led_to_signing_in(person, client):
    page = client.post(link_of(person), {"answer": "accept"})

    assert "/accounts/login/?next=/en/members/named/link/" in page["Location"]


def test_answered_link_says_nothing_of_whom_it_named(person, client):
    address = link_of(person)
    client.post(address, {"answer": "decline"})

    page = client.get(address).content.decode()

    assert "not valid any more" in page
    assert "Aino" not in page


def test_link_ends_with_a_changed_address(person, client, office):
    address = link_of(person)
    named_people.change_person(person, {"email": "toinen@example.org"}, by=office)

    assert "not valid any more" in client.get(address).content.decode()


def test_page_of_the_address_is_answered_by_its_holder_alone(person, aino, lead, client):
    address = person.get_absolute_url()

    client.force_login(lead)
    assert client.post(address, {"answer": "decline"}).status_code == 404
    client.force_login(aino)
    assert client.post(address, {"answer": "decline"}).status_code == 302


def test_desk_shows_whoever_is_named_at_a_verified_address(person, aino, client):
    client.force_login(aino)

    assert person.get_absolute_url() in client.get(reverse("home:desk")).content.decode()


def test_silence_is_forgotten_with_its_history(person, private, office):
    remembered.keep({person: {"person": "Aino Malli"}})
    old = timezone.now() - datetime.timedelta(days=366)
    NamedPerson.objects.filter(pk=person.pk).update(updated_at=old)

    named_people.forget_old()

    assert list(NamedPerson.objects.all()) == [private]
    versions = NamedPerson.pgh_event_model.objects.filter(name="Aino Malli")
    assert not versions.exists()
    assert not ImportedCells.objects.exists()


def test_refusal_is_forgotten_in_three_months(person):
    named_people.decline(person, by=None)
    NamedPerson.objects.update(answered_at=timezone.now() - datetime.timedelta(days=91))

    assert named_people.forget_old() == 1


def test_erasing_an_account_leaves_who_shares_its_mailbox(person, aino, home_cluster, office):
    aino.first_name, aino.last_name = "Aino", "Malli"
    aino.save()
    other = named_people.record_person(
        Named("Eero Malli", "aino@example.org"), home_cluster, by=office, source="Rekisteri",
        organisation=person.organisation,
    )  # fmt: skip

    erasure.erase_account(aino, by=aino)

    assert list(NamedPerson.objects.all()) == [other]


def test_own_data_holds_what_was_recorded(person, aino):
    named = [row for row in exports.my_data(aino) if row["kind"] == "named person"]

    assert [(row["name"], row["source"]) for row in named] == [("Aino Malli", "Rekisteri")]


def test_admin_shows_the_letter_before_it_leaves(person, office, client):
    client.force_login(office)
    chosen = {"action": "invite_selected", "_selected_action": [person.pk]}
    address = reverse("admin:members_namedperson_changelist")

    page = client.post(address, chosen).content.decode()
    assert "aino@example.org" in page
    assert "/named/link/…" in page
    assert not OutboxMail.objects.exists()
    person.refresh_from_db()
    assert person.stage == "recorded"

    client.post(address, {**chosen, "confirmed": "yes"})
    assert OutboxMail.objects.get().kind == "named_invitation"


def test_admin_counts_who_has_answered(person, private, office, client):
    named_people.decline(private, by=None)
    client.force_login(office)

    page = client.get(reverse("admin:members_namedperson_changelist"))

    counts = {state["value"]: state["count"] for state in page.context["states"]}
    assert (counts["recorded"], counts["declined"], counts["expired"]) == (1, 1, 0)


def test_admin_of_another_cluster_sees_nobody(person, other_office, client):
    client.force_login(other_office)

    page = client.get(reverse("admin:members_namedperson_changelist")).content.decode()

    assert "Aino Malli" not in page
    assert not User.objects.filter(email="aino@example.org").exists()
