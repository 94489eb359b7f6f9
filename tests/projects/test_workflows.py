"""Who moves projects, challenges and programmes from which stage to which."""

import datetime

import pytest
from django.utils import timezone

from projects.models import (
    Amendment,
    Application,
    GoalPart,
    Partnership,
    Proposal,
    amendments,
    applications,
    challenges,
    ownership,
    partnerships,
    pilots,
    programmes,
    projects,
    proposals,
    recommendations,
    results,
    testbeds,
)
from tests import factories
from tests.projects import factories as make
from tests.workflows import reasoned, steps, wanted

EDITORS = "lead office admin"
COORDINATORS = "office admin"
PROJECT = {
    "prepare": (EDITORS, {"idea": "preparing"}),
    "apply": (EDITORS, {"preparing": "applied"}),
    "ask_completion": (EDITORS, {"applied": "completion"}),
    "complete": (EDITORS, {"completion": "applied"}),
    "grant": (
        EDITORS,
        {"applied": "granted", "completion": "granted", "rejected": "granted"},
    ),
    "start": (EDITORS, {"granted": "running"}),
    "amend": (EDITORS, {"running": "amendment"}),
    "amended": (EDITORS, {"amendment": "running"}),
    "wind_up": (EDITORS, {"running": "closing"}),
    "report": (EDITORS, {"closing": "reported"}),
    "end": (EDITORS, {"closing": "ended", "reported": "ended"}),
    "follow": (EDITORS, {"ended": "follow_up"}),
    "retry": (
        EDITORS,
        {"rejected": "preparing", "withdrawn": "preparing", "not_applied": "preparing"},
    ),
    "reject": (EDITORS, {"applied": "rejected", "completion": "rejected"}),
    "withdraw": (EDITORS, {"applied": "withdrawn", "completion": "withdrawn"}),
    "drop": (EDITORS, {"idea": "not_applied", "preparing": "not_applied"}),
    "discontinue": (
        EDITORS,
        {
            "granted": "discontinued",
            "running": "discontinued",
            "amendment": "discontinued",
            "closing": "discontinued",
        },
    ),
}
CHALLENGE = {
    "submit": (EDITORS, {"draft": "in_review"}),
    "publish": (COORDINATORS, {"draft": "open", "in_review": "open"}),
    "send_back": (COORDINATORS, {"in_review": "draft"}),
    "close": (EDITORS, {"open": "closed"}),
    "reopen": (COORDINATORS, {"closed": "open"}),
    "solve": (EDITORS, {"closed": "solved"}),
    "give_up": (EDITORS, {"closed": "unmatched"}),
    "withdraw": (
        EDITORS,
        {"draft": "withdrawn", "in_review": "withdrawn", "open": "withdrawn"},
    ),
}
PAST_ITS_LAST_DAY = {a: row for a, row in CHALLENGE.items() if a not in {"publish", "reopen"}}
OWN = "lead"
POSTER = "poster office admin"
PROPOSAL = {
    "send": (OWN, {"draft": "sent"}),
    "resume": (OWN, {"withdrawn": "draft"}),
    "withdraw": (OWN, {"draft": "withdrawn", "sent": "withdrawn"}),
}
PROPOSAL_OVER = {
    "withdraw": PROPOSAL["withdraw"],
    "choose": (POSTER, {"sent": "chosen"}),
    "decline": (POSTER, {"sent": "declined"}),
}
AMENDMENT = {
    "grant": (EDITORS, {"asked": "granted"}),
    "reject": (EDITORS, {"asked": "rejected"}),
    "withdraw": (EDITORS, {"asked": "withdrawn"}),
}
APPLICATION = {
    "submit": (EDITORS, {"draft": "submitted"}),
    "ask_completion": (EDITORS, {"submitted": "completion"}),
    "complete": (EDITORS, {"completion": "submitted"}),
    "grant": (EDITORS, {"submitted": "granted"}),
    "reject": (EDITORS, {"submitted": "rejected"}),
    "withdraw": (
        EDITORS,
        {"draft": "withdrawn", "submitted": "withdrawn", "completion": "withdrawn"},
    ),
}
RESULT = {
    "submit": (EDITORS, {"draft": "in_review"}),
    "publish": (COORDINATORS, {"draft": "published", "in_review": "published"}),
    "send_back": (COORDINATORS, {"in_review": "draft"}),
    "withdraw": (
        EDITORS,
        {"draft": "withdrawn", "in_review": "withdrawn", "published": "withdrawn"},
    ),
}
USE = {
    "confirm_use": (EDITORS, {"told": "confirmed"}),
    "refuse_use": (EDITORS, {"told": "refused"}),
}
GOAL_PART = {
    "accept": (OWN, {"asked": "accepted", "declined": "accepted"}),
    "decline": (OWN, {"asked": "declined", "accepted": "declined"}),
}
PROGRAMME = {
    "approve": (COORDINATORS, {"draft": "approved"}),
    "new_version": (COORDINATORS, {"approved": "approved"}),
}
PILOT = {
    "publish": (EDITORS, {"draft": "planned"}),
    "start": (EDITORS, {"planned": "running"}),
    "finish": (EDITORS, {"running": "closing"}),
    "close": (EDITORS, {"running": "closed", "closing": "closed"}),
    "stop": (
        EDITORS,
        {"draft": "stopped", "planned": "stopped", "running": "stopped", "closing": "stopped"},
    ),
}
TESTBED = {
    "publish": (EDITORS, {"draft": "open", "withdrawn": "open"}),
    "pause": (EDITORS, {"open": "paused"}),
    "resume": (EDITORS, {"paused": "open"}),
    "withdraw": (EDITORS, {"draft": "withdrawn", "open": "withdrawn", "paused": "withdrawn"}),
}


