"""The organiser's pages of one event: who comes, one participant, letters, lists to take out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import audit, exports
from cluster_portal.core.http import has_done, page_of, refusal_as_message
from events.forms.organiser import AddForm, LetterForm
from events.models import Event, Registration
from events.models.events import MOVES
from events.pages import organiser as pages
from events.pages import participants, participation, quotas, words
from events.services import applications, copies, organising

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from members.models import User

WRITERS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}


def _event(request: HttpRequest, slug: str) -> Event:
    rows = Event.objects.editable_by(request.user)
    rows = rows.select_related("home_cluster", "organisation", "series")
    return get_object_or_404(rows.prefetch_related(words.seats_with_queue()), slug=slug)


def _row(request: HttpRequest, slug: str, public_id: str) -> Registration:
    rows = Registration.objects.visible_to(request.user).select_related("seats", "user")
    row = get_object_or_404(rows, event=_event(request, slug), public_id=public_id)
    row.seats.event = row.event
    return row


@require_safe
def organiser(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    choice = pages.choice_of(request.GET)
    page = page_of(request, pages.found(event, choice), pages.ON_PAGE)
    values = {
        **pages.values(event, "events:organiser", _("Organiser's page")),
        **pages.chips(event, choice),
        "page": page,
        "guests": pages.guests(event, page.object_list),
        "choice": choice,
        "room": pages.room(event),
        "quotas": quotas.for_organiser(event),
        "series": pages.series_of(event),
        "can_cancel_series": event.series_id and MOVES.may("cancel", event, request.user),
        "feedback": pages.feedback(event, request.user),
        "may_keep_template": copies.may_keep_template(event, request.user),
    }
    return render(request, "events/organiser.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_add(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    form = AddForm(request.POST or None, event=event)
    user: Any = request.user

    def add() -> None:
        given = form.cleaned_data
        organising.add_participant(
            event, given["mode"], form.details, by=user, reason=given["reason"],
            quota=given.get("quota"),
        )  # fmt: skip

    if has_done(request, form, add, _("Added. A confirmation has been sent.")):
        return redirect("events:organiser", event.slug)
    values = pages.values(event, "", _("Add a participant"))
    return _form(request, form, {**values, "button": _("Add")})


@require_safe
def organiser_participant(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = _row(request, slug, public_id)
    values = pages.values(row.event, "", row.name)
    context = {**values, **pages.participant(row, request.user)}
    return render(request, "events/organiser_participant.html", context)


@require_POST
def organiser_step(request: HttpRequest, slug: str, public_id: str, action: str) -> HttpResponse:
    """Removes, gives a place, or moves to the way of taking part that the form names."""
    row = _row(request, slug, public_id)
    reason = request.POST.get("reason", "")
    user: Any = request.user
    with refusal_as_message(request):
        if action == "remove":
            organising.remove_participant(row, by=user, reason=reason)
            messages.success(request, _("Removed. The participant has been told why."))
            return redirect("events:organiser", slug)
        if action == "mode":
            mode = request.POST.get("mode", "")
            organising.move_participant(row, mode, by=user, reason=reason)
        else:
            _step_of(action)(row, user, reason)
        messages.success(request, _("Done. The participant has been told."))
    return redirect("events:organiser_participant", slug, public_id)


def _step_of(action: str) -> Callable[[Registration, User, str], object]:
    steps: dict[str, Callable[[Registration, User, str], object]] = {
        "give_place": lambda row, by, why: organising.give_place(row, by=by, reason=why),
        "approve": lambda row, by, _why: applications.approve(row, by=by),
        "turn_down": lambda row, by, why: applications.turn_down(row, by=by, reason=why),
    }
    if action not in steps:
        raise Http404
    return steps[action]


@require_http_methods(["GET", "HEAD", "POST"])
def organiser_letters(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    begun = {name: request.GET.get(name, "") for name in ("stage", "mode")}
    form = LetterForm(request.POST or None, event=event, initial=begun)
    sent: list[Any] = []
    user: Any = request.user
    if has_done(
        request, form, lambda: sent.append(organising.write_letter(event, form.values, by=user))
    ):
        told = ngettext(
            "The letter goes to %(count)d person.", "The letter goes to %(count)d people.",
            sent[0].receivers,
        )  # fmt: skip
        messages.success(request, told % {"count": sent[0].receivers})
        return redirect("events:organiser_letters", slug)
    title = _("Letters to participants")
    values = pages.values(event, "events:organiser_letters", title)
    context = {**values, "letters": event.letters.select_related("sender"), "form": form}
    status = 422 if form.errors else 200
    return render(request, "events/organiser_letters.html", context, status=status)


@require_POST
def organiser_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of participants for a spreadsheet; taking it out is recorded."""
    event = _event(request, slug)
    write = WRITERS.get(request.POST.get("format", ""), exports.csv_response)
    audit.record(event, "participants exported", by=request.user)
    return write(event.slug, participants.header(event), participants.rows(event))


@require_safe
def organiser_participation(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    values = pages.values(event, "events:organiser_participation", _("Participation"))
    context = {**values, "charts": participation.charts(event)}
    return render(request, "events/organiser_participation.html", context)


@require_safe
def organiser_signing(request: HttpRequest, slug: str) -> HttpResponse:
    """The list that a funder (ERDF) asks for: names, organisations, times and signatures."""
    event = _event(request, slug)
    audit.record(event, "list of participants printed", by=request.user)
    values = pages.values(event, "", _("List of participants to sign"))
    projects = participants.projects_for_signing(event, request.user)
    project = participants.chosen(event, projects, request.GET.get("project", "")[:100])
    people = participants.for_signing(event)
    context = {**values, "people": people, "projects": projects, "project": project}
    return render(request, "events/organiser_signing.html", context)


def _form(request: HttpRequest, form: BaseForm, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "events/organiser_form.html", {**values, "form": form}, status=status)
