"""A project's report for its funder, for who edits it: a page to print, and a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster_portal.core import exports, reporting
from cluster_portal.core.admin.import_page import record_export
from projects.models import Project
from projects.pages import funder_report as page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def funder_report(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    return render(request, "projects/funder_report.html", page.values(project, request.user))


@require_safe
def funder_report_file(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    context = page.values(project, request.user)
    rows = reporting.in_file(context["sheets"])
    record_export(request.user, f"funder report {project.slug}", len(rows))
    title = [f"{project.title}: {context['heading']}"]
    return exports.xlsx_response(f"{project.slug}-report", title, rows)
