"""The desk counts as waiting what the page calls the reader's turn: each type, stage and party."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from tests.theses.test_turns import application_at, settled, thesis_at
from theses.models import InterviewTime, Milestone, SupervisionRequest, Thesis
from theses.models.applications import Stage
from theses.models.supervision import Stage as RequestStage
from theses.models.works import Stage as ThesisStage
from theses.services import topics

YOURS = "Nyt on sinun vuorosi"
PARTIES = ("student", "lead", "mentor", "office")


@pytest.fixture
def mentor(company):
    return parties.supervisor(company, name="mentor")


def agrees(client, person, url):
    """Whether page and desk say the same; then what they say."""
    client.force_login(factories.verified(person))
    page = client.get(url)
    desk = client.get("/me/")
    says = page.status_code == 200 and YOURS in page.content.decode()
    assert desk.context["waiting_count"] == int(says)
    return says


def of_stage(topic, student, mentor, stage):
    return thesis_at(stage, topic, student, mentor)


def confirmed_by_student(topic, student, mentor):
    thesis = of_stage(topic, student, mentor, ThesisStage.MATCHED)
    settled(thesis, student_at=timezone.now())
    return thesis


def with_milestone(days):
    def made_at(topic, student, mentor):
        thesis = of_stage(topic, student, mentor, ThesisStage.IN_PROGRESS)
        due = timezone.localdate() + datetime.timedelta(days=days)
        Milestone.objects.create(thesis=thesis, title="Aineisto", due_on=due)
        return thesis

    return made_at


def in_progress(**values):
    def made_at(topic, student, mentor):
        thesis = of_stage(topic, student, mentor, ThesisStage.IN_PROGRESS)
        Thesis.objects.filter(pk=thesis.pk).update(**values)
        return thesis

    return made_at


def at(stage):
    return lambda topic, student, mentor: of_stage(topic, student, mentor, stage)


WORKS = [
    (at(ThesisStage.SEEKING), {"student"}),
    (at(ThesisStage.MATCHED), {"student", "lead", "mentor"}),
    (confirmed_by_student, {"lead", "mentor"}),
    (at(ThesisStage.AGREED), {"student"}),
    (at(ThesisStage.IN_PROGRESS), set()),
    (with_milestone(3), set()),
    (with_milestone(-3), {"student"}),
    (in_progress(light="red", light_note="Jumissa."), {"mentor"}),
    (in_progress(ready_at=timezone.now()), {"lead", "mentor"}),
    (at(ThesisStage.FINISHED), set()),
    (at(ThesisStage.ENDED), set()),
]


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize(("made_at", "waits"), WORKS, ids=range(len(WORKS)))
def test_desk_counts_a_thesis_that_its_page_calls_ones_turn(  # noqa: PLR0917
    client, topic, student, lead, mentor, office, made_at, waits, party, request
):
    thesis = made_at(topic, student, mentor)

    says = agrees(client, request.getfixturevalue(party), thesis.workspace_url)

    assert says == (party in waits)


def interview(days=0, *, is_chosen=False, wish=""):
    def made_at(topic, student):
        moment = timezone.now()
        values = {"proposed_at": moment, "other_times": wish}
        application = made.application(topic, student, stage=Stage.INTERVIEW, **values)
        start = moment + datetime.timedelta(days=days)
        InterviewTime.objects.create(application=application, starts_at=start, is_chosen=is_chosen)
        return application

    return made_at


def applied(stage):
    return lambda topic, student: application_at(stage, topic, student)


APPLICATIONS = [
    (applied(Stage.SUBMITTED), "lead"),
    (applied(Stage.DECLINED), ""),
    (applied(Stage.WITHDRAWN), ""),
    (applied(Stage.ACCEPTED), ""),
    (interview(2), "student"),
    (interview(2, wish="Aamulla"), "lead"),
    (interview(-2), "lead"),
    (interview(2, is_chosen=True), ""),
    (interview(-2, is_chosen=True), "lead"),
]


@pytest.mark.parametrize("party", ["student", "lead", "office"])
@pytest.mark.parametrize(("made_at", "waits"), APPLICATIONS, ids=range(len(APPLICATIONS)))
def test_desk_counts_an_application_that_its_page_calls_ones_turn(  # noqa: PLR0917
    client, topic, student, lead, office, made_at, waits, party, request
):
    application = made_at(topic, student)

    says = agrees(client, request.getfixturevalue(party), application.get_absolute_url())

    assert says == (party == waits)


@pytest.mark.parametrize("party", ["student", "mentor", "lead"])
@pytest.mark.parametrize("stage", list(RequestStage))
def test_desk_counts_a_request_that_its_page_calls_ones_turn(  # noqa: PLR0917
    client, topic, student, lead, mentor, stage, party, request
):
    thesis = thesis_at(ThesisStage.SEEKING, topic, student, mentor)
    now = timezone.now()
    row = SupervisionRequest.objects.create(
        thesis=thesis, supervisor=mentor, rank=1, stage=stage, asked_at=now, reason="Syy.",
        answer_by=timezone.localdate() + datetime.timedelta(days=5),
    )  # fmt: skip
    if party == "student":  # the thesis itself may be the student's turn: another supervisor
        other = parties.supervisor(topic.organisation, name="other")
        SupervisionRequest.objects.create(
            thesis=thesis, supervisor=other, rank=2, stage="waiting", asked_at=now
        )

    says = agrees(client, request.getfixturevalue(party), row.get_absolute_url())

    assert says == (party == "mentor" and stage == RequestStage.ASKED)


@pytest.mark.parametrize("party", ["lead", "office"])
@pytest.mark.parametrize("act", ["draft", "submit", "send_back", "publish"])
def test_desk_counts_a_topic_that_its_page_asks_one_to_read_or_change(  # noqa: PLR0917
    client, company, home_cluster, lead, office, act, party, request
):
    home_cluster.reviews_topics = True
    home_cluster.save()
    topic = made.topic(company, home_cluster, contact=lead, stage="draft", published_at=None)
    for step, by in {"submit": lead, "send_back": office, "publish": office}.items():
        if act == "draft" or (act == "publish" and step == "send_back"):
            continue
        topic = topics.move_topic(topic, step, by=by, reason="Tarkenna.")
        if act == step:
            break

    says = agrees(client, request.getfixturevalue(party), topic.get_absolute_url())

    assert says == ((party, act) in {("office", "submit"), ("lead", "send_back")})
