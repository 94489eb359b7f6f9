import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from members.models import User
from tests import factories
from tests.theses import factories as made
from theses import exports
from theses.desk import applications as desk
from theses.models import ApplicationFile, Place, Thesis
from theses.models.applications import Stage
from theses.models.choices import Stage as TopicStage
from theses.pages import presentation
from theses.services import applications, interviews, topics


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told():
    rows = OutboxMail.objects.order_by("kind", "recipient__email")
    return [(row.kind, row.recipient.email) for row in rows]


def send(topic, student):
    return applications.apply(topic, by=student, motivation="Kiinnostaa.", school="Opisto")


def test_applying_tells_both_sides(topic, student, lead):
    application = send(topic, student)

    assert application.stage == Stage.SUBMITTED
    assert told() == [
        ("thesis_application_received", "lead@example.org"),
        ("thesis_application_sent", "student@example.org"),
    ]


def test_second_application_to_the_same_topic_is_refused(topic, student, lead):
    send(topic, student)

    with pytest.raises(Refused, match="already applied"):
        send(topic, student)

    assert topic.applications.count() == 1


@pytest.mark.parametrize("stage", ["draft", "in_review", "reserved", "expired", "finished"])
def test_applying_to_what_is_not_open_is_refused(topic, student, stage):
    topic.stage = stage
    topic.save()

    with pytest.raises(Refused):
        send(topic, student)


def test_applying_after_the_last_day_is_refused(topic, student):
    topic.closes_on = timezone.localdate() - timezone.timedelta(days=1)
    topic.save()

    with pytest.raises(Refused, match="last day"):
        send(topic, student)


def test_last_day_to_apply_still_counts(company, home_cluster, student):
    topic = made.topic(company, home_cluster, closes_on=timezone.localdate())

    assert topic.is_open
    assert send(topic, student).stage == Stage.SUBMITTED


def test_offering_side_cannot_apply(topic, lead):
    with pytest.raises(Refused, match="yourself"):
        send(topic, lead)


def test_accepting_gives_the_place_and_answers_the_rest(topic, student, lead):
    chosen = send(topic, student)
    other = send(topic, factories.user("other@example.org", language="sv"))

    applications.accept_application(chosen, by=lead)

    topic.refresh_from_db()
    other.refresh_from_db()
    assert topic.stage == TopicStage.RESERVED
    assert other.stage == Stage.DECLINED
    assert other.reason
    assert ("thesis_application_accepted", "student@example.org") in told()
    assert ("thesis_application_declined", "other@example.org") in told()


def test_two_places_are_given_one_by_one(company, home_cluster, lead):
    topic = made.topic(company, home_cluster, places=2)
    first, second, third = (send(topic, factories.user()) for _ in range(3))

    applications.accept_application(first, by=lead)
    topic.refresh_from_db()
    assert topic.stage == TopicStage.OPEN
    applications.accept_application(second, by=lead)

    third.refresh_from_db()
    assert third.stage == Stage.DECLINED
    with pytest.raises(Refused):
        applications.accept_application(third, by=lead)


def test_student_cannot_accept_herself(topic, student, lead):
    application = send(topic, student)

    with pytest.raises(Refused):
        applications.accept_application(application, by=student)


def test_coordinator_of_another_cluster_cannot_accept(topic, student, other_office):
    application = send(topic, student)

    with pytest.raises(Refused):
        applications.accept_application(application, by=other_office)


def test_declining_needs_a_reason(topic, student, lead):
    application = send(topic, student)

    with pytest.raises(Refused, match="reason"):
        applications.decline_application(application, by=lead, reason=" ")


def test_withdrawing_an_accepted_application_opens_the_topic_again(topic, student, lead):
    application = send(topic, student)
    applications.accept_application(application, by=lead)

    applications.withdraw_application(application, by=student)

    topic.refresh_from_db()
    assert topic.stage == TopicStage.OPEN
    assert ("thesis_application_withdrawn", "lead@example.org") in told()


def test_accepted_student_is_refused_elsewhere(topic, student, lead, company, home_cluster):
    other = made.topic(company, home_cluster)
    first, second = send(topic, student), send(other, student)
    applications.accept_application(first, by=lead)

    with pytest.raises(Refused, match="another thesis"):
        applications.accept_application(second, by=lead)


def test_student_with_a_thesis_cannot_apply_elsewhere(topic, student, lead, company, home_cluster):
    applications.accept_application(send(topic, student), by=lead)

    with pytest.raises(Refused, match="thesis under way"):
        send(made.topic(company, home_cluster), student)


def test_withdrawing_a_topic_answers_its_applicants(topic, student, lead):
    application = send(topic, student)

    topics.withdraw_topic(topic, by=lead, reason="Hanke peruuntui.")

    application.refresh_from_db()
    assert (application.stage, application.reason) == (Stage.DECLINED, "Hanke peruuntui.")
    assert ("topic_withdrawn", "student@example.org") in told()


