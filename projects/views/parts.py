"""A project's own people write its text, steps, staff, work packages and milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.projects import ProjectForm
from projects.models import Project, StaffMember
from projects.pages import parts as page
from projects.services import ideas, parts, staff

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from projects.models.parts import ProjectPart


def _project(request: HttpRequest, slug: str, kind: str = "steps") -> Project:
    if kind not in parts.KINDS:
        raise Http404
    return get_object_or_404(Project.objects.editable_by(request.user), slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    project = _project(request, slug)
    user: Any = request.user
    form: Any = ProjectForm(request.POST or None, project=project, user=request.user)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: ideas.edit_idea(project, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(project)
    context = {**page.edit_values(project), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/project_edit.html", context, status=status)


@require_safe
def part_list(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    project = _project(request, slug, kind)
    return render(request, "projects/part_list.html", page.list_values(kind, project))


@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    project = _project(request, slug, kind)
    form: Any = page.form_of(kind)(
        request.POST or None, project=project, row=None, user=request.user
    )
    user: Any = request.user
    if has_done(
        request, form,
        lambda: parts.add_part(
            kind, project, form.values, key=form.cleaned_data["key"], by=user
        ),
        _("Saved."),
    ):  # fmt: skip
        return redirect("projects:parts", slug, kind)
    return _form(request, kind, project, form)


@require_http_methods(["GET", "HEAD", "POST"])
def part_edit(request: HttpRequest, slug: str, kind: str, public_id: UUID) -> HttpResponse:
    project = _project(request, slug, kind)
    row = _row(request, project, kind, public_id)
    if row is None:
        return _gone(request, slug, kind)
    form: Any = page.form_of(kind)(
        request.POST or None, project=project, row=row, user=request.user
    )
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: parts.edit_part(kind, row, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect("projects:parts", slug, kind)
    return _form(request, kind, project, form, row)


@require_POST
def part_remove(request: HttpRequest, slug: str, kind: str, public_id: UUID) -> HttpResponse:
    project = _project(request, slug, kind)
    row = _row(request, project, kind, public_id)
    if row is None:
        return _gone(request, slug, kind)
    user: Any = request.user
    with refusal_as_message(request):
        parts.remove_part(kind, row, by=user)
        messages.success(request, _("Removed."))
    return redirect("projects:parts", slug, kind)


@require_POST
def staff_leave(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Who is named takes the name off; the role stays."""
    rows = StaffMember.objects.visible_to(request.user).filter(project__slug=slug)
    row = get_object_or_404(rows.select_related("project"), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        staff.leave_staff(row, by=user)
        messages.success(request, _("Your name is off the list."))
    seen = Project.objects.visible_to(user).filter(pk=row.project_id)
    return redirect(row.project) if seen.exists() else redirect("home:desk")


def _row(request: HttpRequest, project: Project, kind: str, public_id: UUID) -> ProjectPart | None:
    rows = parts.KINDS[kind].model.objects.editable_by(request.user)
    row: ProjectPart | None = rows.filter(project=project, public_id=public_id).first()
    return row


def _gone(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The row that a page was open of is not there any more."""
    messages.error(request, _("Somebody else has removed this meanwhile."))
    return redirect("projects:parts", slug, kind)


def _form(
    request: HttpRequest, kind: str, project: Project, form: BaseForm, row: Any = None
) -> HttpResponse:
    context = {**page.form_values(kind, project, row), "form": form}
    status = 422 if form.errors else 200
    return render(request, "projects/part_form.html", context, status=status)
