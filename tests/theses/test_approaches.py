"""One party turns to another: who may, what follows, and who is told."""

import datetime

import pytest
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from members.models import Organisation
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses.forms.approaches import OrganisationApproachForm
from theses.models import Approach, Thesis, Topic
from theses.services import approaches, topics

MESSAGE = {"message": "Haluaisimme tilata tämän."}


@pytest.fixture
def idea(student, home_cluster):
    return made.idea(student, home_cluster)


@pytest.fixture
def school(db):
    return factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")


@pytest.fixture
def supervisor(school):
    person = factories.user("supervisor@example.org")
    made.supervisor_profile(person, school)
    return person


def commission(topic, lead, company, **values):
    return approaches.send(
        topic, "commission", by=lead, organisation=company, **{**MESSAGE, **values}
    )


def mails(kind):
    return {mail.recipient.email for mail in OutboxMail.objects.filter(kind=kind)}


def test_student_is_told_of_an_offer_to_commission(idea, lead, company, student):
    approach = commission(idea, lead, company)

    assert approach.stage == "pending"
    assert approach.answer_by == timezone.localdate() + datetime.timedelta(days=14)
    assert mails("approach_received") == {student.email}


def test_accepted_commission_makes_the_idea_a_thesis(idea, lead, company, student):
    approach = commission(idea, lead, company)

    approaches.answer(approach, "accept", by=student)

    idea.refresh_from_db()
    assert (idea.organisation, idea.contact, idea.stage) == (company, lead, "reserved")
    assert Thesis.objects.get().application.student == student
    assert mails("approach_accepted") == {lead.email}


def test_other_offers_are_declined_with_a_reason(idea, lead, company, student):
    other = factories.organisation()
    rival = factories.user(language="sv")
    factories.affiliation(rival, other, role="contact")
    late = commission(idea, rival, other)
    approach = commission(idea, lead, company)

    approaches.answer(approach, "accept", by=student)

    late.refresh_from_db()
    assert late.stage == "declined"
    assert late.reason
    assert mails("approach_declined") == {rival.email}


@pytest.mark.parametrize("who", ["outsider", "member", "student"])
def test_only_contacts_commission(idea, company, request, who):
    person = request.getfixturevalue(who)

    with pytest.raises(Refused):
        commission(idea, person, company)


def test_commissioned_topic_is_not_commissioned_again(topic, company, lead):
    with pytest.raises(Refused):
        commission(topic, lead, company)


def test_hidden_topic_cannot_be_commissioned(idea, company, lead):
    Topic.objects.filter(pk=idea.pk).update(visibility="private")

    with pytest.raises(Refused):
        commission(idea, lead, company)


def test_same_offer_waits_once(idea, lead, company):
    commission(idea, lead, company)

    with pytest.raises(Refused):
        commission(idea, lead, company)

    assert Approach.objects.count() == 1


@pytest.mark.parametrize("days", [0, -1, 61])
def test_answer_day_is_bounded(idea, lead, company, days):
    with pytest.raises(Refused):
        commission(
            idea, lead, company, answer_by=timezone.localdate() + datetime.timedelta(days=days)
        )


def test_empty_message_is_refused(idea, lead, company):
    with pytest.raises(Refused):
        commission(idea, lead, company, message="  ")


def test_supervisors_offer_is_accepted_by_the_commissioner(topic, supervisor, lead):
    approach = approaches.send(topic, "supervise", by=supervisor, **MESSAGE)

    approaches.answer(approach, "accept", by=lead)

    topic.refresh_from_db()
    assert topic.supervisor == supervisor


def test_one_without_profile_cannot_offer_to_supervise(topic, outsider):
    with pytest.raises(Refused):
        approaches.send(topic, "supervise", by=outsider, **MESSAGE)


def test_second_supervisor_is_refused(topic, supervisor, school, lead):
    other = factories.user()
    made.supervisor_profile(other, school)
    first = approaches.send(topic, "supervise", by=supervisor, **MESSAGE)
    second = approaches.send(topic, "invite_supervisor", by=lead, to=other, **MESSAGE)

    approaches.answer(first, "accept", by=lead)

    second.refresh_from_db()
    assert second.stage == "withdrawn"
    with pytest.raises(Refused):
        approaches.answer(second, "accept", by=other)


def test_invited_student_is_told_and_nothing_else_changes(topic, lead, student):
    made.student_profile(student)
    approach = approaches.send(topic, "invite_student", by=lead, to=student, **MESSAGE)

    approaches.answer(approach, "accept", by=student)

    assert mails("approach_received") == {student.email}
    assert not topic.applications.exists()


def test_private_student_cannot_be_invited(topic, lead, student):
    made.student_profile(student, openness="private", opened_at=None)

    with pytest.raises(Refused):
        approaches.send(topic, "invite_student", by=lead, to=student, **MESSAGE)


def test_stranger_cannot_invite(topic, outsider, student):
    made.student_profile(student)

    with pytest.raises(Refused):
        approaches.send(topic, "invite_student", by=outsider, to=student, **MESSAGE)


