"""What has become of a project: its stages, side exits and amendments, with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from projects.models import Amendment, Project
from projects.models.amendments import MOVES, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.models.projects import STOPPED
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MOST = 40


def stages(project: Project, *, is_inside: bool) -> list[dict[str, Any]]:
    """The stages with their days, the newest first; reasons for those inside."""
    acts = audit.of(project).filter(action__in=list(PROJECT_MOVES.moves))[:MOST]
    rows = [
        {
            "when_text": date_format(timezone.localdate(act.at)),
            "what": _stage(act.details),
            "text": act.reason if is_inside else "",
            "state": "late" if act.details.get("stage") in STOPPED else "done",
        }
        for act in acts
        if _stage(act.details)
    ]
    if rows and rows[0]["state"] == "done":
        rows[0]["state"] = "current"
    return rows


def _stage(details: dict[str, Any]) -> str:
    code = details.get("stage", "")
    return str(ProjectStage(code).label) if code in ProjectStage.values else ""


def amendments(project: Project, user: Reader) -> list[dict[str, Any]]:
    rows = Amendment.objects.filter(project=project).order_by("-asked_on", "-pk")
    for row in rows:
        row.project = project
    return [
        {
            "what": row.what,
            "why": row.why,
            "asked": date_format(row.asked_on),
            "decided": date_format(row.decided_on) if row.decided_on else "",
            "state": Stage(row.stage).look,
            "state_text": row.get_stage_display(),
            "decide_url": reverse(
                "projects:amendment_decide", args=[project.slug, row.public_id]
            ) if MOVES.open_to(row, user) else "",
        }
        for row in rows
    ]  # fmt: skip


def closing(project: Project, lacking: list[str]) -> list[dict[str, Any]]:
    """Before the project ends: what must be told, and where."""
    package = reverse("projects:package_edit", args=[project.slug])
    tell = f"{reverse('projects:result_propose')}?project={project.slug}"
    return [
        {
            "name": _("A published result, or a reason why there is none"),
            "is_told": "result" not in lacking, "url": tell, "link": _("Tell a result"),
            "other_url": package, "other": _("There is none"),
        },
        {
            "name": _("What was learned"), "is_told": "learnings" not in lacking,
            "url": package, "link": _("Write it down"),
        },
    ]  # fmt: skip
