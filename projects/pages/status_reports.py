"""The status reports of a project: their history, one of them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.models import Project, StatusReport
from projects.models.status_reports import Light
from projects.models.workspace import works_in
from projects.pages.budget import trail
from projects.pages.documents import moment, name_of
from projects.services.status_reports import due

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

Row = dict[str, Any]
ON_DESK = 6


def address(project: Project) -> str:
    return reverse("projects:status_reports", args=[project.slug])


def list_values(project: Project, user: Reader) -> Row:
    rows = StatusReport.objects.visible_to(user).filter(project=project)
    found = list(rows.order_by("-ends_on", "-pk")[:200])
    return {
        "project": project,
        "rows": [_row(report, project) for report in found],
        "can_write": project.is_editable_by(user),
        "next_on": found[0].next_on if found and works_in(project, user) else None,
        "trail": trail(project, {"name": _("Status reports")}),
    }


def _row(report: StatusReport, project: Project) -> Row:
    report.project = project
    return {
        "url": report.get_absolute_url(),
        "title": str(report),
        "kind": moment(report.written_at),
        "text": report.reason,
        "tags": [report.get_read_by_display()],
        "state": Light(report.light).look,
        "state_text": report.get_light_display(),
    }


def values(report: StatusReport, user: Reader) -> Row:
    project = report.project
    works_here = works_in(project, user)
    return {
        "project": project,
        "report": report,
        "look": Light(report.light).look,
        "can_write": project.is_editable_by(user),
        "author": name_of(report.author) if works_here else "",
        "written": moment(report.written_at),
        "next_on": report.next_on if works_here else None,
        "trail": trail(
            project, {"name": _("Status reports"), "url": address(project)},
            {"name": str(report)},
        ),
    }  # fmt: skip


def begun(project: Project) -> Row:
    """Where the next report goes on: the day after the last one, or the project's start."""
    last = project.status_reports.order_by("-ends_on", "-pk").first()
    if last is None:
        return {"starts_on": project.starts_on}
    return {"starts_on": last.ends_on + datetime.timedelta(days=1), "read_by": last.read_by}


def due_of(user: Reader) -> Any:
    """Projects that the reader edits and whose report is due."""
    return due().filter(pk__in=Project.objects.editable_by(user).values("pk"))


def due_rows(user: Reader) -> list[Row]:
    """For the desk."""
    rows, today = due_of(user), timezone.localdate()
    return [
        {
            "title": project.title,
            "url": project.get_absolute_url(),
            "kind": _("Status report"),
            "text": _("Was to be written by %(day)s.") % {"day": date_format(project.report_due)},
            "state": "late" if project.report_due < today else "waiting",
            "state_text": _("late") if project.report_due < today else _("today"),
            "action": _("Write it"),
            "action_url": reverse("projects:status_report_add", args=[project.slug]),
        }
        for project in rows.defer("search").order_by("report_due", "pk")[:ON_DESK]
    ]
