"""Browsing events and their calendars."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cluster_portal.core import origin
from events.forms.registrations import RegistrationForm
from events.models import Event, Registration
from events.models.event_choices import Kind
from events.models.events import MOVES
from events.models.registrations import ACTIVE
from events.pages import calendars, courses, materials, proposals, quotas, talks, words
from events.pages.event_list import EVENTS, PAST_EVENTS
from events.services import applications
from events.services.registrations import claims_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


@login_not_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    return (PAST_EVENTS if "past" in request.GET else EVENTS).response(request)


@login_not_required
@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(events_with_all(request.user), slug=slug)
    return render(request, "events/event_detail.html", detail_context(event, request.user))


def events_with_all(user: Reader) -> Any:
    events = Event.objects.visible_to(user).select_related("home_cluster", "organisation")
    return events.with_ties().prefetch_related(
        words.seats_with_queue(), "agenda", "terms", "questions"
    )


def detail_context(
    event: Event, user: Reader, form: RegistrationForm | None = None
) -> dict[str, Any]:
    kept = _kept(event, user)
    registration = next((row for row in kept if row.user_id == user.pk), None)
    moves = MOVES.open_to(event, user) if user.is_authenticated else []
    return {
        "event": event,
        "quotas": quotas.notes(event, user),
        "state": words.event_state(event),
        "registration": registration,
        "materials": materials.of_event(event, user),
        **_programme(event, registration, user),
        "colleagues": [row for row in kept if row.user_id != user.pk],
        "moves": moves,
        "proposal": proposals.proposal_of(event, user),
        "place": _place(event, registration, is_organiser=bool(moves)),
        **_registering(event, user, form, is_registered=registration is not None),
        **_around(event, user),
    }


def _programme(event: Event, registration: Registration | None, user: Reader) -> dict[str, Any]:
    """Rooms are told to those who know the venue."""
    shows_rooms = _knows_venue(event, registration, user)
    return {
        "programme": materials.programme(event, shows_rooms=shows_rooms),
        "chooses_sessions": talks.has_choice(event, registration),
    }


def _registering(
    event: Event, user: Reader, form: RegistrationForm | None, *, is_registered: bool
) -> dict[str, Any]:
    """Whether the reader can register, themselves or a colleague, and the form for it."""
    account: Any = user if user.is_authenticated else None
    takes, is_welcome = event.takes_registrations(), applications.is_welcome(event, user)
    is_open = takes and is_welcome and not is_registered
    return {
        "claims": list(claims_of(account).filter(event=event)) if account else [],
        "is_open": is_open,
        "is_uninvited": takes and not is_welcome,
        "may_bring": bool(account) and takes and is_welcome,
        "form": form or (RegistrationForm(event=event, user=account) if is_open else None),
    }


def _knows_venue(event: Event, registration: Registration | None, user: Reader) -> bool:
    if not event.hides_venue or (registration is not None and registration.has_place):
        return True
    return event.is_editable_by(user)


def _kept(event: Event, user: Reader) -> list[Registration]:
    """The reader's own registration, and their colleagues' with those that were cancelled."""
    if not user.is_authenticated:
        return []
    rows = Registration.objects.kept_by(user).filter(event=event).with_position()
    rows = rows.filter(Q(stage__in=ACTIVE) | ~Q(user=user.pk))
    return list(rows.select_related("seats", "event").order_by("pk"))


def _around(event: Any, user: Reader) -> dict[str, Any]:
    """The event is one of those `with_ties`."""
    is_organiser = user.is_authenticated and event.is_editable_by(user)
    return {
        "trail": proposals.trail(event.title),
        "course": courses.of_event(event, user) if event.kind == Kind.TRAINING else None,
        "is_on_thread": event.is_tied,
        "thread": origin.thread_of(event, user) if event.is_tied else [],
        "organiser_url": reverse("events:organiser", args=[event.slug]) if is_organiser else "",
    }


def _place(event: Event, registration: Registration | None, *, is_organiser: bool) -> str:
    if is_organiser:
        return event.place
    return registration.place if registration else words.where(event)


@login_not_required
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(events_with_all(request.user), slug=slug)
    mine = _own_places(request.user).get(event.pk)
    return calendar_response(request, calendars.one_as_ics(event, mine), f"{event.slug}.ics")


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The feed that a calendar program subscribes to: what this reader may see, to come."""
    events = EVENTS.feed(request.user, request.GET)
    return ics_response(request, events, "feed.ics", mine=_own_places(request.user))


def _own_places(user: Reader) -> dict[int, Registration]:
    mine = Registration.objects.editable_by(user).coming().select_related("event", "seats")
    return {each.event_id: each for each in mine}


def ics_response(
    request: HttpRequest, events: Any, name: str, *, mine: dict[int, Registration]
) -> HttpResponse:
    return calendar_response(request, calendars.as_ics(events, mine=mine), name)


def calendar_response(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    """A calendar program that has this version already is answered 304."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response
