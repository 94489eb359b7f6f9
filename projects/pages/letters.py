"""To the people of which project a coordinator can write a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.letter_audiences import LetterAudience, Narrowing
from projects.models import Project
from projects.services import letter_receivers as receivers

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MOST = 200


def _projects(user: Reader) -> list[tuple[str, Any]]:
    rows = Project.objects.in_scope_of(user).defer("search").order_by("-updated_at", "-pk")
    return [
        (str(project.pk), f"{project.title} ({project.get_stage_display()})")
        for project in rows[:MOST]
    ]


AUDIENCES = (
    LetterAudience(
        "project", _("People of a project"), receivers.people,
        _("You get this letter because you belong to a project of %(cluster)s."),
        narrowings=(Narrowing("project", _("Project"), _projects),),
        of_one="project", order=40,
    ),
)  # fmt: skip