PARTNERSHIP = {
    "accept": ("partner", {"invited": "accepted"}),
    "decline": ("partner", {"invited": "declined"}),
    "welcome": (EDITORS, {"interested": "accepted"}),
    "turn_down": (EDITORS, {"interested": "declined"}),
}


@pytest.mark.parametrize("stage", partnerships.Stage)
def test_partnership_moves_by_its_table(stage, cast, home_cluster, company):
    invited = factories.organisation("Kutsuttu Oy")
    partner = factories.user()
    factories.affiliation(partner, invited, role="contact")
    row = Partnership.objects.create(
        project=make.idea(home_cluster, organisation=company), organisation=invited, stage=stage
    )

    found = steps(partnerships.MOVES, row, {**cast, "partner": partner})

    assert found == wanted(PARTNERSHIP, stage)


@pytest.mark.parametrize("stage", projects.Stage)
def test_project_moves_by_its_table(stage, cast, home_cluster, company):
    project = make.project(home_cluster, organisation=company, stage=stage)

    assert steps(projects.MOVES, project, cast) == wanted(PROJECT, stage)


@pytest.mark.parametrize("stage", challenges.Stage)
@pytest.mark.parametrize(("days", "table"), [(14, CHALLENGE), (-1, PAST_ITS_LAST_DAY)])
def test_challenge_moves_by_its_table(stage, days, table, cast, home_cluster, company):
    now = timezone.now()
    challenge = make.challenge(
        home_cluster,
        organisation=company,
        stage=stage,
        decided_at=now,
        closes_at=now + datetime.timedelta(days=days),
    )

    assert steps(challenges.MOVES, challenge, cast) == wanted(table, stage)


@pytest.mark.parametrize("stage", proposals.Stage)
@pytest.mark.parametrize(("asked", "table"), [("open", PROPOSAL), ("closed", PROPOSAL_OVER)])
def test_proposal_moves_by_its_table(stage, asked, table, cast, home_cluster, company):
    owner = factories.organisation("Kysyvä kunta", kind="municipality")
    poster = factories.user()
    factories.affiliation(poster, owner, role="contact")
    now = timezone.now()
    challenge = make.challenge(home_cluster, organisation=owner, stage=asked, visibility="members")
    proposal = Proposal.objects.create(
        challenge=challenge, organisation=company, title="Ehdotus", stage=stage, sent_at=now,
        decided_at=now, reason="Perustelu.",
    )  # fmt: skip

    assert steps(proposals.MOVES, proposal, {**cast, "poster": poster}) == wanted(table, stage)


