"""The documents of a project: the list, a document with its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import DocumentVersion, ProjectDocument
from projects.models.workspace import works_in
from projects.pages.budget import trail

if TYPE_CHECKING:
    from datetime import datetime

    from cluster_portal.core.visibility import Reader
    from members.models import User
    from projects.models import Project

Row = dict[str, Any]


def address(project: Project) -> str:
    return reverse("projects:documents", args=[project.slug])


def list_values(project: Project, user: Reader) -> Row:
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = ProjectDocument.objects.visible_to(user).filter(project=project)
    rows = rows.annotate(
        count=Count("versions"), newest=Subquery(newest.values("name")[:1]),
        size=Subquery(newest.values("size")[:1]),
    )  # fmt: skip
    return {
        "project": project,
        "rows": [_row(document, project) for document in rows.order_by("-updated_at", "-pk")],
        "works_here": works_in(project, user),
        "trail": trail(project, {"name": _("Documents")}),
    }


def _row(document: Any, project: Project) -> Row:
    document.project = project
    versions = ngettext("%(count)s version", "%(count)s versions", document.count)
    parts = [document.newest, filesizeformat(document.size), versions % {"count": document.count}]
    return {
        "url": document.get_absolute_url(),
        "title": document.title,
        "kind": moment(document.updated_at),
        "text": " · ".join(filter(None, parts)),
        "tags": [document.get_read_by_display()],
    }


def moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def name_of(person: User | None) -> str:
    return person.get_full_name() if person and person.is_active else _("A removed user")


def values(document: ProjectDocument, user: Reader) -> Row:
    """Names of senders are told to those who work in the project."""
    project = document.project
    works_here = works_in(project, user)
    rows = document.versions.select_related("sender").order_by("-number")
    return {
        "project": project,
        "document": document,
        "edits": ProjectDocument.objects.editable_by(user).filter(pk=document.pk).exists(),
        "versions": [
            {
                "number": version.number,
                "name": version.name,
                "url": version.get_absolute_url(),
                "size": filesizeformat(version.size),
                "sent": moment(version.sent_at),
                "sender": name_of(version.sender) if works_here else "",
                "note": version.note,
            }
            for version in rows
        ],
        "trail": trail(
            project, {"name": _("Documents"), "url": address(project)}, {"name": document.title}
        ),
    }
