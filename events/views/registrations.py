"""Registering and cancelling, with an account or by the link of a mail. GET shows, POST acts."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message, with_next
from events.forms.registrations import RegistrationForm
from events.models import Event, Registration
from events.pages import calendars, door, facts, talks, words
from events.services import copies, links
from events.services import events as event_services
from events.services import registrations as services
from events.views.pages import calendar_response, detail_context, events_with_all
from members.views.sign_in_attempts import client_network, too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# A whole school may register from one address; the same reader is written to far less often.
GUESTS_AN_HOUR = 3000


def guests_in_moderation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Each registration of a guest sends mail to an address that nobody has confirmed yet."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_guest = not request.user.is_authenticated
        if is_guest and services.count_guest(client_network(request)) > GUESTS_AN_HOUR:
            return too_many(request)
        return view(request, *args, **kwargs)

    return checked


@login_not_required
@require_POST
@guests_in_moderation
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    user: Any = request.user if request.user.is_authenticated else None
    form = RegistrationForm(request.POST, event=event, user=user)
    if form.is_valid():
        try:
            mode = form.cleaned_data["mode"]
            registration = services.register(event, mode, form.details, by=user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            sent = reverse("events:sent", args=[event.slug])
            return redirect(registration if user else f"{sent}?{urlencode({'mode': mode})}")
    shown = events_with_all(request.user).get(pk=event.pk)
    context = detail_context(shown, request.user, form)
    return render(request, "events/event_detail.html", context, status=422)


@login_not_required
@require_safe
def registration_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """After a guest's form: the same page whether or not the address had registered before."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    seats = event.seats.filter(mode=request.GET.get("mode", "")).first() or event.seats.first()
    told = words.request_words(seats) if seats else ""
    context = {"event": event, "words": told, "is_open": event.takes_registrations()}
    return render(request, "events/registration_sent.html", context)


@require_safe
def registration_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    registration = get_object_or_404(_shown(request), public_id=public_id)
    is_own = request.user.pk in {registration.user_id, registration.brought_by_id}
    context = registration_context(request, registration, is_own=is_own)
    return render(request, "events/registration_detail.html", context)


def registration_context(
    request: HttpRequest, registration: Registration, *, is_own: bool
) -> dict[str, Any]:
    """What the holder can do, and for those who organise the event, that it can be cancelled."""
    event = registration.event
    state = words.registration_words(registration)
    acts = state.acts if is_own else state.acts & {"cancel"}
    can_open = Event.objects.visible_to(request.user).contains(event)
    sign_in = with_next(reverse("account_login"), event.get_absolute_url())
    return {
        "registration": registration,
        "event": event,
        "words": replace(state, acts=acts),
        "other_modes": words.free_modes(registration) if is_own else [],
        "slots": talks.slots(registration) if is_own else [],
        "history": facts.history(registration),
        "code_picture": door.picture_of(registration) if "ticket" in acts else None,
        "event_url": event.get_absolute_url() if can_open else registration.user and sign_in,
    }


@require_POST
def registration_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    registration = get_object_or_404(_shown(request), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.cancel_registration(registration, by=user)
        messages.success(request, _("The registration has been cancelled."))
    return redirect(registration)


@require_POST
def registration_mode(request: HttpRequest, public_id: str) -> HttpResponse:
    """Changes to another way of taking part that has room."""
    mine = Registration.objects.kept_by(request.user)
    registration = get_object_or_404(mine, public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.change_mode(registration, request.POST.get("mode", ""), by=user)
    return redirect(registration)


@require_POST
def registration_claim(request: HttpRequest, public_id: str) -> HttpResponse:
    """The answer to "Is this your registration?", asked of an account that has the address."""
    user: Any = request.user
    registration = get_object_or_404(services.claims_of(user), public_id=public_id)
    if "mine" not in request.POST:
        services.decline_claim(registration, by=user)
        messages.success(request, _("Thank you. The registration stays as it is."))
        return redirect("home:desk")
    with refusal_as_message(request):
        services.claim(registration, by=user)
        messages.success(request, _("The registration now belongs to your account."))
        return redirect(registration)
    return redirect("home:desk")


def _shown(request: HttpRequest) -> Any:
    return Registration.objects.visible_to(request.user).select_related("event", "seats", "user")


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Opens a page to the holder of a letter. An account's earlier address leads to signing in; a
    guest's earlier address opens nothing: the letters to the new one do."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        found = links.registration_of(token)
        if found is None:
            return _void(request)
        registration, is_current = found
        if not is_current:
            return redirect(registration) if registration.user_id else _void(request)
        return view(request, registration, token)

    return opened


def _void(request: HttpRequest) -> HttpResponse:
    return render(request, "events/link_void.html", status=404)


@by_link
@require_safe
def registration_by_link(
    request: HttpRequest, registration: Registration, token: str
) -> HttpResponse:
    context = registration_context(request, registration, is_own=True)
    return render(request, "events/registration_detail.html", {**context, "token": token})


@by_link
@require_safe
def ics_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """The entry for one participant's calendar, members' events included."""
    event = registration.event
    content = calendars.one_as_ics(event, registration)
    return calendar_response(request, content, f"{event.slug}.ics")


@by_link
@require_POST
def confirm_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    with refusal_as_message(request):
        services.confirm_request(registration)
    return redirect("events:registration_by_link", token)


@by_link
@require_POST
def cancel_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    with refusal_as_message(request):
        services.cancel_registration(registration, by=None)
    return redirect("events:registration_by_link", token)


@by_link
@require_POST
def mode_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    with refusal_as_message(request):
        services.change_mode(registration, request.POST.get("mode", ""), by=None)
    return redirect("events:registration_by_link", token)


@require_POST
def event_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        if action == "cancel" and "all_of_series" in request.POST:
            copies.move_series(event, action, by=user, reason=reason)
        else:
            event_services.move_event(event, action, by=user, reason=reason)
    return redirect(event)