def test_declining_wants_a_reason_and_stops_a_second_invitation(topic, lead, student):
    made.student_profile(student)
    approach = approaches.send(topic, "invite_student", by=lead, to=student, **MESSAGE)

    with pytest.raises(Refused):
        approaches.answer(approach, "decline", by=student)
    approaches.answer(approach, "decline", by=student, reason="En ehdi.")

    assert mails("approach_declined") == {lead.email}
    with pytest.raises(Refused):
        approaches.send(topic, "invite_student", by=lead, to=student, **MESSAGE)


def test_asked_organisation_commissions(idea, student, company, lead):
    approach = approaches.send(
        idea, "invite_commissioner", by=student, organisation=company, **MESSAGE
    )

    approaches.answer(approach, "accept", by=lead)

    idea.refresh_from_db()
    assert (idea.organisation, idea.contact) == (company, lead)
    assert mails("approach_received") == {lead.email}


def test_sender_takes_back_and_nobody_can_answer(idea, lead, company, student):
    approach = commission(idea, lead, company)

    approaches.answer(approach, "withdraw", by=lead)

    assert mails("approach_withdrawn") == {student.email}
    with pytest.raises(Refused):
        approaches.answer(approach, "accept", by=student)


def test_sender_cannot_accept_her_own_offer(idea, lead, company):
    approach = commission(idea, lead, company)

    with pytest.raises(Refused):
        approaches.answer(approach, "accept", by=lead)


def test_unanswered_one_expires_once_and_its_sender_is_told(idea, lead, company):
    approach = commission(idea, lead, company)
    Approach.objects.update(answer_by=timezone.localdate() - datetime.timedelta(days=1))

    assert approaches.expire_unanswered() == 1
    assert approaches.expire_unanswered() == 0

    approach.refresh_from_db()
    assert approach.stage == "expired"
    assert mails("approach_expired") == {lead.email}


def test_last_day_to_answer_is_not_late(idea, lead, company):
    commission(idea, lead, company)
    Approach.objects.update(answer_by=timezone.localdate())

    assert approaches.expire_unanswered() == 0


def test_withdrawn_idea_answers_who_offered(idea, lead, company, student):
    approach = commission(idea, lead, company)

    topics.withdraw_topic(idea, by=student, why="outdated")

    approach.refresh_from_db()
    assert approach.stage == "declined"
    assert mails("approach_declined") == {lead.email}


def test_offer_to_a_deactivated_supervisors_topic_reaches_the_coordinators(
    home_cluster, supervisor, lead, company, office
):
    topic = made.topic(None, home_cluster, origin="supervisor", supervisor=supervisor)
    supervisor.is_active = False
    supervisor.save()

    commission(topic, lead, company)

    assert mails("approach_received") == {office.email}


def test_nobody_commissions_the_idea_of_one_who_writes_another_thesis(
    client, company, lead, topic, student, home_cluster
):
    idea = made.idea(student, home_cluster)
    parties.thesis(topic, student)
    client.force_login(lead)

    page = client.get(idea.get_absolute_url())

    assert "idea odottaa" in page.content.decode()
    assert not page.context["can_commission"]
    with pytest.raises(Refused, match="on nyt toinen"):
        approaches.send(idea, "commission", by=lead, organisation=company, message="Hei.")


def test_of_many_organisations_one_is_asked_to_be_chosen_in_words(company, db):
    factories.organisation("Toinen Oy")

    form = OrganisationApproachForm(organisations=Organisation.objects.order_by("pk"))

    assert '<option value="" selected>Valitse organisaatio</option>' in str(form["organisation"])


def test_who_is_invited_reads_whose_topic_it_is(client, topic, lead, student):
    made.student_profile(student, openness="commissioners", opened_at=timezone.now())
    invitation = approaches.send(topic, "invite_student", by=lead, to=student, **MESSAGE)
    client.force_login(factories.verified(student))

    page = client.get(invitation.get_absolute_url()).context["facts"]
    words = letter(OutboxMail.objects.get(kind="approach_received")).text

    assert {"name": "Organisaatio", "value": topic.organisation.title} in page
    assert f"Organisaatio: {topic.organisation.title}" in words


def test_commissioner_does_not_read_what_its_rivals_wrote(
    idea, student, lead, company, office, home_cluster
):
    rival = factories.organisation("Kilpailija Oy")
    factories.membership(rival, home_cluster)
    other = factories.user("rival@example.org")
    factories.affiliation(other, rival, role="contact")
    theirs = approaches.send(idea, "commission", by=other, organisation=rival, message="Me.")
    ours = approaches.send(idea, "commission", by=lead, organisation=company, message="Vai me.")

    approaches.answer(ours, "accept", by=student)

    seen = {who: set(Approach.objects.visible_to(who)) for who in (lead, other, office)}
    assert seen == {lead: {ours}, other: {theirs}, office: {ours, theirs}}
