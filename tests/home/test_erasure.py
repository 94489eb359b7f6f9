"""Erasing an account: whole, told to others, and leaving no name behind."""

import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import delivery
from cluster_portal.notifications.sending.postman import Postman
from members.models import Affiliation, Coordinator, Membership, User
from members.models.affiliations import Role
from members.services import erasure
from tests import factories
from tests.events import factories as events
from tests.factories import PASSWORD
from tests.home import leaver
from tests.home.signing_in import sign_in
from tests.theses import factories as theses
from theses.models import Application, Approach, SupervisionRequest, Thesis, Topic

# What stays for a while on purpose: the last mail's own row, until it has left.
REMNANTS = {"notifications_outboxmail.guest_address", "notifications_outboxmail.guest_name"}
ADDRESS = "/me/data/erase/"


@pytest.fixture
def person(db):
    return leaver.person()


@pytest.fixture
def everywhere(person, company, home_cluster, lead, office):
    leaver.put_everywhere(person, company, home_cluster, lead)
    return person


def test_name_is_in_no_column_of_any_table_after_erasing(everywhere):
    before = leaver.places_of(leaver.WORD)

    erasure.erase_account(everywhere, by=everywhere)

    assert len(before) >= 40
    assert leaver.places_of(leaver.WORD) == REMNANTS


def test_last_mail_leaves_and_takes_the_address_along(everywhere, mailoutbox):
    erasure.erase_account(everywhere, by=everywhere)
    with Postman() as postman:
        while delivery.deliver_one(postman):
            pass

    erasure.drop_farewells()

    assert [mail.subject for mail in mailoutbox if mail.to == [everywhere.email]] == [
        "Tunnuksesi on poistettu"
    ]
    assert leaver.places_of(leaver.WORD) == set()


def test_others_are_told_and_their_rows_stay_nameless(everywhere, lead):
    erasure.erase_account(everywhere, by=everywhere)

    told = set(OutboxMail.objects.filter(recipient=lead).values_list("kind", flat=True))
    assert told >= {
        "thesis_application_withdrawn",
        "approach_declined",
        "supervision_answered",
        "topic_passed",
    }
    assert {str(row.student) for row in Application.objects.filter(stage="withdrawn")} == {
        "Poistettu käyttäjä"
    }
    assert not Approach.objects.pending().exists()
    assert {row.stage for row in SupervisionRequest.objects.all()} == {"declined"}
    assert not Topic.objects.filter(contact=everywhere.pk).exists()


def test_finished_theses_stay_without_the_name(everywhere):
    erasure.erase_account(everywhere, by=everywhere)

    hers = Thesis.objects.get(title="Valmis")
    assert (hers.stage, hers.shows_author, hers.application.student.is_active) == (
        "finished",
        False,
        False,
    )
    assert str(Thesis.objects.get(title="Ohjattu").supervisor) == "Poistettu käyttäjä"


def test_files_leave_the_disk_after_the_commit(everywhere, django_capture_on_commit_callbacks):
    stored = Application.objects.get(student=everywhere, stage="submitted").files.get().file.name

    with django_capture_on_commit_callbacks() as later:
        erasure.erase_account(everywhere, by=everywhere)
    assert default_storage.exists(stored)
    for callback in later:
        callback()

    assert not default_storage.exists(stored)


def test_freed_place_goes_to_the_next_in_the_queue(person, home_cluster):
    event = events.event(home_cluster, places=1)
    events.registration(event, person)
    waiting = events.registration(event, factories.user(), stage="waiting")

    erasure.erase_account(person, by=person)

    waiting.refresh_from_db()
    assert waiting.stage == "confirmed"
    assert OutboxMail.objects.filter(kind="registration_moved_up").count() == 1


def test_stand_in_cannot_sign_in_and_has_no_word_of_her(everywhere):
    erasure.erase_account(everywhere, by=everywhere)

    (stand_in,) = User.objects.filter(email__endswith="@erased.invalid")
    assert not User.objects.filter(pk=everywhere.pk).exists()
    assert (stand_in.is_active, stand_in.has_usable_password()) == (False, False)
    assert (stand_in.first_name, stand_in.last_name, stand_in.title) == ("", "", "")


def test_row_of_one_without_a_trace_is_simply_gone(person):
    erasure.erase_account(person, by=person)

    assert not User.objects.exists()


def test_acts_keep_a_number_that_names_nobody(everywhere):
    erasure.erase_account(everywhere, by=everywhere)

    acts = AuditEntry.objects.filter(actor_id=everywhere.pk)
    assert acts.filter(action="account erased").count() == 1
    assert acts.count() > 5


def test_only_contact_and_only_coordinator_are_told_what_to_do_first(lead, office):
    assert "Esimerkki Sensoritekniikka Oy" in " ".join(erasure.blockers(lead))
    assert "Klusteri pirkanmaa" in " ".join(erasure.blockers(office))
    for user in (lead, office):
        with pytest.raises(Refused):
            erasure.erase_account(user, by=user)
    assert Affiliation.objects.filter(user=lead, role=Role.CONTACT).exists()
    assert Coordinator.objects.filter(user=office).exists()


