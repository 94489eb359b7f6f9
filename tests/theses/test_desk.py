"""The theses' cards on the desk: what waits, and where a newcomer begins."""

from __future__ import annotations

import pytest

from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses import elsewhere


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
    topic.save()

    page = desk(client, topic.contact)

    assert "Sinun vuorosi opinnäytetyössä" not in page
    assert thesis.workspace_url in page


def test_topic_in_review_waits_on_its_coordinators_desk_alone(
    office, other_office, lead, company, home_cluster
):
    sent = made.topic(company, home_cluster, stage="in_review", published_at=None)

    assert [row["url"] for row in elsewhere.to_review(office)] == [sent.get_absolute_url()]
    assert elsewhere.to_review(other_office) == elsewhere.to_review(lead) == []


def test_newcomer_is_led_to_topics_profile_and_proposing(client, outsider):
    page = desk(client, outsider)

    for address in ("/theses/", "/theses/profile/", "/theses/propose/"):
        assert f'<a href="{address}">' in page


@pytest.mark.parametrize("reader", ["member", "lead", "office"])
def test_who_belongs_to_an_organisation_is_no_newcomer(reader, request):
    assert elsewhere.first_steps(request.getfixturevalue(reader)) == []


def test_student_with_a_profile_is_no_newcomer(student):
    made.student_profile(student)

    assert elsewhere.first_steps(student) == []