@pytest.mark.parametrize("stage", ownership.Stage)
def test_part_in_a_goal_moves_by_its_table(stage, cast, home_cluster, company):
    goal = make.measure(make.programme(home_cluster)).goal
    part = GoalPart.objects.create(
        goal=goal, organisation=company, part="owner", stage=stage,
        answered_on=timezone.localdate(),
    )  # fmt: skip

    assert steps(ownership.MOVES, part, cast) == wanted(GOAL_PART, stage)


@pytest.mark.parametrize("stage", amendments.Stage)
def test_amendment_moves_by_its_table(stage, cast, home_cluster, company):
    today = timezone.localdate()
    amendment = Amendment.objects.create(
        project=make.project(home_cluster, organisation=company), what="Aikataulu", why="Myöhässä.",
        stage=stage, asked_on=today, decided_on=None if stage == "asked" else today,
    )  # fmt: skip

    assert steps(amendments.MOVES, amendment, cast) == wanted(AMENDMENT, stage)


@pytest.mark.parametrize("stage", applications.Stage)
def test_application_moves_by_its_table(stage, cast, home_cluster, company):
    today = timezone.localdate()
    application = Application.objects.create(
        project=make.project(home_cluster, organisation=company), title="Hakemus", stage=stage,
        submitted_on=today, decided_on=today,
    )  # fmt: skip

    assert steps(applications.MOVES, application, cast) == wanted(APPLICATION, stage)


@pytest.mark.parametrize("stage", results.Stage)
def test_result_moves_by_its_table(stage, cast, home_cluster, company):
    result = make.result(home_cluster, organisation=company, stage=stage)

    assert steps(results.MOVES, result, cast) == wanted(RESULT, stage)


@pytest.mark.parametrize("stage", recommendations.UseStage)
def test_use_of_a_result_is_answered_by_its_table(stage, cast, home_cluster, company):
    result = make.result(home_cluster, organisation=company)
    answered = None if stage == "told" else timezone.now()
    use = make.use(result, stage=stage, answered_at=answered)

    assert steps(recommendations.USE_MOVES, use, cast) == wanted(USE, stage)


@pytest.mark.parametrize("stage", programmes.Stage)
def test_programme_moves_by_its_table(stage, cast, home_cluster, company):
    programme = make.programme(
        home_cluster, organisation=company, stage=stage, approved_on=timezone.localdate()
    )

    assert steps(programmes.MOVES, programme, cast) == wanted(PROGRAMME, stage)


@pytest.mark.parametrize("stage", pilots.Stage)
def test_pilot_moves_by_its_table(stage, cast, home_cluster, company):
    town = factories.organisation(kind="municipality")
    closed = timezone.now() if stage in pilots.OVER else None
    pilot = make.pilot(home_cluster, company, town, stage=stage, closed_at=closed)

    assert steps(pilots.MOVES, pilot, cast) == wanted(PILOT, stage)


@pytest.mark.parametrize("stage", testbeds.Stage)
def test_test_environment_moves_by_its_table(stage, cast, home_cluster, company):
    testbed = make.testbed(home_cluster, company, stage=stage)

    assert steps(testbeds.MOVES, testbed, cast) == wanted(TESTBED, stage)


@pytest.mark.parametrize(
    ("workflow", "actions"),
    [
        (projects.MOVES, {"reject", "withdraw", "drop", "discontinue"}),
        (challenges.MOVES, {"send_back", "give_up", "withdraw"}),
        (proposals.MOVES, {"choose", "decline"}),
        (amendments.MOVES, set()),
        (applications.MOVES, set()),
        (results.MOVES, {"send_back", "withdraw"}),
        (recommendations.USE_MOVES, {"refuse_use"}),
        (programmes.MOVES, set()),
        (partnerships.MOVES, set()),
        (pilots.MOVES, {"stop"}),
        (testbeds.MOVES, set()),
    ],
    ids=[
        "project",
        "challenge",
        "proposal",
        "amendment",
        "application",
        "result",
        "use",
        "programme",
        "partnership",
        "pilot",
        "testbed",
    ],
)
def test_actions_that_need_a_reason(workflow, actions):
    assert reasoned(workflow) == actions
