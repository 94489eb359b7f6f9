"""A workflow is a table: the same rows refuse a step and draw the buttons.

MOVES = Workflow(
    submit=Move(frozenset({Stage.DRAFT}), Stage.SUBMITTED, may=is_applicant, label=_("Send")),
)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from cluster_portal.core.visibility import Reader


class Stages(models.TextChoices):
    """Choices whose members carry their look, too: `OPEN = "open", "waiting", _("Open")`."""

    look: str

    def __new__(cls, value: str, look: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_, member.look = value, look
        return member


@dataclass(frozen=True)
class Move:
    """One legal step: from any of `sources` to `target`, by whoever `may(obj, user)` accepts.

    `needs_reason` steps take a text that is recorded and told; `style` is the button's look.
    With `day` the admin asks for a day of that name, which may stay empty.
    """

    sources: frozenset[str]
    target: str
    may: Callable[[Any, Any], bool]
    label: str | _StrPromise = ""
    style: str = "secondary"
    needs_reason: bool = False
    day: str | _StrPromise = ""


class Workflow:
    def __init__(self, field: str = "stage", **moves: Move) -> None:
        self.field = field
        self.moves = moves

    def without(self, *actions: str) -> Workflow:
        """The same table less the steps that need a form of their own."""
        moves = {name: move for name, move in self.moves.items() if name not in actions}
        return Workflow(self.field, **moves)

    def may(self, action: str, obj: Model, user: Reader) -> bool:
        move = self.moves.get(action)
        return bool(move and getattr(obj, self.field) in move.sources and move.may(obj, user))

    def step(self, action: str, obj: Model, user: Reader) -> Move:
        """The move, or `Refused`. Call it on a locked, fresh row."""
        move = self.moves.get(action)
        if move is None or not move.may(obj, user):
            raise Refused(_("You cannot do this."))
        if getattr(obj, self.field) not in move.sources:
            stage = getattr(obj, f"get_{self.field}_display")()
            raise Refused(
                _("This can no longer be done: the state is now “%(stage)s”.") % {"stage": stage}
            )
        return move

    def open_to(self, obj: Model, user: Reader) -> list[tuple[str, Move]]:
        """The steps that this user can take now, in the table's order."""
        return [(name, move) for name, move in self.moves.items() if self.may(name, obj, user)]
