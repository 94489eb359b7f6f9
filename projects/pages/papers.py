"""What a project's page shows of its documents, status reports and discussion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cluster_portal.core.database.columns import counted, listed
from projects.models import Discussion, ProjectDocument
from projects.models.workspace import workplaces

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_PAGE = 3


def columns(user: Reader) -> dict[str, Any]:
    """For the project's own statement."""
    documents = ProjectDocument.objects.visible_to(user).filter(project=OuterRef("pk"))
    newest = documents.order_by("-updated_at", "-pk")[:ON_PAGE]
    return {
        "works_here": Exists(workplaces(user).filter(pk=OuterRef("pk"))),
        "new_documents": listed(newest, title="title", key="public_id"),
        "document_count": counted(documents),
        "discussion_count": counted(
            Discussion.objects.visible_to(user).filter(project=OuterRef("pk"))
        ),
    }


def panel(project: Any) -> dict[str, Any]:
    """Values of `_papers.html`, from a project with these columns."""
    return {
        "works_here": project.works_here,
        "document_count": project.document_count,
        "discussion_count": project.discussion_count,
        "documents": [
            {
                "title": row["title"],
                "url": reverse("projects:document", args=[project.slug, row["key"]]),
            }
            for row in project.new_documents
        ],
    }
