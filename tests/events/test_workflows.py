"""Who moves events and registrations from which stage to which."""

import datetime

import pytest
from django.utils import timezone

from events.models import (
    Course,
    Idea,
    OneToOne,
    Statement,
    courses,
    decisions,
    events,
    ideas,
    meetings,
    one_to_one,
    registrations,
    statements,
)
from tests import factories
from tests.events import body_factories
from tests.events import factories as made
from tests.workflows import reasoned, steps, wanted

ORGANISERS = "lead office admin"
COORDINATORS = "office admin"
EVENT = {
    "submit": (ORGANISERS, {"draft": "proposed"}),
    "publish": (COORDINATORS, {"draft": "published", "proposed": "published"}),
    "send_back": (COORDINATORS, {"proposed": "draft"}),
    "withdraw": (ORGANISERS, {"draft": "withdrawn", "proposed": "withdrawn"}),
    "cancel": (ORGANISERS, {"published": "cancelled"}),
}
ENDS = dict.fromkeys(("requested", "applied", "confirmed", "waiting", "offered"), "cancelled")
ATTENDANCE = {
    "mark_attended": (ORGANISERS, {"confirmed": "attended", "absent": "attended"}),
    "mark_absent": (ORGANISERS, {"confirmed": "absent", "attended": "absent"}),
    "unmark": (ORGANISERS, {"attended": "confirmed", "absent": "confirmed"}),
}
ORGANISING = {
    "remove": (ORGANISERS, ENDS),
    "approve": (ORGANISERS, {"applied": "confirmed"}),
    "turn_down": (ORGANISERS, {"applied": "refused"}),
    "give_place": (ORGANISERS, {"waiting": "confirmed"}),
    **ATTENDANCE,
}
OF_AN_ACCOUNT = {
    "accept": ("participant", {"offered": "confirmed"}),
    "decline": ("participant", {"offered": "declined"}),
    "cancel": (f"participant {ORGANISERS}", ENDS),
    **ORGANISING,
}
OF_A_GUEST = {"cancel": (ORGANISERS, ENDS), **ORGANISING}

LEADERS = f"pj secretary {COORDINATORS}"
MEETING = {
    "call": (LEADERS, {"planned": "called"}),
    "begin": (LEADERS, {"called": "running"}),
    "close": (LEADERS, {"running": "review"}),
    "reopen": (LEADERS, {"review": "running"}),
    "approve": ("pj", {"review": "approved"}),
    "cancel": (LEADERS, {"planned": "cancelled", "called": "cancelled"}),
}
DECISION = {
    "start": (f"mate {LEADERS}", {"open": "running"}),
    "tell": (f"mate {LEADERS}", {"running": "running"}),
    "finish": (f"mate {LEADERS}", {"open": "done", "running": "done"}),
    "drop": (LEADERS, {"open": "dropped", "running": "dropped"}),
    "reopen": (LEADERS, {"done": "running", "dropped": "running"}),
}
STATEMENT = {
    "open": (LEADERS, {"draft": "open"}),
    "publish": (LEADERS, {"draft": "published", "open": "published"}),
}

COURSE = {
    "submit": (ORGANISERS, {"draft": "proposed"}),
    "publish": (COORDINATORS, {"draft": "open", "proposed": "open"}),
    "send_back": (COORDINATORS, {"proposed": "draft"}),
    "end": (ORGANISERS, {"open": "ended"}),
    "cancel": (ORGANISERS, {"open": "cancelled"}),
}
ANSWERING = {
    "accept": ("asked", {"asked": "agreed"}),
    "offer": ("asked", {"asked": "asked"}),
    "decline": ("asked", {"asked": "declined"}),
    "withdraw": ("asker", {"asked": "withdrawn"}),
}
AHEAD = {**ANSWERING, "cancel": ("asker asked", {"agreed": "cancelled"})}
OVER = {**ANSWERING, "tell": ("asker asked", {"agreed": "told", "told": "told"})}
IDEA = {
    "publish": ("office admin", {"proposed": "published", "closed": "published"}),
    "close": ("office admin", {"proposed": "closed", "published": "closed"}),
    "hide": ("office admin", {"published": "closed", "moved": "closed"}),
    "take_back": ("author", {"proposed": "closed"}),
}


