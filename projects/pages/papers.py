"""What a project's page shows of its documents, status reports and discussion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format

from cluster_portal.core.database.columns import counted, listed
from projects.models import Discussion, ProjectDocument, StatusReport
from projects.models.status_reports import Light
from projects.models.workspace import workplaces

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_PAGE = 3


def columns(user: Reader) -> dict[str, Any]:
    """For the project's own statement."""
    documents = ProjectDocument.objects.visible_to(user).filter(project=OuterRef("pk"))
    newest = documents.order_by("-updated_at", "-pk")[:ON_PAGE]
    reports = StatusReport.objects.visible_to(user).filter(project=OuterRef("pk"))
    return {
        "works_here": Exists(workplaces(user).filter(pk=OuterRef("pk"))),
        "new_documents": listed(newest, title="title", key="public_id"),
        "document_count": counted(documents),
        "report_count": counted(reports),
        "last_report": listed(
            reports.order_by("-ends_on", "-pk")[:1],
            key="public_id",
            light="light",
            starts="starts_on",
            ends="ends_on",
        ),
        "discussion_count": counted(
            Discussion.objects.visible_to(user).filter(project=OuterRef("pk"))
        ),
    }


def panel(project: Any) -> dict[str, Any]:
    """Values of `_papers.html`, from a project with these columns."""
    return {
        "works_here": project.works_here,
        "edits": project.is_editor,
        "document_count": project.document_count,
        "report_count": project.report_count,
        "report": _report(project),
        "discussion_count": project.discussion_count,
        "documents": [
            {
                "title": row["title"],
                "url": reverse("projects:document", args=[project.slug, row["key"]]),
            }
            for row in project.new_documents
        ],
    }


def _report(project: Any) -> dict[str, Any] | None:
    for row in project.last_report:
        days = (date.fromisoformat(row[name]) for name in ("starts", "ends"))
        return {
            "url": reverse("projects:status_report", args=[project.slug, row["key"]]),
            "title": "–".join(map(date_format, days)),
            "state": Light(row["light"]).look,
            "state_text": Light(row["light"]).label,
        }
    return None
