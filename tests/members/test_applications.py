import datetime
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone, translation

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from members.models import Affiliation, Membership, Organisation
from members.models.memberships import Stage
from members.models.organisations import clean_business_id
from members.services import affiliations, applications
from members.services.applications import Applied
from tests import factories
from tests.members.factories import at, draft, submitted


def mails():
    rows = OutboxMail.objects.order_by("pk").values_list("kind", "recipient__email")
    return [(kind, email) for kind, email in rows]


def test_draft_is_seen_by_its_applicant_only(outsider, office, home_cluster):
    made = draft(outsider, home_cluster)

    assert Membership.objects.visible_to(outsider).contains(made)
    assert not Membership.objects.visible_to(office).contains(made)
    assert not Organisation.objects.visible_to(office).contains(made.organisation)
    assert mails() == []


def test_saving_a_draft_again_rewrites_its_own_organisation(outsider, home_cluster):
    made = draft(outsider, home_cluster)
    applied = Applied(
        cluster=home_cluster, membership={"motive": "Toinen."},
        details={"name": "Parempi nimi", "kind": "association"},
    )  # fmt: skip

    again = applications.save_draft(applied, by=outsider, draft=made)

    assert again.pk == made.pk
    assert Organisation.objects.get().name == "Parempi nimi"


def test_choosing_a_known_organisation_drops_the_drafts_own(outsider, home_cluster):
    known = factories.organisation("Tunnettu")
    made = draft(outsider, home_cluster)
    applied = Applied(cluster=home_cluster, membership={}, organisation=known)

    applications.save_draft(applied, by=outsider, draft=made)

    assert list(Organisation.objects.all()) == [known]


def test_sending_tells_the_applicant_and_the_coordinators(outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)

    assert made.stage == Stage.SUBMITTED
    assert mails() == [
        ("application_submitted", outsider.email),
        ("application_received", office.email),
    ]


def test_approval_makes_member_contact_and_public_profile(outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)

    applications.approve(made, by=office)

    made.refresh_from_db()
    assert (made.stage, made.since, made.decided_by) == (Stage.ACTIVE, timezone.localdate(), office)
    assert made.organisation.visibility == "public"
    assert audience(outsider).edits == {made.organisation_id}
    told = [("application_approved", outsider.email), ("welcome", outsider.email)]
    assert mails()[-2:] == told


def test_approved_person_becomes_a_member(outsider, office, home_cluster):
    made = applications.save_draft(Applied(home_cluster, {"motive": "Mukaan."}), by=outsider)
    applications.submit(made, by=outsider)

    applications.approve(made, by=office)

    assert audience(outsider).member_clusters == {home_cluster.pk}


def test_cluster_with_agreements_waits_for_its_day(outsider, office, home_cluster):
    home_cluster.requires_agreement = True
    home_cluster.save()
    made = submitted(outsider, home_cluster)

    accepted = applications.approve(made, by=office)
    assert (accepted.stage, accepted.since) == (Stage.ACCEPTED, None)
    active = applications.activate(made, by=office)

    assert (active.stage, active.since) == (Stage.ACTIVE, timezone.localdate())


def test_representative_and_deputy_are_invited_on_approval(outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)
    Membership.objects.filter(pk=made.pk).update(
        representative_email="edustaja@example.org", deputy_email=outsider.email
    )

    applications.approve(made, by=office)

    invited = OutboxMail.objects.filter(kind="organisation_invitation")
    assert [row.guest_address for row in invited] == ["edustaja@example.org"]


def test_question_and_answer_go_back_and_forth(outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)

    asked = applications.ask(made, by=office, question="Kuka edustaa?")
    assert (asked.stage, asked.question) == (Stage.MORE_INFORMATION, "Kuka edustaa?")
    answered = applications.reply(made, by=outsider, answer="Minä.")

    assert (answered.stage, answered.answer) == (Stage.IN_REVIEW, "Minä.")
    assert [kind for kind, _to in mails()[2:]] == ["more_information_asked", "information_given"]


@pytest.mark.parametrize("action", ["ask", "reject"])
def test_step_that_needs_a_reason_is_refused_without_one(outsider, office, home_cluster, action):
    made = submitted(outsider, home_cluster)
    word = {"ask": "question", "reject": "reason"}[action]

    with pytest.raises(Refused):
        getattr(applications, action)(made, by=office, **{word: "  "})

    made.refresh_from_db()
    assert made.stage == Stage.SUBMITTED


