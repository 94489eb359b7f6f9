"""Asking for an amendment, and its decision, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from projects.models.amendments import MOVES
from projects.pages.idea_form import of_idea

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Amendment, Project


def ask_values(project: Project) -> dict[str, Any]:
    heading = _("Apply for an amendment")
    return {
        "project": project, "heading": heading, "back": project.get_absolute_url(),
        "lead": _(
            "The application itself goes to the funder. Write down here what changes and why."
        ),
        "trail": of_idea(project, heading), "current": "projects",
    }  # fmt: skip


def decide_values(row: Amendment, user: Reader) -> dict[str, Any]:
    return {
        "project": row.project, "row": row, "heading": row.what,
        "back": row.project.get_absolute_url(), "moves": MOVES.open_to(row, user),
        "trail": of_idea(row.project, _("Amendment")), "current": "projects",
    }  # fmt: skip
