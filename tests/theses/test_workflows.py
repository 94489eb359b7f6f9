"""Who moves topics, applications, approaches, requests and theses from which stage to which."""

import pytest
from django.utils import timezone

from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from tests.workflows import reasoned, steps, wanted
from theses.models import (
    Approach,
    SupervisionRequest,
    applications,
    approaches,
    supervision,
    topic_workflow,
    works,
)
from theses.models.choices import Stage as TopicStage

OFFERERS = "lead contact office admin"  # contact: the colleague whom the topic names
COORDINATORS = "office admin"
TOPIC = {
    "submit": (OFFERERS, {"draft": "in_review"}),
    "publish": (COORDINATORS, {"draft": "open", "in_review": "open"}),
    "send_back": (COORDINATORS, {"in_review": "draft"}),
    "renew": (OFFERERS, {"open": "open", "expired": "open"}),
    "withdraw": (
        OFFERERS,
        {
            "draft": "withdrawn",
            "in_review": "withdrawn",
            "open": "withdrawn",
            "expired": "withdrawn",
        },
    ),
}
APPLICATION = {
    "invite": (OFFERERS, {"submitted": "interview", "interview": "interview"}),
    "accept": (OFFERERS, {"submitted": "accepted", "interview": "accepted"}),
    "decline": (OFFERERS, {"submitted": "declined", "interview": "declined"}),
    "withdraw": (
        "student",
        {"submitted": "withdrawn", "interview": "withdrawn", "accepted": "withdrawn"},
    ),
}
PARTIES = f"student supervisor {OFFERERS}"
PAUSED = {"matched": "interrupted", "agreed": "interrupted", "in_progress": "interrupted"}
THESIS = {
    "begin": (PARTIES, {"agreed": "in_progress"}),
    "finish": (f"supervisor {OFFERERS}", {"in_progress": "finished"}),
    "interrupt": (PARTIES, PAUSED),
    "resume": (PARTIES, {"interrupted": "in_progress"}),
    "end": (
        PARTIES,
        {
            "seeking": "ended",
            "matched": "ended",
            "agreed": "ended",
            "in_progress": "ended",
            "interrupted": "ended",
        },
    ),
}
REQUEST = {
    "accept": ("supervisor", {"asked": "accepted", "waiting": "accepted"}),
    "wait": ("supervisor", {"asked": "waiting"}),
    "decline": ("supervisor", {"asked": "declined", "waiting": "declined"}),
    "withdraw": (
        f"student {OFFERERS}",
        {"queued": "withdrawn", "asked": "withdrawn", "waiting": "withdrawn"},
    ),
}
ANSWERED_BY = {
    "commission": "student office admin",
    "supervise": "student office admin",
    "invite_student": "asked",
    "invite_supervisor": "asked",
    "invite_commissioner": "lead",
}


@pytest.fixture
def people(cast, student, topic):
    """The cast, with the topic's named contact and two who study or supervise elsewhere."""
    contact = factories.user()
    factories.affiliation(contact, topic.organisation)
    topic.contact = contact
    topic.save()
    school = factories.organisation(kind="university")
    return {
        **cast,
        "contact": contact,
        "student": student,
        "supervisor": parties.supervisor(school, room=3),
        "other_supervisor": parties.supervisor(school),
        "other_student": made.application(topic).student,
    }


@pytest.mark.parametrize("stage", TopicStage)
def test_topic_moves_by_its_table(stage, people, topic):
    topic.stage, topic.closing_reason = stage, "Syy."
    topic.save()

    assert steps(topic_workflow.MOVES, topic, people) == wanted(TOPIC, stage)


@pytest.mark.parametrize("stage", applications.Stage)
def test_application_moves_by_its_table(stage, people, topic, student):
    place = topic.places.get() if stage in {"accepted", "completed"} else None
    row = made.application(
        topic, student, stage=stage, place=place, decided_at=timezone.now(), reason="Syy."
    )

    assert steps(applications.MOVES, row, people) == wanted(APPLICATION, stage)


def test_own_application_is_decided_by_others_only(topic, lead):
    row = made.application(topic, lead)

    assert steps(applications.MOVES, row, {"lead": lead}) == {("withdraw", "lead"): "withdrawn"}


@pytest.mark.parametrize("stage", works.Stage)
def test_thesis_moves_by_its_table(stage, people, topic, student):
    today = timezone.localdate()
    more = {
        "interrupted": {"stage_before": "in_progress"},
        "finished": {
            "finished_on": today, "finished_year": today.year, "abstract": "Tiivistelmä.",
            "slug": "valmis",
        },
        "ended": {"ending_reason": "Syy."},
    }  # fmt: skip
    supervisor = None if stage == "seeking" else people["supervisor"]
    thesis = parties.thesis(topic, student, supervisor, stage=stage, **more.get(stage, {}))
    table = THESIS
    if supervisor is None:
        table = {action: (OFFERERS + " student", to) for action, (_who, to) in THESIS.items()}

    assert steps(works.MOVES, thesis, people) == wanted(table, stage)


@pytest.mark.parametrize("stage", supervision.Stage)
def test_request_to_supervise_moves_by_its_table(stage, people, topic, student):
    row = SupervisionRequest.objects.create(
        thesis=parties.thesis(topic, student),
        supervisor=people["supervisor"],
        rank=1,
        stage=stage,
        asked_at=timezone.now(),
        answer_by=timezone.localdate(),
        reason="Syy.",
    )

    assert steps(supervision.MOVES, row, people) == wanted(REQUEST, stage)


@pytest.mark.parametrize("stage", approaches.Stage)
@pytest.mark.parametrize("kind", approaches.Kind)
def test_approach_moves_by_its_table(kind, stage, people, company, student, home_cluster):
    people |= {"sender": factories.user(), "asked": factories.user()}
    to_organisation = kind in {"commission", "invite_commissioner"}
    row = Approach.objects.create(
        topic=made.idea(student, home_cluster),
        kind=kind,
        by=people["sender"],
        to=None if to_organisation else people["asked"],
        organisation=company if to_organisation else None,
        message="Hei.",
        stage=stage,
        answer_by=timezone.localdate(),
        reason="Syy.",
    )
    table = {
        "accept": (ANSWERED_BY[kind], {"pending": "accepted"}),
        "decline": (ANSWERED_BY[kind], {"pending": "declined"}),
        "withdraw": ("sender", {"pending": "withdrawn"}),
    }

    assert steps(approaches.MOVES, row, people) == wanted(table, stage)


@pytest.mark.parametrize(
    ("workflow", "actions"),
    [
        (topic_workflow.MOVES, {"send_back", "withdraw"}),
        (applications.MOVES, {"decline"}),
        (works.MOVES, {"interrupt", "end"}),
        (supervision.MOVES, {"decline"}),
        (approaches.MOVES, {"decline"}),
    ],
    ids=["topic", "application", "thesis", "request", "approach"],
)
def test_actions_that_need_a_reason(workflow, actions):
    assert reasoned(workflow) == actions
