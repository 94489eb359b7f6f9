"""Editing standing pages, and their versions; for coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.knowledge.forms.standing import PageForm
from cluster_portal.knowledge.models import PageVersion
from cluster_portal.knowledge.models.pages import Page, current, may_edit_pages
from cluster_portal.knowledge.pages.standing import address_of, trail
from cluster_portal.knowledge.services.standing import restore_version, save_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _page_for_editor(request: HttpRequest, key: str) -> PageVersion:
    if key not in Page.values or not may_edit_pages(request.user):
        raise Http404
    return current(key)


@require_http_methods(["GET", "HEAD", "POST"])
def page_edit(request: HttpRequest, key: str) -> HttpResponse:
    page = _page_for_editor(request, key)
    form = PageForm(request.POST or None, page=page)
    user: Any = request.user
    if has_done(
        request, form,
        lambda: save_page(key, form.values, by=user, seen=form.cleaned_data["seen"]),
        _("The page is saved as a new version."),
    ):  # fmt: skip
        return redirect(address_of(key))
    context = {"form": form, "page": page, "trail": trail(page, _("Edit")),
               "versions_url": reverse("pages:versions", args=[key])}  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "knowledge/page_edit.html", context, status=status)


@require_safe
def page_versions(request: HttpRequest, key: str) -> HttpResponse:
    page = _page_for_editor(request, key)
    versions = PageVersion.objects.visible_to(request.user).of(key).select_related("saved_by")
    context = {"page": page, "versions": versions, "trail": trail(page, _("Versions")),
               "edit_url": reverse("pages:edit", args=[key])}  # fmt: skip
    return render(request, "knowledge/page_versions.html", context)


@require_POST
def page_restore(request: HttpRequest, key: str, number: int) -> HttpResponse:
    rows = PageVersion.objects.editable_by(request.user)
    version = get_object_or_404(rows, key=key, number=number)
    user: Any = request.user
    with refusal_as_message(request):
        restore_version(version, by=user)
        messages.success(request, _("The earlier text is in force again."))
    return redirect("pages:versions", key)
