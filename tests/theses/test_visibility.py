"""Who sees what: state × person × seen, for topics and applications."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses.models import Application, Approach, SupervisionRequest, Topic

PEOPLE = ("visitor", "outsider", "member", "lead", "office", "other_office", "admin_user")
OWN_SIDE = {"member", "lead", "office", "admin_user"}
EVERYONE = set(PEOPLE)
SEEN_BY_STAGE = {
    "draft": OWN_SIDE,
    "in_review": OWN_SIDE,
    "open": EVERYONE,
    "reserved": EVERYONE,
    "agreed": EVERYONE,
    "in_progress": EVERYONE,
    "finished": EVERYONE,
    "expired": EVERYONE,
    "withdrawn": OWN_SIDE,
}
SEEN_BY_VISIBILITY = {
    "public": EVERYONE,
    "accounts": EVERYONE - {"visitor"},
    "members": OWN_SIDE | {"other_office"},
    "cluster": OWN_SIDE,
    "group": OWN_SIDE,
    "private": OWN_SIDE,
}


@pytest.fixture
def person(request, db):
    names = request.param
    return AnonymousUser() if names == "visitor" else request.getfixturevalue(names)


@pytest.mark.parametrize("stage", SEEN_BY_STAGE)
@pytest.mark.parametrize("person", PEOPLE, indirect=True, ids=PEOPLE)
def test_topic_is_seen_by_its_stage(person, request, stage, company, home_cluster):
    reason = {"closing_reason": "Syy."} if stage == "withdrawn" else {}
    topic = made.topic(company, home_cluster, stage=stage, **reason)
    name = request.node.callspec.params["person"]

    assert Topic.objects.visible_to(person).contains(topic) == (name in SEEN_BY_STAGE[stage])


@pytest.mark.parametrize("visibility", SEEN_BY_VISIBILITY)
@pytest.mark.parametrize("person", PEOPLE, indirect=True, ids=PEOPLE)
def test_topic_is_seen_by_its_visibility(person, request, visibility, company, home_cluster):
    topic = made.topic(company, home_cluster, visibility=visibility)
    name = request.node.callspec.params["person"]

    seen = Topic.objects.visible_to(person).contains(topic)

    assert seen == (name in SEEN_BY_VISIBILITY[visibility])


@pytest.mark.parametrize("person", PEOPLE, indirect=True, ids=PEOPLE)
def test_topic_is_edited_by_contact_and_coordinator(person, request, topic):
    name = request.node.callspec.params["person"]

    assert Topic.objects.editable_by(person).contains(topic) == (
        name in {"lead", "office", "admin_user"}
    )


@pytest.mark.parametrize("stage", ["submitted", "accepted", "declined", "withdrawn"])
@pytest.mark.parametrize("person", [*PEOPLE, "student"], indirect=True, ids=[*PEOPLE, "student"])
def test_application_is_seen_by_its_student_and_those_who_decide(
    person, request, stage, topic, student
):
    more = {"reason": "Syy."} if stage == "declined" else {}
    if stage in {"accepted", "declined"}:
        more["decided_at"] = topic.published_at
    if stage == "accepted":
        more["place"] = topic.places.get()
    application = made.application(topic, student, stage=stage, **more)
    name = request.node.callspec.params["person"]

    seen = Application.objects.visible_to(person).contains(application)

    assert seen == (name in {"student", "lead", "office", "admin_user"})


PARTS = ("applicant", "asked supervisor", "approached", "supervisor", "author of the idea")


def party(part, topic):
    """Somebody who has this part in the topic, and no other way to see it."""
    person = factories.user()
    if part == "applicant":
        made.application(topic, person)
    elif part == "approached":
        Approach.objects.create(
            topic=topic, kind="invite_student", by=factories.user(), to=person, message="Hei.",
            answer_by=timezone.localdate(),
        )  # fmt: skip
    elif part == "asked supervisor":
        SupervisionRequest.objects.create(
            thesis=parties.thesis(topic, factories.user()), supervisor=person, rank=1,
            stage="asked", asked_at=timezone.now(), answer_by=timezone.localdate(),
        )  # fmt: skip
        made.supervisor_profile(person, factories.organisation())
    elif part == "supervisor":
        topic.supervisor = person
    else:
        topic.origin, topic.student = "student", person
    return person


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("stage", SEEN_BY_STAGE)
def test_parties_see_the_topic_in_every_stage_but_draft(part, stage, company, home_cluster):
    topic = made.topic(company, home_cluster, visibility="private")
    person = party(part, topic)
    topic.stage, topic.closing_reason = stage, "Syy."
    topic.save()

    assert Topic.objects.visible_to(person).contains(topic) == (stage != "draft")


def test_applicant_keeps_seeing_a_withdrawn_topic(topic, student):
    made.application(topic, student)
    topic.stage, topic.closing_reason = "withdrawn", "Syy."
    topic.save()

    assert Topic.objects.visible_to(student).contains(topic)


def test_invisible_topic_answers_like_a_missing_one(client, company, home_cluster):
    hidden = made.topic(company, home_cluster, stage="draft")

    answer = client.get(hidden.get_absolute_url())
    missing = client.get(reverse("theses:topic", args=["ei-ole"]))

    assert answer.status_code == missing.status_code == 404
    same = answer.content.replace(hidden.slug.encode(), b"ei-ole")
    assert same == missing.content


def test_list_hides_what_is_hidden_from_counts_and_facets(client, company, home_cluster):
    made.topic(company, home_cluster)
    before = client.get(reverse("theses:list")).content
    elsewhere = factories.organisation("Kanarialintu Oy")
    made.topic(elsewhere, home_cluster, visibility="members", title="Kanarialintu")

    assert client.get(reverse("theses:list")).content == before


def test_student_never_sees_other_applicants(client, topic, student):
    made.application(topic, factories.user(last_name="Kanarialintu"))
    made.application(topic, student)
    client.force_login(student)

    page = client.get(topic.get_absolute_url()).content.decode()

    assert "Kanarialintu" not in page


def test_application_of_another_is_missing(client, topic, student):
    other = made.application(topic)
    client.force_login(student)

    assert client.get(other.get_absolute_url()).status_code == 404
