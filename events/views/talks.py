"""The call for talks: proposing, reviewing, choosing; participants choose parallel sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.core.text.cleaning import prose
from events.forms.talks import CallForm, SlotForm, TalkForm
from events.models import Event, Registration, Talk
from events.pages import organiser as organiser_pages
from events.pages import proposals
from events.pages import talks as pages
from events.services import talks as services
from events.views.registrations import by_link

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.models import User

MOST_NOTE = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def talks(request: HttpRequest, slug: str) -> HttpResponse:
    """The call, the reader's own proposals, and the form for one more."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    user: Any = request.user
    form = TalkForm(request.POST or None)

    def propose() -> None:
        services.propose_talk(event, form.values, by=user)

    if has_done(request, form, propose, _("Thank you. You are told what the organiser decides.")):
        return redirect("events:talks", slug)
    values = {
        "event": event, "own": pages.own(event, user), "form": form if event.takes_talks else None,
        "trail": proposals.trail(event, _("Call for talks")),
        "is_organiser": event.is_editable_by(user),
    }  # fmt: skip
    return render(request, "events/talks.html", values, status=422 if form.errors else 200)


@require_POST
def talk_withdraw(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    talk = _talk(request, slug, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.withdraw_talk(talk, by=user)
        messages.success(request, _("The proposal is withdrawn."))
    return redirect("events:talks", slug)


def _talk(request: HttpRequest, slug: str, public_id: UUID) -> Talk:
    rows = Talk.objects.visible_to(request.user).select_related("event", "author")
    return get_object_or_404(rows, event__slug=slug, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_talks(request: HttpRequest, slug: str) -> HttpResponse:
    """Opens and closes the call, and lists what has been proposed."""
    event = _event(request, slug)
    user: Any = request.user
    form = CallForm(request.POST or None, event=event)

    def save() -> None:
        services.open_call(event, form.cleaned_data["until"], by=user)

    if has_done(request, form, save, _("Saved.")):
        return redirect("events:organiser_talks", slug)
    values = organiser_pages.values(event, "events:organiser_talks", _("Call for talks"))
    context = {**values, "form": form, "talks": pages.to_review(event)}
    status = 422 if form.errors else 200
    return render(request, "events/organiser_talks.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_talk(request: HttpRequest, slug: str, public_id: UUID) -> HttpResponse:
    """One proposal; the form takes it into the programme."""
    event, talk = _event(request, slug), _organised(request, slug, public_id)
    user: Any = request.user
    form = SlotForm(request.POST or None, event=event, track=talk.track)

    def accept() -> None:
        services.accept_talk(talk, form.values, by=user)

    if has_done(request, form, accept, _("The talk is in the programme, and its author is told.")):
        return redirect("events:organiser_talks", slug)
    context = {
        **organiser_pages.values(event, "", talk.title), "talk": talk,
        "form": form if pages.can("accept", talk, user) else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "events/organiser_talk.html", context, status=status)


@require_POST
def talk_step(request: HttpRequest, slug: str, public_id: UUID, action: str) -> HttpResponse:
    """Keeps the notes of the review, or declines with a reason."""
    talk = _organised(request, slug, public_id)
    user: Any = request.user
    with refusal_as_message(request):
        if action == "note":
            note = prose(request.POST.get("note", ""))[:MOST_NOTE]
            services.note_talk(talk, note, by=user)
        elif action == "decline":
            services.decline_talk(talk, request.POST.get("reason", ""), by=user)
        else:
            raise Http404
        messages.success(request, _("Saved."))
    return redirect("events:organiser_talk", slug, public_id)


def _event(request: HttpRequest, slug: str) -> Event:
    rows = Event.objects.editable_by(request.user).select_related("home_cluster", "organisation")
    return get_object_or_404(rows, slug=slug)


def _organised(request: HttpRequest, slug: str, public_id: UUID) -> Talk:
    rows = Talk.objects.editable_by(request.user).select_related("event", "author")
    return get_object_or_404(rows, event__slug=slug, public_id=public_id)


@require_POST
def sessions_choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    registration = get_object_or_404(
        Registration.objects.kept_by(request.user), public_id=public_id
    )
    user: Any = request.user
    _choose(request, registration, user)
    return redirect(registration)


@by_link
@require_POST
def sessions_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    _choose(request, registration, None)
    return redirect("events:registration_by_link", token)


def _choose(request: HttpRequest, registration: Registration, by: User) -> None:
    """The chosen item of each time; what is full or gone is said, the others are kept."""
    has_kept = False
    for key in sorted(request.POST):
        number = request.POST[key]
        if key.startswith("slot_") and number.isdecimal() and len(number) < 10:
            with refusal_as_message(request):
                services.choose_session(registration, int(number), by=by)
                has_kept = True
    if has_kept:
        messages.success(request, _("Your choices were saved."))
