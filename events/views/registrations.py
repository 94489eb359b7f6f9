"""Registering and cancelling, with an account or by the link of a mail. GET shows, POST acts."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import refusal_as_message
from events import mails
from events.forms import RegistrationForm
from events.models import Event, Registration
from events.models.events import WINDOW
from events.models.registrations import MOVES
from events.services import events as event_services
from events.services import registrations as services
from events.views.pages import detail_context, events_with_all
from members.sign_in_attempts import client_network, too_many

if TYPE_CHECKING:
    from collections.abc import Callable

# A whole school may register from one address; the same reader is written to far less often.
GUESTS_AN_HOUR = 3000
AN_HOUR = 3600


def guests_in_moderation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Each registration of a guest sends mail to an address that she merely claims.

    One counter per address and hour: a list of moments behind a lock would make a school that
    registers at once wait for itself.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and _guests_of(request) > GUESTS_AN_HOUR:
            return too_many(request)
        return view(request, *args, **kwargs)

    return checked


def _guests_of(request: HttpRequest) -> int:
    """How many have come from this address within the hour of the clock, this one included."""
    key = f"events:guests:{client_network(request)}:{int(time.time()) // AN_HOUR}"
    try:
        return cache.incr(key)
    except ValueError:  # the first of this hour
        cache.add(key, 1, AN_HOUR)
        return 1


# What registering asks of an event; its texts stay where they are.
NEEDED = ["slug", "modes", "asks_diet", *WINDOW]


@login_not_required
@require_POST
@guests_in_moderation
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    events = Event.objects.visible_to(request.user)
    event = get_object_or_404(events.only(*NEEDED), slug=slug)
    user: Any = request.user if request.user.is_authenticated else None
    form = RegistrationForm(request.POST, event=event, user=user)
    if not form.is_valid():
        shown = events_with_all(request.user).get(pk=event.pk)
        context = detail_context(shown, request.user, form)
        return render(request, "events/event_detail.html", context, status=422)
    with refusal_as_message(request):
        mode = form.cleaned_data["mode"]
        registration = services.register(event, mode, form.details, by=user)
        if user is None:
            return redirect("events:sent", event.slug)
        return redirect(registration)
    return redirect(event)


@login_not_required
@require_safe
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """After a guest's form: the same page whether or not the address had registered before."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return render(request, "events/registration_sent.html", {"event": event})


@require_safe
def registration_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    registration = get_object_or_404(_shown(request), public_id=public_id)
    context = {"registration": registration, "event": registration.event}
    context["may_cancel"] = MOVES.may("cancel", registration, request.user)
    return render(request, "events/registration_detail.html", context)


@require_POST
def registration_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    registration = get_object_or_404(_shown(request), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.cancel_registration(registration, by=user)
        messages.success(request, _("The registration has been cancelled."))
    return redirect(registration)


def _shown(request: HttpRequest) -> Any:
    return Registration.objects.visible_to(request.user).select_related("event", "seats", "user")


@login_not_required
@never_cache
@require_safe
def registration_by_link(request: HttpRequest, token: str) -> HttpResponse:
    registration = _by_token(token)
    context = {"registration": registration, "event": registration.event, "token": token}
    context["may_cancel"] = registration.stage in MOVES.moves["cancel"].sources
    return render(request, "events/registration_detail.html", context)


@login_not_required
@require_POST
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    with refusal_as_message(request):
        services.confirm_request(_by_token(token))
    return redirect("events:registration_by_link", token)


@login_not_required
@require_POST
def cancel_by_link(request: HttpRequest, token: str) -> HttpResponse:
    with refusal_as_message(request):
        services.cancel_registration(_by_token(token), by=None)
    return redirect("events:registration_by_link", token)


def _by_token(token: str) -> Registration:
    registration = mails.registration_of(token)
    if registration is None:
        raise Http404
    return registration


@require_POST
def event_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        event_services.move_event(event, action, by=user, reason=reason)
    return redirect(event)
