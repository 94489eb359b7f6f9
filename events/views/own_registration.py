"""What the holder of a registration does with it: corrects it, answers an offer, adds a colleague.

With an account or by the link of a letter. GET shows, POST acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.registrations import ColleagueForm, EditForm
from events.models import Event, Registration
from events.pages import proposals, words
from events.services import offers
from events.services import registrations as services
from events.views.registrations import by_link

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from members.models import User


def _kept(request: HttpRequest, public_id: UUID) -> Registration:
    mine = Registration.objects.kept_by(request.user).select_related("event", "seats", "user")
    return get_object_or_404(mine, public_id=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    registration = _kept(request, public_id)
    user: Any = request.user
    return _edit(request, registration, registration.get_absolute_url(), by=user)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def edit_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    back = reverse("events:registration_by_link", args=[token])
    return _edit(request, registration, back, by=None)


def _edit(
    request: HttpRequest, registration: Registration, back: str, *, by: User | None
) -> HttpResponse:
    if "edit" not in words.registration_words(registration).acts:
        messages.error(request, _("Registration has closed. Ask the organiser to change it."))
        return redirect(back)
    form = EditForm(request.POST or None, registration=registration)

    def save() -> None:
        services.edit_registration(registration, form.cleaned_data["mode"], form.details, by=by)

    if has_done(request, form, save, _("Saved. Your place is as it was.")):
        return redirect(back)
    told = {"event": registration.event, "registration": registration, "back": back}
    return _page(request, form, _("Edit the registration"), told)


def _page(
    request: HttpRequest, form: EditForm | ColleagueForm, title: str, told: dict[str, Any]
) -> HttpResponse:
    context = {"form": form, "title": title, **told}
    status = 422 if form.errors else 200
    return render(request, "events/registration_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def colleague_register(request: HttpRequest, slug: str) -> HttpResponse:
    """An account registers a named colleague, also on its own address."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    if not event.takes_registrations():
        messages.error(request, _("Registration is not open."))
        return redirect(event)
    user: Any = request.user
    form = ColleagueForm(request.POST or None, event=event, user=user)

    def register() -> None:
        row = services.register_colleague(event, form.cleaned_data["mode"], form.details, by=user)
        said = {"name": row.name, "state": words.registration_words(row).listed}
        messages.success(request, _("%(name)s: %(state)s.") % said)

    if has_done(request, form, register):
        return redirect(event)
    title = _("Register a colleague")
    told = {"event": event, "back": event.get_absolute_url()}
    return _page(request, form, title, told | {"trail": proposals.trail(event, title)})


@require_POST
def offer_answer(request: HttpRequest, public_id: UUID, answer: str) -> HttpResponse:
    registration = _kept(request, public_id)
    user: Any = request.user
    _answer(request, registration, answer, by=user)
    return redirect(registration)


@by_link
@require_POST
def accept_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    _answer(request, registration, "accept", by=None)
    return redirect("events:registration_by_link", token)


@by_link
@require_POST
def decline_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    _answer(request, registration, "decline", by=None)
    return redirect("events:registration_by_link", token)


def _answer(
    request: HttpRequest, registration: Registration, answer: str, *, by: User | None
) -> None:
    with refusal_as_message(request):
        if answer == "accept":
            offers.accept_offer(registration, by=by)
            messages.success(request, _("The place is yours."))
        else:
            offers.decline_offer(registration, by=by)
            messages.success(request, _("Thank you. The place goes to the next one."))
