"""Every act that the code records is called something in the auditor's language."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from cluster_portal.core.audit import names as act_names
from cluster_portal.core.workflow import Workflow
from cluster_portal.knowledge.models.articles import MOVES as ARTICLE_MOVES
from cluster_portal.knowledge.models.reviews import MOVES as REVIEW_MOVES
from cluster_portal.knowledge.models.signals import MOVES as SIGNAL_MOVES
from events.models.courses import MOVES as COURSE_MOVES
from events.models.decisions import MOVES as DECISION_MOVES
from events.models.ideas import MOVES as IDEA_MOVES
from events.models.meetings import MOVES as MEETING_MOVES
from events.models.registrations import Stage as RegistrationStage
from events.models.statements import MOVES as STATEMENT_MOVES
from members.models.affiliations import Stage as AffiliationStage
from members.views.account_acts import ACTS as ACCOUNT_ACTS
from projects.models.amendments import MOVES as AMENDMENT_MOVES
from projects.models.applications import MOVES as FUNDING_MOVES
from projects.models.ownership import MOVES as PART_MOVES
from projects.models.partnerships import MOVES as PARTNER_MOVES
from projects.models.pilots import MOVES as PILOT_MOVES
from projects.models.proposals import MOVES as PROPOSAL_MOVES
from projects.models.testbeds import MOVES as TESTBED_MOVES
from projects.services.parts import KINDS as PART_KINDS
from theses.models.choices import Stage as TopicStage
from theses.models.supervision import Stage as RequestStage
from theses.models.works import Light

ROOT = Path(settings.BASE_DIR)
RECORDERS = {"record", "record_many", "record_reads"}
APPS = ("cluster_portal", "members", "projects", "theses", "events")


def moves():
    """The actions of every workflow that is recorded by them; members' acts have own names."""
    tables = {
        id(each): each
        for name, module in list(sys.modules.items())
        if name.split(".")[0] in {"projects", "theses"}
        for each in vars(module).values()
        if isinstance(each, Workflow)
    }
    return {action for table in tables.values() for action in table.moves}


# What an expression that is no literal can be.
EXPRESSIONS = {
    "action": lambda: moves() | set(ACCOUNT_ACTS),
    "stage": lambda: set(RegistrationStage.values),
    "str(stage)": lambda: {*TopicStage.values, *RequestStage.values},
    "f'affiliation {stage}'": lambda: {f"affiliation {each}" for each in AffiliationStage},
    "f'affiliation {locked.stage}'": lambda: {f"affiliation {each}" for each in AffiliationStage},
    "f'partner {action}'": lambda: {f"partner {each}" for each in PARTNER_MOVES.moves},
    "f'funding {action}'": lambda: {f"funding {each}" for each in FUNDING_MOVES.moves},
    "f'pilot {action}'": lambda: {f"pilot {each}" for each in PILOT_MOVES.moves},
    "f'testbed {action}'": lambda: {f"testbed {each}" for each in TESTBED_MOVES.moves},
    "f'part {action}'": lambda: {f"part {each}" for each in PART_MOVES.moves},
    "f'article {action}'": lambda: {f"article {each}" for each in ARTICLE_MOVES.moves},
    "f'signal {action}'": lambda: {f"signal {each}" for each in SIGNAL_MOVES.moves},
    "f'review {action}'": lambda: {f"review {each}" for each in REVIEW_MOVES.moves},
    "f'proposal {action}'": lambda: {f"proposal {each}" for each in PROPOSAL_MOVES.moves},
    "f'amendment {action}'": lambda: {f"amendment {each}" for each in AMENDMENT_MOVES.moves},
    "f'idea {action}'": lambda: {f"idea {each}" for each in IDEA_MOVES.moves},
    "kind.saved": lambda: {kind.saved for kind in PART_KINDS.values()},
    "kind.removed": lambda: {kind.removed for kind in PART_KINDS.values()},
    "f'meeting {action}'": lambda: {f"meeting {each}" for each in MEETING_MOVES.moves},
    "f'decision {told.action}'": lambda: {f"decision {each}" for each in DECISION_MOVES.moves},
    "f'statement {action}'": lambda: {f"statement {each}" for each in STATEMENT_MOVES.moves},
    "f'course {action}'": lambda: {f"course {each}" for each in COURSE_MOVES.moves},
    "f'meeting of two {action}'": lambda: {
        f"meeting of two {each}" for each in ("decline", "withdraw", "cancel")
    },
    "Stage.OFFERED": lambda: {"offered"},
    "Stage.CONFIRMED": lambda: {"confirmed"},
    "f'light {light}'": lambda: {f"light {each}" for each in Light},
}


def values(node, module):
    """The texts that the expression can have."""
    node = node.value if isinstance(node, ast.Subscript) else node
    parts = []
    if isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, ast.Dict):
        parts = node.values
    elif isinstance(node, ast.Name):
        parts = assigned(node.id, module)
    if isinstance(node, ast.Constant):
        return {node.value}
    if parts:
        return set().union(*(values(part, module) for part in parts))
    return EXPRESSIONS[ast.unparse(node)]()


def assigned(name, module):
    """What is given to the name anywhere in the module, where it is written out."""
    plain = ast.Constant | ast.IfExp | ast.Dict
    return [
        each.value
        for each in ast.walk(module)
        if isinstance(each, ast.Assign)
        and ast.unparse(each.targets[0]) == name
        and isinstance(each.value, plain)
    ]


def recorded():
    found = {}
    for path in sorted(each for app in APPS for each in (ROOT / app).rglob("*.py")):
        module = ast.parse(path.read_text())
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                is_audit = ast.unparse(call.func.value) == "audit"
                if is_audit and call.func.attr in RECORDERS:
                    for action in values(call.args[1], module):
                        found.setdefault(action, path.name)
    return found


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_recorded_act_has_a_name(language):
    names = act_names.SENSITIVE | act_names.OTHER
    found = recorded()

    assert len(found) > 100
    with override("en"):
        english = {action: str(name) for action, name in names.items()}
    with override(language):
        assert {a: path for a, path in found.items() if a not in names} == {}
        assert [a for a, name in names.items() if str(name) == english[a]] == []
