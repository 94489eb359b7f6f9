from dataclasses import dataclass

import pytest

from cluster_portal.core.errors import Refused
from cluster_portal.core.workflow import Move, Workflow


@dataclass
class Thing:
    stage: str = "draft"
    owner: str = "anna"

    def get_stage_display(self) -> str:
        return self.stage


def owns(thing, user):
    return thing.owner == user


MOVES = Workflow(
    publish=Move(frozenset({"draft"}), "open", may=owns, style="primary"),
    close=Move(frozenset({"draft", "open"}), "closed", may=owns, needs_reason=True),
    reopen=Move(frozenset({"closed"}), "open", may=lambda thing, user: False),
)


@pytest.mark.parametrize(
    ("stage", "user", "expected"),
    [
        ("draft", "anna", ["publish", "close"]),
        ("open", "anna", ["close"]),
        ("closed", "anna", []),
        ("draft", "bert", []),
    ],
)
def test_buttons_are_the_legal_moves(stage, user, expected):
    assert [name for name, _move in MOVES.open_to(Thing(stage), user)] == expected


@pytest.mark.parametrize(
    ("action", "stage", "user"),
    [("publish", "open", "anna"), ("publish", "draft", "bert"), ("fly", "draft", "anna"),
     ("reopen", "closed", "anna")],
)  # fmt: skip
def test_illegal_step_is_refused(action, stage, user):
    with pytest.raises(Refused):
        MOVES.step(action, Thing(stage), user)


def test_legal_step_names_its_target():
    assert MOVES.step("publish", Thing(), "anna").target == "open"


def test_refusal_names_the_state_only_to_who_may_act():
    with pytest.raises(Refused) as refused:
        MOVES.step("publish", Thing("open"), "bert")

    assert "open" not in refused.value.message


@pytest.mark.parametrize("user", ["anna", "bert"])
@pytest.mark.parametrize("stage", ["draft", "open", "closed"])
def test_what_is_drawn_is_what_is_allowed(stage, user):
    thing = Thing(stage)
    drawn = {name for name, _move in MOVES.open_to(thing, user)}

    assert drawn == {name for name in MOVES.moves if MOVES.may(name, thing, user)}
