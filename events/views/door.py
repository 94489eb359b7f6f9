"""The organiser at the door with a phone: one name, one button, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import refusal_as_message
from events.models import Event, Registration
from events.pages import door as pages
from events.services import door as services
from events.services import registrations

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ACTIONS = {"arrived": "mark_attended", "absent": "mark_absent", "undo": "unmark"}


@never_cache
@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """A typed or scanned code puts that person first."""
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    return render(request, "events/door.html", pages.door_page(event, request.GET))


@never_cache
@require_safe
def door_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the picture on a registration leads to: an organiser gets the row at the door, its
    holder the own registration, and nobody else learns whether the code is anybody's."""
    found = Registration.objects.visible_to(request.user).select_related("event")
    registration = found.filter(code=services.code_of(code)).first()
    if registration is None:
        raise Http404
    if Event.objects.editable_by(request.user).contains(registration.event):
        return redirect(_back(registration.event.slug, {"q": registration.code}))
    return redirect(registration)


@require_POST
def door_mark(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    registration = get_object_or_404(event.registrations, public_id=public_id)
    if action not in ACTIONS:
        raise Http404
    user: Any = request.user
    with refusal_as_message(request):
        registrations.mark(registration, ACTIONS[action], by=user)
    shown = request.POST.get("show", "")
    return redirect(_back(slug, {"done": str(public_id), "show": shown}))


@require_POST
def door_missing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who was expected and is not ticked was absent."""
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        count = services.mark_missing(event, by=user)
        told = ngettext("%(count)d marked absent.", "%(count)d marked absent.", count)
        messages.success(request, told % {"count": count})
    return redirect(_back(slug, {}))


def _back(slug: str, params: dict[str, str]) -> str:
    given = urlencode({key: value for key, value in params.items() if value})
    return f"{reverse('events:door', args=[slug])}?{given}"