@pytest.mark.parametrize("stage", events.Stage)
def test_event_moves_by_its_table(stage, cast, home_cluster, company):
    event = made.event(home_cluster, organisation=company, stage=stage)

    assert steps(events.MOVES, event, cast) == wanted(EVENT, stage)


@pytest.mark.parametrize("stage", registrations.Stage)
@pytest.mark.parametrize("is_guest", [False, True])
def test_registration_moves_by_its_table(stage, is_guest, cast, home_cluster, company):
    event = made.event(home_cluster, organisation=company)
    participant = factories.user()
    guest = {"email": participant.email, "name": "Vieras"} if is_guest else {}
    row = made.registration(event, None if is_guest else participant, stage=stage, **guest)

    found = steps(registrations.MOVES, row, {**cast, "participant": participant})

    assert found == wanted(OF_A_GUEST if is_guest else OF_AN_ACCOUNT, stage)


def test_actions_that_need_a_reason():
    assert reasoned(events.MOVES) == {"cancel", "send_back"}
    assert reasoned(registrations.MOVES) == {"remove", "turn_down", "give_place"}
    assert reasoned(meetings.MOVES) == {"cancel"}
    assert reasoned(decisions.MOVES) == {"drop"}
    assert reasoned(courses.MOVES) == {"cancel", "send_back"}
    assert reasoned(one_to_one.MOVES) == {"cancel", "decline"}


@pytest.fixture
def seated(home_cluster, cast):
    """A body, and the cast with its chair, secretary and a member who promised something."""
    body = body_factories.body(home_cluster)
    roles = {"pj": "chair", "secretary": "secretary", "mate": "member"}
    people = {name: factories.user() for name in roles}
    for name, role in roles.items():
        body_factories.seat(body, people[name], role)
    return body, {**cast, **people}


@pytest.mark.parametrize("stage", meetings.Stage)
def test_meeting_moves_by_its_table(stage, seated):
    body, everybody = seated
    meeting = body_factories.meeting(body, everybody["pj"], stage=stage, approved_at=timezone.now())

    assert steps(meetings.MOVES, meeting, everybody) == wanted(MEETING, stage)


@pytest.mark.parametrize("stage", decisions.Stage)
def test_decision_moves_by_its_table(stage, seated):
    body, everybody = seated
    meeting = body_factories.meeting(body, everybody["pj"], stage="running")
    item = meeting.items.get(kind="opening")
    decision = body_factories.decision(item, everybody["pj"], owner=everybody["mate"])
    decision.stage = stage
    decision.save()

    assert steps(decisions.MOVES, decision, everybody) == wanted(DECISION, stage)


@pytest.mark.parametrize("stage", statements.Stage)
def test_statement_moves_by_its_table(stage, seated):
    body, everybody = seated
    statement = Statement.objects.create(
        body=body, title="Kanta", text="Teksti", stage=stage, published_at=timezone.now()
    )

    assert steps(statements.MOVES, statement, everybody) == wanted(STATEMENT, stage)


@pytest.mark.parametrize("stage", ideas.Stage)
def test_idea_moves_by_its_table(stage, cast, home_cluster):
    author = factories.user()
    row = Idea.objects.create(
        home_cluster=home_cluster, title="Idea", author=author, stage=stage, reason="Syy"
    )

    assert steps(ideas.MOVES, row, {**cast, "author": author}) == wanted(IDEA, stage)


@pytest.mark.parametrize("stage", courses.Stage)
def test_course_moves_by_its_table(stage, cast, home_cluster, company):
    course = Course.objects.create(
        home_cluster=home_cluster, organisation=company, title_fi="Koulutus", slug="koulutus",
        stage=stage,
    )  # fmt: skip

    assert steps(courses.MOVES, course, cast) == wanted(COURSE, stage)


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("stage", one_to_one.Stage)
def test_meeting_of_two_moves_by_its_table(stage, is_over, cast):
    starts = timezone.now() + datetime.timedelta(days=-1 if is_over else 1)
    people = {"asker": factories.user(), "asked": factories.user()}
    meeting = OneToOne.objects.create(
        **people, topic="Varavoima", stage=stage, answer_by=starts, starts_at=starts,
        ends_at=starts + datetime.timedelta(minutes=30), outcome="none" if stage == "told" else "",
    )  # fmt: skip

    table = OVER if is_over else AHEAD
    assert steps(one_to_one.MOVES, meeting, {**cast, **people}) == wanted(table, stage)
