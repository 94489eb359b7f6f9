"""The status reports of a project: reading, writing, changing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.core.http import has_done
from projects.forms.status_reports import StatusReportForm
from projects.models import Project, StatusReport
from projects.pages import status_reports as page
from projects.pages.budget import trail
from projects.services import status_reports as services

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def status_report_list(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    context = page.list_values(project, request.user)
    return render(request, "projects/status_reports.html", context)


@login_not_required
@require_safe
def status_report_detail(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    rows = StatusReport.objects.visible_to(request.user).filter(project__slug=slug)
    report = get_object_or_404(rows.select_related("project"), public_id=public_id)
    return render(request, "projects/status_report.html", page.values(report, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def status_report_add(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    form = StatusReportForm(request.POST or None, initial=page.begun(project))
    user: Any = request.user
    if has_done(
        request, form,
        lambda: services.write_report(
            project, form.values, form_key=form.cleaned_data["form_key"], by=user
        ),
        _("The report is written. The partners and the coordinators hear of it."),
    ):  # fmt: skip
        return redirect("projects:status_reports", slug)
    return _form(request, form, project, _("Write a status report"))


@require_http_methods(["GET", "HEAD", "POST"])
def status_report_edit(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Only who edits the project: its author may have left."""
    project = get_object_or_404(Project.objects.editable_by(request.user), slug=slug)
    rows = StatusReport.objects.editable_by(request.user).filter(project=project)
    report = get_object_or_404(rows, public_id=public_id)
    form = StatusReportForm(request.POST or None, report=report)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(request, form,
                lambda: services.change_report(report, form.values, by=user, seen=seen),
                _("Saved.")):  # fmt: skip
        return redirect(report)
    return _form(request, form, project, _("Change the status report"), report.stamp)


def _form(
    request: HttpRequest, form: BaseForm, project: Project, heading: str, stamp: str = ""
) -> HttpResponse:
    reports = {"name": _("Status reports"), "url": page.address(project)}
    context = {
        "form": form, "heading": heading, "lead": project.title, "back": page.address(project),
        "seen": stamp, "trail": trail(project, reports, {"name": heading}),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/paper_form.html", context, status=status)
