"""The documents of a project: reading, adding, a new version, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import files
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.documents import DocumentFactsForm, DocumentForm, VersionForm
from projects.models import DocumentVersion, Project, ProjectDocument
from projects.models.workspace import workplaces
from projects.pages import documents as page
from projects.pages.budget import trail
from projects.services import documents as services

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import FileResponse, HttpRequest, HttpResponse


@login_not_required
@require_safe
def document_list(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug)
    return render(request, "projects/documents.html", page.list_values(project, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(workplaces(request.user), slug=slug)
    form = DocumentForm(request.POST or None, request.FILES or None)
    user: Any = request.user

    def add() -> None:
        values = form.cleaned_data
        services.add_document(
            project, form.sent, title=values["title"], read_by=values["read_by"], by=user
        )

    if has_done(request, form, add, _("The document is added.")):
        return redirect("projects:documents", slug)
    return _form(request, form, project, _("Add a document"), page.address(project))


def _form(
    request: HttpRequest, form: BaseForm, project: Project, heading: str, back: str
) -> HttpResponse:
    documents = {"name": _("Documents"), "url": page.address(project)}
    context = {
        "form": form, "heading": heading, "lead": project.title, "back": back,
        "trail": trail(project, documents, {"name": heading}),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "projects/paper_form.html", context, status=status)


def _document(request: HttpRequest, slug: str, public_id: UUID, rows: Any) -> ProjectDocument:
    found = rows(request.user).filter(project__slug=slug).select_related("project")
    return get_object_or_404(found, public_id=public_id)


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    document = _document(request, slug, public_id, ProjectDocument.objects.visible_to)
    return render(request, "projects/document.html", page.values(document, request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def document_version(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    document = _document(request, slug, public_id, ProjectDocument.objects.editable_by)
    form = VersionForm(request.POST or None, request.FILES or None)
    user: Any = request.user
    if has_done(request, form, lambda: services.add_version(document, form.sent, by=user),
                _("The new version is added. The earlier ones stay.")):  # fmt: skip
        return redirect(document)
    address = document.get_absolute_url()
    return _form(request, form, document.project, _("Add a new version"), address)


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    document = _document(request, slug, public_id, ProjectDocument.objects.editable_by)
    form = DocumentFactsForm(request.POST or None, document=document)
    user: Any = request.user
    if has_done(request, form,
                lambda: services.edit_document(document, **form.cleaned_data, by=user),
                _("Saved.")):  # fmt: skip
        return redirect(document)
    address = document.get_absolute_url()
    return _form(request, form, document.project, _("Title and readers"), address)


@require_POST
def document_remove(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    document = _document(request, slug, public_id, ProjectDocument.objects.editable_by)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_document(document, by=user)
        messages.success(request, _("The document is removed."))
    return redirect("projects:documents", slug)


@login_not_required
@require_safe
def document_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = DocumentVersion.objects.visible_to(request.user).select_related("document__project")
    version = get_object_or_404(rows, public_id=public_id)
    user: Any = request.user
    try:
        given = files.answer(str(version.file), version.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(version.document)
    if user.is_authenticated:
        services.record_reading(version, by=user)
    return given
