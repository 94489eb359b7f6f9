"""The library: finding, adding, a new version, the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds, files
from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.knowledge.forms.library import AddForm, FactsForm
from cluster_portal.knowledge.models import LibraryDocument, LibraryVersion
from cluster_portal.knowledge.pages import library as page
from cluster_portal.knowledge.services import library as services
from projects.forms.documents import VersionForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseForm
    from django.http import FileResponse, HttpRequest, HttpResponse


@login_not_required
@require_safe
def library_list(request: HttpRequest) -> HttpResponse:
    return page.LIBRARY.response(request)


@login_not_required
@require_safe
def library_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(page.LIBRARY, request)


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = LibraryDocument.objects.visible_to(request.user).select_related("organisation")
    document = get_object_or_404(rows, slug=slug)
    return render(request, "knowledge/library_document.html", page.values(document, request.user))


@login_not_required
@require_safe
def document_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = LibraryVersion.objects.visible_to(request.user).select_related("document")
    version = get_object_or_404(rows, public_id=public_id)
    try:
        return files.answer(str(version.file), version.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(version.document)


def _form(
    request: HttpRequest, form: BaseForm, heading: str, *above: Any, is_closed_by_it: bool = False,
    seen: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "heading": heading, "has_files": "file" in form.fields,
        "trail": page.trail(*above, heading), "is_closed_by_it": is_closed_by_it,
        "seen": seen,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "knowledge/library_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not services.may_add(user):
        raise Http404
    begun = request.GET.get("body", "")[:100]
    form = AddForm(request.POST or None, request.FILES or None, user=user, begun=begun)
    made: list[LibraryDocument] = []
    if has_done(
        request, form, lambda: made.append(services.add_document(form.values, form.sent, by=user)),
        _("The document is added."),
    ):  # fmt: skip
        return redirect(made[0])
    return _form(request, form, _("Add a document"))


@require_http_methods(["GET", "HEAD", "POST"])
def document_edit(request: HttpRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(LibraryDocument.objects.editable_by(request.user), slug=slug)
    form = FactsForm(request.POST or None, user=request.user, document=document)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: services.edit_document(document, form.values, by=user, seen=seen), _("Saved."),
    ):  # fmt: skip
        return redirect(document)
    above = (document.title, document.get_absolute_url())
    closes = services.is_closed_by_change(document, by=user)
    return _form(
        request, form, _("Title and readers"), above, is_closed_by_it=closes, seen=document.stamp
    )


@require_http_methods(["GET", "HEAD", "POST"])
def document_version(request: HttpRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(LibraryDocument.objects.editable_by(request.user), slug=slug)
    form = VersionForm(request.POST or None, request.FILES or None)
    user: Any = request.user
    if has_done(
        request, form, lambda: services.add_version(document, form.sent, by=user),
        _("The new version is added. The earlier ones stay."),
    ):  # fmt: skip
        return redirect(document)
    above = (document.title, document.get_absolute_url())
    closes = services.is_closed_by_change(document, by=user)
    return _form(request, form, _("Add a new version"), above, is_closed_by_it=closes)


@require_POST
def document_remove(request: HttpRequest, slug: str) -> HttpResponse:
    document = get_object_or_404(LibraryDocument.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        services.remove_document(document, by=user)
        messages.success(request, _("The document is removed."))
    return redirect("library:list")