def test_rejection_keeps_and_records_its_reason(outsider, office, home_cluster):
    made = submitted(outsider, home_cluster)

    applications.reject(made, by=office, reason="Ei kuulu alaan.")

    made.refresh_from_db()
    assert made.decision_reason == "Ei kuulu alaan."
    assert audit.of(made).first().reason == "Ei kuulu alaan."
    assert mails()[-1] == ("application_rejected", outsider.email)


def test_withdrawing_a_draft_tells_nobody(outsider, office, home_cluster):
    applications.withdraw(draft(outsider, home_cluster), by=outsider)

    assert mails() == []


def test_withdrawing_a_sent_application_tells_both_sides(outsider, office, home_cluster):
    applications.withdraw(submitted(outsider, home_cluster), by=outsider)

    assert [kind for kind, _to in mails()[2:]] == [
        "application_withdrawn",
        "application_taken_back",
    ]


@pytest.mark.parametrize("who", ["outsider", "member", "other_office"])
def test_others_cannot_decide(request, who, home_cluster, office):
    applicant = factories.user()
    made = submitted(applicant, home_cluster)

    with pytest.raises(Refused):
        applications.approve(made, by=request.getfixturevalue(who))


def test_coordinator_cannot_decide_for_an_organisation_she_speaks_for(
    outsider, office, home_cluster
):
    made = submitted(outsider, home_cluster)
    factories.affiliation(office, made.organisation, role="contact")

    with pytest.raises(Refused):
        applications.approve(made, by=office)


def test_coordinator_cannot_decide_on_her_own_application(office, home_cluster):
    made = submitted(office, home_cluster)

    with pytest.raises(Refused):
        applications.approve(made, by=office)


@pytest.mark.parametrize("stage", [Stage.REJECTED, Stage.WITHDRAWN, Stage.ENDED, Stage.ACTIVE])
def test_decided_application_is_not_decided_again(outsider, office, home_cluster, stage):
    made = at(stage, outsider, home_cluster)

    with pytest.raises(Refused), translation.override("en"):
        applications.approve(made, by=office)


@pytest.mark.parametrize("second", ["1234567-1", "12345671", "FI12345671", " fi 1234567-1 "])
def test_same_business_id_has_one_pending_application(home_cluster, second):
    submitted(factories.user(), home_cluster, business_id=clean_business_id("1234567-1"))
    again = draft(
        factories.user(), home_cluster, name="Toinen nimi", business_id=clean_business_id(second)
    )

    with pytest.raises(Refused):
        applications.submit(again, by=again.applicant)

    assert Membership.objects.pending().count() == 1


def test_same_name_in_another_case_has_one_pending_application(home_cluster):
    submitted(factories.user(), home_cluster, name="Sama Oy")
    again = draft(factories.user(), home_cluster, name="SAMA  oy".replace("  ", " "))

    with pytest.raises(Refused):
        applications.submit(again, by=again.applicant)


def test_known_organisation_is_taken_instead_of_a_second_one(home_cluster, other_cluster):
    known = factories.organisation("Tunnettu Oy", business_id="1234567-1", is_shadow=True)

    made = submitted(factories.user(), home_cluster, name="Tunnettu", business_id="1234567-1")

    assert made.organisation == known
    assert Organisation.objects.count() == 1
    known.refresh_from_db()
    assert known.name == "Tunnettu Oy"


def test_applying_gives_no_rights_to_a_known_organisation(outsider, home_cluster):
    known = factories.organisation("Tunnettu Oy", business_id="1234567-1")

    submitted(outsider, home_cluster, business_id="1234567-1")

    assert not Organisation.objects.editable_by(outsider).contains(known)


def test_person_has_one_open_application_per_cluster(outsider, home_cluster):
    first = applications.save_draft(Applied(home_cluster, {"motive": "A"}), by=outsider)
    again = applications.save_draft(Applied(home_cluster, {"motive": "B"}), by=outsider)
    assert again.pk == first.pk
    applications.submit(again, by=outsider)

    with pytest.raises(Refused):
        applications.save_draft(Applied(home_cluster, {"motive": "C"}), by=outsider)


