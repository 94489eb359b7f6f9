"""Goals × organisations: who owns, implements, supports or follows which goal, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.models import Organisation
from projects.models import GoalPart
from projects.models.ownership import MOVES, Part, Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Programme
    from projects.pages.programmes import GoalBlock


@dataclass(frozen=True)
class Row:
    """A goal with those who have a part in it; `cells` are in the order of `Part`."""

    goal: Any
    cells: list[list[str]]
    has_owner: bool


def matrix(programme: Programme, blocks: list[GoalBlock], user: Reader) -> dict[str, Any]:
    """The table, the goals that nobody owns, and the commitments; names that the reader may see."""
    seen = Organisation.objects.visible_to(user).values("pk")
    parts = list(
        GoalPart.objects.visible_to(user)
        .filter(goal__programme=programme, organisation__in=seen)
        .select_related("organisation", "goal")
    )
    rows = [_row(block.goal, [each for each in parts if each.goal_id == block.goal.pk])
            for block in blocks]  # fmt: skip
    return {
        "head": [label for _value, label in Part.choices],
        "rows": rows,
        "gaps": [row.goal for row in rows if not row.has_owner],
        "committed": [_commitment(part) for part in parts if part.stage == Stage.ACCEPTED],
        "waiting": sum(part.stage == Stage.ASKED for part in parts),
        "is_there": bool(parts),
    }


def _row(goal: Any, parts: list[GoalPart]) -> Row:
    cells = [[_words(part) for part in parts if part.part == kind] for kind in Part.values]
    accepted = {part.part for part in parts if part.stage == Stage.ACCEPTED}
    named = [part.organisation_id for part in parts if part.part == Part.OWNER]
    if goal.owner and goal.owner_id not in named and getattr(goal, "owner_seen", False):
        cells[0].insert(0, goal.owner.title)
    return Row(goal, cells, bool(goal.owner_id) or Part.OWNER in accepted)


def _words(part: GoalPart) -> str:
    name = part.organisation.short_name or part.organisation.title
    if part.stage == Stage.ASKED:
        return _("%(name)s (waits)") % {"name": name}
    if part.stage == Stage.DECLINED:
        return _("%(name)s (declined)") % {"name": name}
    return name


def _commitment(part: GoalPart) -> dict[str, Any]:
    return {
        "organisation": part.organisation.title,
        "goal": str(part.goal.number),
        "part": part.get_part_display(),
        "day": date_format(part.answered_on) if part.answered_on else "",
    }


def values(part: GoalPart, user: Reader) -> dict[str, Any]:
    """What an organisation is asked for: its own page, which needs no right to the whole draft."""
    goal = part.goal
    return {
        "part": part,
        "goal": goal,
        "programme": goal.programme,
        "look": Stage(part.stage).look,
        "moves": MOVES.open_to(part, user),
        "trail": [
            {"name": _("Action programme"), "url": goal.programme.get_absolute_url()},
            {"name": str(goal)},
        ],
    }