def test_place_of_another_topic_is_refused_by_the_database(topic, company, home_cluster, student):
    elsewhere = Place.objects.get(topic=made.topic(company, home_cluster))

    with pytest.raises(IntegrityError, match="place_of_topic"):
        give(topic, student, elsewhere)


@transaction.atomic
def give(topic, student, place):
    values = {"stage": Stage.ACCEPTED, "decided_at": timezone.now()}
    made.application(topic, student, place=place, **values)
    connection.check_constraints()


def test_another_place_opens_a_reserved_topic_again(topic, student, lead):
    applications.accept_application(send(topic, student), by=lead)

    topics.edit_topic(topic, {}, by=lead, places=2)

    topic.refresh_from_db()
    assert topic.stage == TopicStage.OPEN


def test_taken_place_cannot_be_taken_away(company, home_cluster, lead):
    topic = made.topic(company, home_cluster, places=2)
    for _ in range(2):
        applications.accept_application(send(topic, factories.user()), by=lead)

    with pytest.raises(Refused, match="cannot be taken away"):
        topics.edit_topic(topic, {}, by=lead, places=1)


def test_nobody_decides_on_her_own_application(topic, student, company):
    application = send(topic, student)
    factories.affiliation(student, company, role="contact")

    with pytest.raises(Refused):
        applications.accept_application(application, by=student)


def idea_of(student, company, home_cluster, **values):
    return made.topic(company, home_cluster, origin="student", student=student, **values)


def test_commissioned_idea_gives_its_student_the_place(student, lead, company, home_cluster):
    idea = idea_of(student, company, home_cluster)
    other = made.application(idea)

    application = applications.accept_own_idea(idea, by=lead)

    idea.refresh_from_db()
    other.refresh_from_db()
    assert (application.stage, application.student) == (Stage.ACCEPTED, student)
    assert application.thesis.stage == "seeking"
    assert idea.stage == TopicStage.RESERVED
    assert other.stage == Stage.DECLINED


def test_student_with_a_thesis_cannot_begin_her_idea(topic, student, lead, company, home_cluster):
    applications.accept_application(send(topic, student), by=lead)
    idea = idea_of(student, company, home_cluster)

    with pytest.raises(Refused, match="another thesis"):
        applications.accept_own_idea(idea, by=lead)


def test_only_an_idea_of_a_student_begins_without_an_application(topic, lead):
    with pytest.raises(Refused, match="own idea"):
        applications.accept_own_idea(topic, by=lead)


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Meillä ei ole nyt aikaa"), ("en", "We do not have the time")]
)
def test_ready_reason_is_said_in_the_language_of_the_student(topic, lead, language, words):
    application = send(topic, factories.user(language=language))

    declined = applications.decline_application(
        application, by=lead, template="no_capacity", reason="Palataan syksyllä."
    )

    assert declined.reason.startswith(words)
    assert declined.reason.endswith("\n\nPalataan syksyllä.")


def test_unknown_ready_reason_counts_as_none(topic, student, lead):
    with pytest.raises(Refused, match="reason"):
        applications.decline_application(send(topic, student), by=lead, template="guess")


def test_withdrawn_from_the_interview_too(topic, student, lead):
    application = send(topic, student)
    application.stage = Stage.INTERVIEW
    application.save()

    assert applications.withdraw_application(application, by=student).stage == Stage.WITHDRAWN


def test_agreed_thesis_is_not_left_by_withdrawing(topic, student, lead):
    application = applications.accept_application(send(topic, student), by=lead)
    Thesis.objects.update(stage="agreed", supervisor=factories.user())

    with pytest.raises(Refused, match="agreed on"):
        applications.withdraw_application(application, by=student)
    application.refresh_from_db()
    assert [
        name for name, _move in presentation.application_row(application, student)["moves"]
    ] == []


def test_desk_asks_the_side_whose_turn_it_is(topic, student, lead):
    application = send(topic, student)
    assert [row["title"] for row in desk.waiting_for_me(lead)] == [str(student)]
    assert desk.to_pick(student) == []
    start = timezone.now() + timezone.timedelta(days=2)

    interviews.propose_times(application, [start], by=lead, minutes=30, meeting="Kahvila")

    lead, student = User.objects.get(pk=lead.pk), User.objects.get(pk=student.pk)
    assert desk.waiting_for_me(lead) == []
    assert [row["title"] for row in desk.to_pick(student)] == [topic.heading]


def test_own_data_hold_the_application_with_files_and_interview(topic, student, lead):
    application = send(topic, student)
    ApplicationFile.objects.create(application=application, name="cv.pdf", file="a.pdf", size=7)
    send(topic, factories.user())
    start = timezone.now() + timezone.timedelta(days=2)
    interviews.propose_times(application, [start], by=lead, minutes=30, meeting="Kahvila")

    (row,) = exports.applications(student)

    assert (row["motivation"], row["interview"]) == ("Kiinnostaa.", "Kahvila")
    assert [file["name"] for file in row["files"]] == ["cv.pdf"]
    assert [time["chosen"] for time in row["interview times"]] == [False]
    assert exports.applications(lead) == []
