"""The organiser's pages of the programme and the materials; a material's file for its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import files
from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.materials import ITEM, AgendaForm, MaterialForm
from events.models import AgendaItem, Event, Material
from events.pages import organiser as pages
from events.services import materials as services
from projects.services.entries import stamp_of_fields

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import FileResponse, HttpRequest, HttpResponse

PROGRAMME, MATERIALS = "events:organiser_programme", "events:organiser_materials"


def _event(request: HttpRequest, slug: str) -> Event:
    rows = Event.objects.editable_by(request.user).select_related("home_cluster", "organisation")
    return get_object_or_404(rows, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The items, and below them a form for one more."""
    event = _event(request, slug)
    user: Any = request.user
    form = AgendaForm(request.POST or None, event=event)
    if has_done(request, form, lambda: services.add_item(event, form.values, by=user), _("Added.")):
        return redirect(PROGRAMME, slug)
    values = pages.values(event, PROGRAMME, _("Programme"))
    context = {**values, "items": event.agenda.all(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/organiser_programme.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event = _event(request, slug)
    user: Any = request.user
    rows = AgendaItem.objects.editable_by(request.user).select_related("event")
    item = get_object_or_404(rows, event=event, pk=pk)
    form = AgendaForm(request.POST or None, event=event, item=item)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.edit_item(item, form.values, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(PROGRAMME, slug)
    back = reverse(PROGRAMME, args=[slug])
    values = {**pages.values(event, "", item.title), "button": _("Save"), "back_url": back}
    values["seen"] = stamp_of_fields(item, ITEM)
    status = 422 if form.errors else 200
    return render(request, "events/organiser_form.html", {**values, "form": form}, status=status)


@require_POST
def programme_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    event = _event(request, slug)
    user: Any = request.user
    rows = AgendaItem.objects.editable_by(request.user).select_related("event")
    item = get_object_or_404(rows, event=event, pk=pk)
    with refusal_as_message(request):
        services.remove_item(item, by=user)
        messages.success(request, _("Removed."))
    return redirect(PROGRAMME, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_materials(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    user: Any = request.user
    files_given = request.FILES or None
    form = MaterialForm(request.POST or None, files_given, event=event)
    if has_done(
        request, form,
        lambda: services.add_material(event, form.values, form.upload, by=user), _("Added."),
    ):  # fmt: skip
        return redirect(MATERIALS, slug)
    values = pages.values(event, MATERIALS, _("Materials and recordings"))
    context = {**values, "materials": event.materials.all(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/organiser_materials.html", context, status=status)


@require_POST
def material_remove(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    event = _event(request, slug)
    user: Any = request.user
    rows = Material.objects.editable_by(request.user).select_related("event")
    material = get_object_or_404(rows, event=event, public_id=public_id)
    with refusal_as_message(request):
        services.remove_material(material, by=user)
        messages.success(request, _("Removed."))
    return redirect(MATERIALS, slug)


@login_not_required
@require_safe
def material_file(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    rows = Material.objects.visible_to(request.user).exclude(file="").select_related("event")
    material = get_object_or_404(rows, public_id=public_id)
    try:
        return files.answer(material.file, material.name)
    except files.FileMissing:
        messages.error(request, _("The file is missing. Ask its owner to send it anew."))
        return redirect(material.event)
