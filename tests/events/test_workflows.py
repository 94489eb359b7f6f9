"""Who moves events and registrations from which stage to which."""

import pytest

from events.models import events, registrations
from tests import factories
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
ENDS = dict.fromkeys(("requested", "applied", "confirmed", "waiting"), "cancelled")
ATTENDANCE = {
    "mark_attended": (ORGANISERS, {"confirmed": "attended", "absent": "attended"}),
    "mark_absent": (ORGANISERS, {"confirmed": "absent", "attended": "absent"}),
}
ORGANISING = {
    "remove": (ORGANISERS, ENDS),
    "approve": (ORGANISERS, {"applied": "confirmed"}),
    "turn_down": (ORGANISERS, {"applied": "refused"}),
    "give_place": (ORGANISERS, {"waiting": "confirmed"}),
    **ATTENDANCE,
}
OF_AN_ACCOUNT = {"cancel": (f"participant {ORGANISERS}", ENDS), **ORGANISING}
OF_A_GUEST = {"cancel": (ORGANISERS, ENDS), **ORGANISING}


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