def test_last_administrator_stays_until_another_is_named(admin_user):
    assert len(erasure.blockers(admin_user)) == 1

    factories.user(is_superuser=True, is_staff=True)

    assert erasure.blockers(admin_user) == []


@pytest.mark.parametrize("side", ["student", "supervisor"])
def test_thesis_under_way_is_settled_first(person, company, home_cluster, side):
    topic = theses.topic(company, home_cluster)
    student = person if side == "student" else factories.user()
    supervisor = person if side == "supervisor" else factories.user()
    Thesis.objects.create(
        application=leaver.accepted(topic, student), supervisor=supervisor, title="Kesken",
        stage="in_progress",
    )  # fmt: skip

    assert "Kesken" in erasure.blockers(person)[0]
    with pytest.raises(Refused, match="Kesken"):
        erasure.erase_account(person, by=person)
    assert User.objects.filter(pk=person.pk).exists()


def test_decisions_of_an_erased_coordinator_stand(person, company, home_cluster):
    Membership.objects.filter(organisation=company).update(
        decided_by=person, decided_at="2026-01-01T00:00Z"
    )

    erasure.erase_account(person, by=person)

    assert str(Membership.objects.get(organisation=company).decided_by) == "Poistettu käyttäjä"


def test_page_tells_in_words_and_changes_nothing(client, everywhere):
    sign_in_anew(client, everywhere)

    page = client.get(ADDRESS).content.decode()

    assert "Kesken olevia opinnäytehakemuksia, jotka perutaan ja joista kerrotaan: 1." in page
    assert "Nimi, sähköpostiosoitteet, salasana" in page
    assert User.objects.filter(pk=everywhere.pk).exists()


def test_page_with_a_blocker_has_no_form(client, lead):
    sign_in(client, lead)

    page = client.get(ADDRESS).content.decode()

    assert "Ensin selvitettävää" in page
    assert 'name="address"' not in page


def sign_in_anew(client, user):
    """They have a verified address already."""
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302


def test_wrong_address_is_a_fault_of_the_field(client, person):
    sign_in_anew(client, person)

    answer = client.post(ADDRESS, {"address": "joku.muu@example.org"})

    assert answer.status_code == 422
    assert "Tämä ei ole tunnuksen osoite." in answer.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_password_is_asked_again_before_anything_is_erased(client, person):
    sign_in_anew(client, person)

    answer = client.post(ADDRESS, {"address": person.email})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=person.pk).exists()


def test_after_the_password_she_is_erased_signed_out_everywhere_and_told(client, person):
    elsewhere = type(client)()
    sign_in_anew(elsewhere, person)
    elsewhere.get("/me/")
    sign_in_anew(client, person)
    asked = client.post(ADDRESS, {"address": person.email.upper()})["Location"]

    answer = client.post(asked, {"password": PASSWORD}, follow=True)

    assert [address for address, _status in answer.redirect_chain] == ["/me/data/erased/"]
    assert "Tunnuksesi on poistettu" in answer.content.decode()
    assert not User.objects.exists()
    assert client.get("/me/").status_code == 302
    assert elsewhere.get("/me/").status_code == 302
    signed_in = [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()]
    assert signed_in == []


def test_wrong_password_erases_nothing(client, person):
    sign_in_anew(client, person)
    asked = client.post(ADDRESS, {"address": person.email})["Location"]

    answer = client.post(asked, {"password": "väärä-salasana"})

    assert answer.status_code == 200
    assert User.objects.filter(pk=person.pk).exists()


def test_administrator_erases_another_account_with_password_and_address(client, admin_user, person):
    factories.verified(admin_user)
    sign_in_as_staff(client, admin_user)
    address = f"/admin/members/user/{person.pk}/erase/"
    assert address in client.get(f"/admin/members/user/{person.pk}/change/").content.decode()
    assert person.email in client.get(address).content.decode()

    asked = client.post(address, {"address": person.email})["Location"]
    client.post(asked, {"password": PASSWORD})

    assert not User.objects.filter(pk=person.pk).exists()
    act = AuditEntry.objects.get(action="account erased")
    assert (act.actor, act.object_id) == (admin_user, person.pk)


def sign_in_as_staff(client, user):
    client.force_login(user)


def test_stand_in_is_no_account_in_the_admin(client, admin_user, everywhere):
    erasure.erase_account(everywhere, by=admin_user)
    client.force_login(admin_user)
    stand_in = User.objects.get(email__endswith="@erased.invalid")

    assert stand_in.email not in client.get("/admin/members/user/").content.decode()
    assert client.get(f"/admin/members/user/{stand_in.pk}/erase/").status_code == 404


