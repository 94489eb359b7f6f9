"""The theses' cards on the desk: what waits, and where a newcomer begins."""

from __future__ import annotations

import pytest
from django.utils.formats import date_format

from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses import exports
from theses.desk import topics as topic_desk
from theses.desk.applications import approaches_to_answer
from theses.services import approaches, topics


def desk(client, person):
    client.force_login(factories.verified(person))
    return client.get("/me/").content.decode()


def test_nothing_waits_is_not_said_to_whom_a_thesis_waits_for(client, topic, student):
    thesis = parties.thesis(topic, student)

    page = desk(client, student)

    assert "Sinun vuorosi opinnäytetyössä" in page
    assert "Mikään ei odota sinua" not in page
    assert thesis.workspace_url in page


def test_thesis_that_waits_for_another_stands_among_the_rest(client, topic, student, company):
    thesis = parties.thesis(topic, student)
    topic.contact = factories.user("contact@example.org")
    factories.affiliation(topic.contact, company)
    topic.save()

    page = desk(client, topic.contact)

    assert "Sinun vuorosi opinnäytetyössä" not in page
    assert thesis.workspace_url in page


def test_topic_in_review_waits_on_its_coordinators_desk_alone(
    office, other_office, lead, company, home_cluster
):
    sent = made.topic(company, home_cluster, stage="in_review", published_at=None)

    assert [row["url"] for row in topic_desk.to_review(office)] == [sent.get_absolute_url()]
    assert topic_desk.to_review(other_office) == topic_desk.to_review(lead) == []


def test_newcomer_is_led_to_topics_profile_and_proposing(client, outsider):
    page = desk(client, outsider)

    for address in ("/theses/", "/theses/profile/", "/theses/propose/"):
        assert f'<a href="{address}">' in page


@pytest.mark.parametrize("reader", ["member", "lead", "office"])
def test_who_belongs_to_an_organisation_is_no_newcomer(reader, request):
    assert not topic_desk.newcomers(request.getfixturevalue(reader)).exists()


def test_student_with_a_profile_is_no_newcomer(student):
    made.student_profile(student)

    assert topic_desk.first_steps(student) == []


def test_students_own_idea_stands_on_her_desk_alone(student, home_cluster, lead, outsider):
    idea = made.idea(student, home_cluster)

    assert [row["url"] for row in topic_desk.my_ideas(student)] == [idea.get_absolute_url()]
    assert topic_desk.my_ideas(lead) == topic_desk.my_ideas(outsider) == []
    assert topic_desk.my_topics(student) == []


@pytest.fixture
def sent(company, home_cluster, lead, student):
    """A topic and an idea that wait for the coordinator."""
    home_cluster.reviews_topics = True
    home_cluster.save()
    waits = {"stage": "in_review", "published_at": None}
    return [
        made.topic(company, home_cluster, contact=lead, **waits),
        made.idea(student, home_cluster, **waits),
    ]


def revised(person):
    fresh = type(person).objects.get(pk=person.pk)
    return [row["url"] for row in topic_desk.to_revise(fresh)]


def test_returned_topic_waits_for_whose_it_is_until_it_is_sent_anew(sent, lead, student, office):
    for each, owner in zip(sent, (lead, student), strict=True):
        topics.move_topic(each, "send_back", by=office, reason="Tarkenna.")

        assert revised(owner) == [each.get_absolute_url()]
        assert revised(office) == []

        topics.move_topic(each, "submit", by=owner)

        assert revised(owner) == []


def test_draft_that_nobody_has_returned_does_not_wait(student, home_cluster):
    made.idea(student, home_cluster, stage="draft", published_at=None)

    assert revised(student) == []


def test_students_copy_of_her_data_holds_her_idea_in_words(student, home_cluster, lead):
    made.idea(student, home_cluster, title="Oma ajatus", description="Haluan selvittää.")

    [row] = exports.topics(student)

    assert (row["title"], row["description"]) == ("Oma ajatus", "Haluan selvittää.")
    assert exports.topics(lead) == []


def test_new_colleague_of_a_school_is_told_that_she_can_supervise(client, db):
    school = factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")
    person = factories.user("uusi.ohjaaja@example.org")
    factories.affiliation(person, school)

    first = desk(client, person)
    made.supervisor_profile(person, school)

    assert '<a href="/theses/profile/">' in first
    assert topic_desk.first_steps(person) == []


def test_offer_on_the_desk_tells_until_when_it_is_answered(lead, company, student, home_cluster):
    idea = made.idea(student, home_cluster)
    offer = approaches.send(idea, "commission", by=lead, organisation=company, message="Tilaamme.")

    row = approaches_to_answer(student)[0]

    day = date_format(offer.answer_by, "SHORT_DATE_FORMAT")
    assert row["state_text"] == f"Vastaa viimeistään {day}"


@pytest.mark.parametrize("origin", ["supervisor", "student"])
def test_words_of_a_proposal_are_in_its_proposers_copy_alone(
    origin, student, lead, company, home_cluster
):
    """Also when an organisation commissions it, whose contact then offers it."""
    proposer = parties.supervisor(company, name="proposer") if origin == "supervisor" else student
    made.topic(
        company, home_cluster, origin=origin, contact=lead, description="Omin sanoin.",
        **{origin: proposer},
    )  # fmt: skip

    [hers], [of_lead] = exports.topics(proposer), exports.topics(lead)

    assert hers["description"] == "Omin sanoin."
    assert "description" not in of_lead


def test_copy_of_data_holds_offers_about_ones_idea_and_what_one_answered(
    student, lead, company, home_cluster, office
):
    idea = made.idea(student, home_cluster)
    offer = approaches.send(idea, "commission", by=lead, organisation=company, message="Tilaamme.")
    asked = approaches.send(
        made.idea(factories.user(), home_cluster), "invite_commissioner",
        by=office, organisation=company, message="Tilaisitteko?",
    )  # fmt: skip
    approaches.answer(asked, "decline", by=lead, reason="Emme ehdi.")

    of_student = exports.approaches(student)
    of_lead = exports.approaches(lead)

    assert [row["message"] for row in of_student] == [offer.message]
    assert [row["reason"] for row in of_lead] == ["", "Emme ehdi."]
