"""What a region leads nationally: goals of the action programme whose lead region it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projects.models import Goal, Programme

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term


def values(region: Term, user: Reader) -> dict[str, Any] | None:
    """Of the programmes in force that the reader sees."""
    programmes = Programme.objects.visible_to(user).approved().order_by()
    goals = Goal.objects.filter(lead_region=region, programme__in=programmes.values("pk"))
    rows = [
        {
            "title": str(goal),
            "url": f"{goal.programme.get_absolute_url()}#goal-{goal.number}",
        }
        for goal in goals.select_related("programme__home_cluster").order_by("programme", "number")
    ]
    return {"goals": rows} if rows else None
