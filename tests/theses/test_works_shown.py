import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import User
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses import digest, exports
from theses.desk import works as desk
from theses.kinds.works import KINDS
from theses.models.works import Light
from theses.services import supervision, works, workspace

# A school's contacts hear of a supervisor who left, not of the theses one by one.
OF_A_THESIS = [kind for kind in KINDS if kind.name != "school_supervisor_left"]


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, name="mentor")


@pytest.fixture
def running(topic, student, lead, mentor):
    return parties.working(topic, student, mentor)


@pytest.fixture
def done(running, mentor):
    values = {"title": "Valmis työ", "abstract": "Tiivis.", "finished_on": timezone.localdate()}
    return works.finish_thesis(running, values, by=mentor)


def again(person):
    """As in the next request: nothing kept of what they were."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize("reader", ["student", "mentor", "lead"])
def test_each_party_has_the_thesis_on_her_desk(running, reader, request):
    person = request.getfixturevalue(reader)

    assert [row["url"] for row in desk.my_theses(person)] == [running.workspace_url]


def test_many_theses_on_the_desk_cost_as_many_statements_as_one(running, lead, company):
    with CaptureQueriesContext(connection) as one:
        desk.my_theses(again(lead))
    for number in range(2):
        topic = made.topic(company, running.topic.home_cluster, contact=lead)
        mentor = parties.supervisor(company, name=f"mentor-{number}")
        parties.working(topic, factories.user(), mentor)

    with CaptureQueriesContext(connection) as three:
        assert len(desk.my_theses(again(lead))) == 3

    assert len(three) == len(one)


@pytest.mark.parametrize("reader", ["outsider", "office", "member"])
def test_others_have_no_theses_on_their_desks(running, reader, request):
    assert desk.my_theses(request.getfixturevalue(reader)) == []


def test_request_to_answer_is_on_the_desk_until_answered(topic, student, mentor):
    thesis = parties.thesis(topic, student)
    row = supervision.choose_supervisors(thesis, [mentor], by=student)

    assert [each["url"] for each in desk.to_answer(mentor)] == [row.get_absolute_url()]
    supervision.answer(row, "decline", by=mentor, reason="Kiire.")

    assert desk.to_answer(again(mentor)) == []


def test_stuck_thesis_is_on_the_desks_of_those_who_can_help(
    running, student, mentor, office, other_office
):
    assert desk.red_lights(again(office)) == []
    workspace.set_light(running, Light.RED, by=student, note="Jumissa.")

    assert len(desk.red_lights(office)) == len(desk.my_turns(mentor)) == 1
    assert desk.red_lights(mentor) == []
    assert desk.red_lights(student) == desk.red_lights(other_office) == []


def test_organisation_shows_its_finished_theses(client, done, company):
    text = client.get(company.get_absolute_url()).content.decode()

    assert done.get_absolute_url() in text


def test_organisation_does_not_show_a_thesis_under_way(client, running, company):
    text = client.get(company.get_absolute_url()).content.decode()

    assert running.title not in text


def test_finished_thesis_is_found_by_the_search_of_everything(client, done):
    text = client.get("/search/", {"q": "valmis työ"}).content.decode()

    assert done.get_absolute_url() in text


def test_finished_thesis_is_on_the_site_map(client, done):
    assert done.get_absolute_url() in client.get("/sitemap.xml").content.decode()


def test_digest_tells_of_the_newly_finished(done, member):
    before = timezone.now() - datetime.timedelta(days=7)
    later = timezone.now() + datetime.timedelta(days=1)

    assert list(digest.newly_finished(member, before)) == [done]
    assert list(digest.newly_finished(member, later)) == []


def test_own_data_holds_thesis_lights_and_requests(topic, student, mentor, outsider):
    thesis = parties.thesis(topic, student)
    row = supervision.choose_supervisors(thesis, [mentor], by=student, message="Hei")
    supervision.answer(row, "accept", by=mentor)

    assert [each["role"] for each in exports.theses(student)] == ["student"]
    assert [each["role"] for each in exports.theses(again(mentor))] == ["supervisor"]
    assert exports.supervision(student)[0]["message"] == "Hei"
    assert exports.supervision(again(mentor))[0]["message"] == ""
    assert exports.theses(outsider) == exports.supervision(outsider) == []


def test_own_data_holds_the_lights_that_the_student_set(running, student, mentor):
    workspace.set_light(running, Light.YELLOW, by=student, note="Hidasta.")

    assert [row["note"] for row in exports.progress_reports(student)] == ["Hidasta."]
    assert exports.progress_reports(mentor) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("kind", OF_A_THESIS, ids=lambda kind: kind.name)
def test_message_names_the_thesis_and_leads_to_it(topic, student, mentor, kind, language):
    student.language = language
    student.save()
    thesis = parties.thesis(topic, student, mentor, title="Varautuminen & kotihoito")
    about = thesis.requests.get() if kind.context.__name__ == "_of_request" else thesis
    values = {"person": "Pia Ohjaaja", "reason": "Syy", "answer": "declined", "light": "red"}
    outbox.post(kind.name, to=student, key="1", about=about, values=values)

    letter = rendering.letter(OutboxMail.objects.get(kind=kind.name))

    assert letter.subject.endswith(": Varautuminen & kotihoito")
    assert str(about.public_id) in letter.text
    assert str(about.public_id) in letter.html


def test_own_data_holds_the_agreement_and_the_milestones(running, student, mentor):
    workspace.propose_milestones(running)

    rows = exports.theses(student), exports.theses(mentor)

    for (row,) in rows:
        assert row["agreement"]["signed_on"] == timezone.localdate().isoformat()
        assert row["agreement"]["student_at"]
        assert len(row["milestones"]) == running.milestones.count() > 0
        assert row["milestones"][0]["due"] == running.milestones.first().due_on.isoformat()
