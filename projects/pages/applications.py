"""Applications for funding as lines on the page of their project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from projects.models import Application
from projects.models.applications import Stage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Project


def applications(project: Project, user: Reader) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title,
            "url": reverse("projects:application", args=[project.slug, row.public_id]),
            "text": row.funder,
            "state": Stage(row.stage).look,
            "state_text": row.get_stage_display(),
        }
        for row in Application.objects.visible_to(user).filter(project=project)
    ]