@pytest.mark.parametrize("who", ["office", "member"])
def test_nobody_else_erases_another_account(client, request, who, person):
    client.force_login(request.getfixturevalue(who))

    answer = client.post(f"/admin/members/user/{person.pk}/erase/", {"address": person.email})

    assert answer.status_code in {302, 403, 404}
    assert not re.search("reauthenticate", answer.get("Location", ""))
    assert User.objects.filter(pk=person.pk).exists()


def test_administrator_does_not_erase_herself_in_the_admin(client, admin_user):
    factories.user(is_superuser=True, is_staff=True)
    client.force_login(admin_user)
    address = f"/admin/members/user/{admin_user.pk}/erase/"

    assert 'name="address"' not in client.get(address).content.decode()
    assert client.post(address, {"address": admin_user.email}).status_code == 403


# Whose versions `forget` blanks or drops, and whose hold nothing of a person but their number.
FORGOTTEN = {
    "events.CourseCertificate",
    "events.OneToOne",
    "events.Registration",
    "knowledge.Article",
    "knowledge.Signal",
    "knowledge.SignalSupport",
    "members.ExpertProfile",
    "members.Handover",
    "members.Membership",
    "members.NamedPerson",
    "members.Need",
    "members.Nomination",
    "members.User",
    "notifications.Letter",
    "theses.Application",
    "theses.Approach",
    "theses.LightReport",
    "theses.StudentProfile",
    "theses.SupervisionRequest",
    "theses.SupervisorProfile",
    "theses.Topic",
}
ONLY_NUMBERS = {
    "events.Talk",
    "events.Course",
    "events.GroupOutput",
    "events.RiskEntry",
    "events.Body",
    "events.BodyMember",
    "events.Correction",
    "events.Decision",
    "events.DecisionReport",
    "events.Meeting",
    "events.MeetingItem",
    "events.PaperVersion",
    "events.Signature",
    "events.Event",
    "events.Material",
    "events.ParticipantLetter",
    "events.Idea",
    "members.Affiliation",
    "members.Capability",
    "members.Coordinator",
    "knowledge.Agreement",
    "knowledge.Correction",
    "knowledge.LibraryDocument",
    "knowledge.LibraryVersion",
    "knowledge.Measurement",
    "knowledge.PageVersion",
    "members.HandoverItem",
    "members.NeedOffer",
    "members.Organisation",
    "members.TenderNotice",
    "members.ToldApart",
    "members.RelatedCluster",
    "projects.Challenge",
    "projects.Comment",
    "projects.GoalPart",
    "projects.Review",
    "projects.Challenge_named_people",
    "projects.Discussion",
    "projects.DiscussionMessage",
    "projects.DocumentVersion",
    "projects.Partnership",
    "projects.StaffMember",
    "projects.Learning",
    "projects.MeasureUpdate",
    "projects.Pilot",
    "projects.PilotMaker",
    "projects.Programme",
    "projects.Project",
    "projects.ProjectDocument",
    "projects.ProjectEditor",
    "projects.BusinessOutcome",
    "projects.ReportRequest",
    "projects.Result",
    "projects.ResultUse",
    "projects.Proposal",
    "projects.TestEnvironment",
    "projects.Question",
    "projects.StatusReport",
    "projects.Support",
    "projects.Programme_commenters",
    "surveys.CircularCase",
    "surveys.Fact",
    "surveys.FundingNeed",
    "surveys.InfrastructureNeed",
    "surveys.Response",
    "surveys.SkillGap",
    "surveys.TrainingSupply",
    "theses.Thesis",
}


def test_every_history_that_points_at_a_person_is_thought_of():
    pointing = {
        model.pgh_tracked_model._meta.label
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
        and any(field.related_model is User for field in model._meta.fields)
    }

    assert pointing | {"members.User"} == FORGOTTEN | ONLY_NUMBERS


@pytest.mark.parametrize("origin", ["student", "supervisor"])
def test_own_idea_loses_title_and_address_and_the_dry_run_says_so(person, home_cluster, origin):
    idea = theses.topic(
        None, home_cluster, origin=origin, title="Oma ajatukseni", slug="oma-ajatukseni",
        **{origin: person},
    )  # fmt: skip
    told = [sentence for part in erasure.effects(person) for sentence in part.sentences]

    erasure.erase_account(person, by=person)

    left = Topic.objects.get(pk=idea.pk)
    assert any("otsikko, osoite ja tekstit" in sentence for sentence in told)
    assert (left.title, left.description, left.stage) == ("Poistettu aihe", "", "withdrawn")
    assert leaver.places_of("oma ajatukseni") | leaver.places_of("oma-ajatukseni") == set()


def test_commissioned_idea_keeps_its_title(person, company, home_cluster):
    idea = theses.topic(company, home_cluster, origin="student", student=person, title="Yhteinen")

    erasure.erase_account(person, by=person)

    assert Topic.objects.get(pk=idea.pk).title == "Yhteinen"
