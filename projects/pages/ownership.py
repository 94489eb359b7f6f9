"""Goals × organisations: who owns, implements, supports or follows which goal, and the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.database.columns import listed
from cluster_portal.core.visibility import audience
from members.models import Organisation
from members.pages.owner_names import name_in_language
from projects.models import GoalPart
from projects.models.ownership import MOVES, Part, Stage
from projects.models.programmes import Stage as VersionStage

if TYPE_CHECKING:
    from django.contrib.postgres.expressions import ArraySubquery

    from cluster_portal.core.visibility import Reader
    from projects.pages.programmes import GoalBlock


@dataclass(frozen=True)
class Row:
    """A goal with those who have a part in it; `cells` are in the order of `Part`."""

    goal: Any
    cells: list[list[dict[str, str]]]
    has_owner: bool


def parts_of(user: Reader) -> ArraySubquery:
    """What hangs on each goal of a query: the parts of organisations that the reader sees.

    Who answered is told to the coordinators and to the organisation's own people. `key` leads the
    coordinators and who answers to the page of the part.
    """
    seen = Organisation.objects.visible_to(user).values("pk")
    known = audience(user)
    ours = Q(goal__programme__home_cluster__in=known.coordinates)
    ours |= Q(organisation__in=known.organisations)
    answered = Q(goal__programme__home_cluster__in=known.coordinates)
    answered |= Q(organisation__in=known.edits)
    if known.is_admin:
        ours = answered = Q(pk__isnull=False)
    rows = GoalPart.objects.filter(goal=OuterRef("pk"), organisation__in=seen)
    return listed(
        rows.order_by("organisation__name"), name=name_in_language("organisation__name"),
        short="organisation__short_name", organisation="organisation", part="part",
        stage="stage", day="answered_on", key=Case(When(answered, then="public_id")),
        person=Case(When(ours, then="person"), default=Value("")),
    )  # fmt: skip


def matrix(blocks: list[GoalBlock]) -> dict[str, Any]:
    """The table, the goals that nobody owns, and the commitments."""
    goals: list[Any] = [block.goal for block in blocks]
    rows = [_row(goal) for goal in goals]
    parts = [(goal, part) for goal in goals for part in goal.seen_parts]
    return {
        "head": [label for _value, label in Part.choices],
        "rows": rows,
        "gaps": [row.goal for row in rows if not row.has_owner],
        "committed": [
            _commitment(goal, part) for goal, part in parts if part["stage"] == Stage.ACCEPTED
        ],
        "national": [row.goal for row in rows if row.goal.lead_region],
        "is_there": bool(parts),
    }


def _row(goal: Any) -> Row:
    parts = goal.seen_parts
    cells = [[_cell(part) for part in parts if part["part"] == kind] for kind in Part.values]
    accepted = {part["part"] for part in parts if part["stage"] == Stage.ACCEPTED}
    named = [part["organisation"] for part in parts if part["part"] == Part.OWNER]
    if goal.owner and goal.owner_id not in named and getattr(goal, "owner_seen", False):
        cells[0].insert(0, {"words": goal.owner.title, "url": ""})
    return Row(goal, cells, bool(goal.owner_id) or Part.OWNER in accepted)


def _cell(part: dict[str, Any]) -> dict[str, str]:
    url = reverse("projects:goal_part", args=[part["key"]]) if part["key"] else ""
    return {"words": _words(part), "url": url}


def _words(part: dict[str, Any]) -> str:
    name = part["short"] or part["name"]
    if part["stage"] == Stage.ASKED:
        return _("%(name)s (waits)") % {"name": name}
    if part["stage"] == Stage.DECLINED:
        return _("%(name)s (declined)") % {"name": name}
    return str(name)


def _commitment(goal: Any, part: dict[str, Any]) -> dict[str, Any]:
    return {
        "organisation": part["name"],
        "goal": str(goal),
        "part": Part(part["part"]).label,
        "day": date_format(date.fromisoformat(part["day"])) if part["day"] else "",
        "person": part["person"],
    }


def in_force(part: GoalPart) -> GoalPart:
    """The same organisation's part in the version that has replaced this one, or itself."""
    found = part
    while after := _after(found).exclude(goal__programme__stage=VersionStage.DRAFT).first():
        found = after
    return found


def _after(part: GoalPart) -> Any:
    return GoalPart.objects.filter(goal__continues=part.goal_id, organisation=part.organisation_id)


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
