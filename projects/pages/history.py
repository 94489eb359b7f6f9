"""What has become of a project: its stages, side exits and amendments, with their days."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.columns import listed
from projects.models import Amendment, Project
from projects.models.amendments import MOVES, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.models.projects import STOPPED
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

MOST = 40
AMENDMENT = ("pk", "public_id", "stage", "what", "why", "asked_on", "decided_on")


def columns() -> dict[str, Any]:
    """The stages and the amendments of a project, for its own statement."""
    acts = audit.acts_on(Project).filter(object_id=OuterRef("pk"))
    taken = acts.filter(action__in=list(PROJECT_MOVES.moves)).order_by("-at", "-pk")[:MOST]
    changes = Amendment.objects.filter(project=OuterRef("pk")).order_by("-asked_on", "-pk")
    return {
        "acts": listed(taken, at="at", reason="reason", details="details"),
        "amendment_rows": listed(changes, **{name: name for name in AMENDMENT}),
    }


def stages(project: Project, *, is_inside: bool) -> list[dict[str, Any]]:
    """The stages with their days, the newest first; reasons for those inside."""
    rows = [
        {
            "when_text": date_format(timezone.localdate(datetime.fromisoformat(act["at"]))),
            "what": _stage(act["details"]),
            "text": act["reason"] if is_inside else "",
            "state": "late" if act["details"].get("stage") in STOPPED else "done",
        }
        for act in project.acts  # type: ignore[attr-defined]
        if _stage(act["details"])
    ]
    if rows and rows[0]["state"] == "done":
        rows[0]["state"] = "current"
    return rows


def _stage(details: dict[str, Any]) -> str:
    code = details.get("stage", "")
    return str(ProjectStage(code).label) if code in ProjectStage.values else ""


def amendments(project: Project, user: Reader) -> list[dict[str, Any]]:
    rows = [_amendment(values, project) for values in project.amendment_rows]  # type: ignore[attr-defined]
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


def _amendment(values: dict[str, Any], project: Project) -> Amendment:
    days = {
        name: date.fromisoformat(values[name]) if values[name] else None
        for name in ("asked_on", "decided_on")
    }
    return Amendment(**{**values, **days}, project=project)


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
