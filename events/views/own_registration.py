"""What the holder of a registration does with it: corrects it, answers an offer, adds a colleague.

With an account or by the link of a letter. GET shows, POST acts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.ideas import IdeaForm
from events.forms.registrations import AddressForm, ColleagueForm, EditForm
from events.models import Event, Registration
from events.pages import proposals, words
from events.services import guest_addresses, ideas, links, offers
from events.services import registrations as services
from events.views.registrations import by_link

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
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


def _page(request: HttpRequest, form: Form, title: str, told: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "title": title, **told}
    status = 422 if form.errors else 200
    return render(request, "events/registration_form.html", context, status=status)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def new_address_by_link(
    request: HttpRequest, registration: Registration, token: str
) -> HttpResponse:
    """A guest asks for the letters to come to another address."""
    back = reverse("events:registration_by_link", args=[token])
    if (
        registration.user_id is not None
        or "edit" not in words.registration_words(registration).acts
    ):
        return redirect(back)
    form = AddressForm(request.POST or None)

    def ask() -> None:
        guest_addresses.ask_new_address(registration, form.cleaned_data["email"])

    if has_done(request, form, ask, _("We sent a link to the new address. Open it to confirm.")):
        return redirect(back)
    told = {"event": registration.event, "back": back, "button": _("Send the link")}
    return _page(request, form, _("Change the e-mail address"), told)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The holder of the new address takes it: GET shows, POST acts."""
    found = links.new_address_of(token)
    if found is None:
        return render(request, "events/link_void.html", status=404)
    registration, email = found
    if request.method == "POST":
        with refusal_as_message(request):
            registration = guest_addresses.take_new_address(registration, email)
            messages.success(request, _("The address has been changed."))
            return redirect("events:registration_by_link", links.token_of(registration))
    context = {"registration": registration, "email": email}
    return render(request, "events/address_by_link.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def idea_by_link(request: HttpRequest, registration: Registration, token: str) -> HttpResponse:
    """A participant without an account brings up an idea of the event; a coordinator reads it."""
    back = reverse("events:registration_by_link", args=[token])
    if not registration.has_place:
        return redirect(back)
    form = IdeaForm(request.POST or None)

    def propose() -> None:
        given = form.cleaned_data
        ideas.propose_idea(
            given["title"], given["text"], by=registration.user, form_key=given["form_key"],
            event=registration.event,
        )  # fmt: skip

    said = _("Thank you. A coordinator reads the idea before it is published.")
    if has_done(request, form, propose, said):
        return redirect(back)
    told = {"event": registration.event, "back": back, "button": _("Send the idea")}
    return _page(request, form, _("An idea of the event"), told)


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