def test_membership_past_its_last_day_gives_no_access(outsider, home_cluster):
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    factories.membership(outsider, home_cluster, until=yesterday)

    assert audience(outsider).member_clusters == frozenset()
    assert applications.close_expired() == 1
    assert Membership.objects.get().stage == Stage.ENDED
    assert mails() == [("membership_ended", outsider.email)]


def test_end_of_an_organisations_membership_is_told_to_its_contacts(company, lead, outsider):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    company.memberships.update(applicant=outsider, until=yesterday)

    applications.close_expired()

    assert mails() == [("membership_ended", lead.email)]


def test_coordinators_hear_that_the_organisation_does_not_know_the_applicant(
    client, company, lead, outsider, other_cluster, other_office
):
    applied = Applied(other_cluster, {"motive": "Mukaan."}, organisation=company)
    made = applications.submit(applications.save_draft(applied, by=outsider), by=outsider)
    applications.approve(made, by=other_office)
    OutboxMail.objects.all().delete()

    affiliations.decline(company.affiliations.get(user=outsider), by=lead)

    row = OutboxMail.objects.get(kind="application_taken_back")
    assert row.recipient == other_office
    assert "ei tunne" in letter(row).text
    client.force_login(outsider)
    page = client.get(made.get_absolute_url())
    made.refresh_from_db()
    assert made.stage == Stage.WITHDRAWN
    told = {each["what"]: each["text"] for each in page.context["history"]}
    assert told["Organisaatio ei vahvistanut hakijaa"] == "Organisaatio"


def test_colleague_without_a_role_is_not_led_where_they_cannot_go(client, company, lead, outsider):
    factories.affiliation(outsider, company)
    made = company.memberships.get()
    made.applicant = outsider
    made.save()
    led = {}
    for person in (lead, outsider):
        client.force_login(person)
        page = client.get(made.get_absolute_url())
        led[person] = reverse("members:people", args=[company.slug]) in page.content.decode()

    assert led == {lead: True, outsider: False}


def test_last_day_still_counts(outsider, home_cluster):
    factories.membership(outsider, home_cluster, until=timezone.localdate())

    assert audience(outsider).member_clusters == {home_cluster.pk}


def _decide_at_once(made, office, second_office):
    """Approves and rejects from two connections that start together; the refusals."""
    start, refused = threading.Barrier(2), []

    def decide(step):
        try:
            start.wait(timeout=10)
            step()
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    steps = [
        lambda: applications.approve(made, by=office),
        lambda: applications.reject(made, by=second_office, reason="Ei."),
    ]
    threads = [threading.Thread(target=decide, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return refused


@pytest.fixture
def two_offices(home_cluster):
    return [factories.coordinator(home_cluster), factories.coordinator(home_cluster)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_the_first_decides(transactional_db, home_cluster, two_offices):
    made = submitted(factories.user(), home_cluster)

    refused = _decide_at_once(made, *two_offices)

    assert len(refused) == 1
    decided = OutboxMail.objects.filter(kind__in=["application_approved", "application_rejected"])
    assert decided.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_decide(
    transactional_db, home_cluster, two_offices, monkeypatch
):
    """The twin that shows what the lock is for: it must go wrong."""
    made = submitted(factories.user(), home_cluster)
    both_have_read = threading.Barrier(2)

    def read_without_lock(membership):
        row = Membership.objects.get(pk=membership.pk)
        both_have_read.wait(timeout=10)
        return row

    monkeypatch.setattr(applications, "lock", read_without_lock)

    refused = _decide_at_once(made, *two_offices)

    assert refused == []
    decided = OutboxMail.objects.filter(kind__in=["application_approved", "application_rejected"])
    assert decided.count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_applicants_of_one_organisation_at_once_leave_one_pending(
    transactional_db, home_cluster
):
    drafts = [
        draft(factories.user(), home_cluster, business_id="1234567-1", name=name)
        for name in ("Ensimmäinen", "Toinen")
    ]
    start = threading.Barrier(2)

    def send(made):
        try:
            start.wait(timeout=10)
            applications.submit(made, by=made.applicant)
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[made]) for made in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert Membership.objects.pending().count() == 1
    assert connection.vendor == "postgresql"
    assert Affiliation.objects.count() == 0
