"""Who moves rounds and answers from which stage to which."""

import pytest
from django.utils import timezone

from cluster_portal.surveys.models import responses, rounds
from tests.surveys import factories as make
from tests.workflows import reasoned, steps, wanted

COORDINATORS = "office admin"
ROUND = {
    "open": (COORDINATORS, {"draft": "open"}),
    "close": (COORDINATORS, {"open": "closed"}),
    "reopen": (COORDINATORS, {"closed": "open"}),
    "publish": (COORDINATORS, {"closed": "published"}),
}
UNANSWERED = ("invited", "agreed", "held")
RESPONSE = {
    "agree": (f"lead {COORDINATORS}", {"invited": "agreed", "agreed": "agreed"}),
    "hold": (COORDINATORS, {"invited": "held", "agreed": "held"}),
    "send": (COORDINATORS, dict.fromkeys(UNANSWERED, "answered")),
    "answer": ("lead", dict.fromkeys(UNANSWERED, "checked")),
    "check": ("lead", {"answered": "checked"}),
    "decline": ("lead", dict.fromkeys(UNANSWERED, "declined")),
    "rejoin": ("lead", {"declined": "invited"}),
}


@pytest.mark.parametrize("stage", rounds.Stage)
def test_round_moves_by_its_table(stage, cast, home_cluster):
    made = make.survey_round(home_cluster, stage=stage)

    assert steps(rounds.MOVES, made, cast) == wanted(ROUND, stage)


@pytest.mark.parametrize("stage", responses.Stage)
def test_response_moves_by_its_table(stage, cast, home_cluster, company):
    made = make.response(
        make.survey_round(home_cluster, mode="interviews"), organisation=company, stage=stage,
        agreed_on=timezone.localdate(),
    )  # fmt: skip

    assert steps(responses.MOVES, made, cast) == wanted(RESPONSE, stage)


def test_opening_a_round_again_needs_a_reason():
    assert reasoned(rounds.MOVES) == {"reopen"}


@pytest.mark.parametrize("mode", ["organisations", "persons", "open"])
def test_coordinator_writes_nobody_elses_answers(mode, cast, home_cluster, company):
    made = make.response(make.survey_round(home_cluster, mode=mode), organisation=company)

    assert responses.MOVES.open_to(made, cast["office"]) == []
    assert not responses.Response.objects.editable_by(cast["office"]).contains(made)
