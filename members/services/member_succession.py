"""Who is whose contact when all rows of a member list have been read.

A row may call the contact person something else; then whoever another row calls one follows. Where
no row names a successor, the contact stays: no file leaves an organisation without one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core.imports import Outcome
from members.models.affiliations import Role
from members.models.named_people import REFUSED
from members.services import row_people
from members.services.member_people import has_contact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.services.member_groups import Group, Turn
    from members.services.member_people import Found

OF_ROLE = {"role", "contact"}


def settle(group: Group, found: Mapping[int, Found]) -> list[Found]:
    """What is otherwise than the rows alone said; `found` is by the identity of its person."""
    if group.has_account or has_contact(group.people):
        return []
    fit = [turn for turn in group.waiting if turn.person.stage not in REFUSED]
    for act, turns in ((_follow, fit), (_stay, group.leaving)):
        for turn in turns:
            if id(turn.person) in found:
                return [act(group, turn, found[id(turn.person)])]
    return []


def _follow(group: Group, turn: Turn, found: Found) -> Found:
    before = group.leaving[0].person
    turn.person.role = Role.CONTACT
    if turn.remarked in turn.cells.remarks:
        turn.cells.remarks.remove(turn.remarked)
    words = {"person": turn.person.name, "before": before.name}
    turn.cells.remark(
        row_people.role_column(turn.cells),
        _("%(person)s becomes the contact person after %(before)s.") % words,
    )
    if found.outcome == Outcome.CREATED:
        return found
    return replace(
        found, outcome=Outcome.CHANGED, changes=tuple(dict.fromkeys([*found.changes, "role"]))
    )


def _stay(group: Group, turn: Turn, found: Found) -> Found:
    """What the cell says stays news, so that a file that names the successor is understood."""
    turn.person.role = Role.CONTACT
    words = {"person": turn.person.name, "organisation": group.organisation.name}
    turn.cells.remark(
        row_people.role_column(turn.cells),
        _(
            "%(person)s stays the contact person of %(organisation)s: no row names a successor. "
            "Mark one in the file."
        )
        % words,
    )
    changes = tuple(name for name in found.changes if name != "role")
    cells = {name: text for name, text in found.cells.items() if name not in OF_ROLE}
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return replace(found, outcome=outcome, changes=changes, cells=cells)
