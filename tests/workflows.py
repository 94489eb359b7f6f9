"""How the table of a workflow is written in a test, and read off the workflow itself.

A table says of each action who may take it, and from which stage it leads where:
`{"submit": ("lead office", {"draft": "in_review"})}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.workflow import Workflow

Table = dict[str, tuple[str, dict[str, str]]]
Steps = dict[tuple[str, str], str]


def wanted(table: Table, stage: str) -> Steps:
    """Where each person's actions lead from this stage; what is not in it is refused."""
    return {
        (action, person): targets[stage]
        for action, (people, targets) in table.items()
        if stage in targets
        for person in people.split()
    }


def steps(workflow: Workflow, obj: Model, cast: Mapping[str, Reader]) -> Steps:
    """Every action tried by everybody; the buttons must say the same."""
    found: Steps = {}
    for name, person in cast.items():
        for action in workflow.moves:
            try:
                found[action, name] = str(workflow.step(action, obj, person).target)
            except Refused:
                continue
        drawn = {action for action, _move in workflow.open_to(obj, person)}
        assert drawn == {action for action, who in found if who == name}
    return found


def reasoned(workflow: Workflow) -> set[str]:
    """The actions that ask for a reason."""
    return {action for action, move in workflow.moves.items() if move.needs_reason}
