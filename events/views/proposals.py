"""Proposing an event and changing the proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import has_done
from events.forms.proposals import EventBeginForm, EventProposalForm
from events.models import Event
from events.pages import proposals as pages
from events.services.proposals import CAN_BE_EDITED, edit_proposal, propose_event

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    user = request.user
    if not pages.may_propose(user):
        return render(request, "events/event_why.html", {"trail": pages.trail(_("Plan an event"))})
    source = pages.source_of(request.GET, user)
    begun = pages.begun_from(source)
    form = EventBeginForm(request.POST or None, user=user, initial=begun)
    made: list[Event] = []
    if has_done(
        request, form,
        lambda: made.append(
            propose_event(form.values, form.chosen_places, by=user, source=source)
        ),
        _("The draft is kept. Look at the page, and send it to a coordinator below."),
    ):  # fmt: skip
        return redirect(made[0])
    behind = source.challenge or source.project
    return _form(request, form, {"source": behind, "trail": pages.trail(_("Plan an event"))})


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Event.objects.editable_by(request.user).prefetch_related("seats")
    event = get_object_or_404(rows, slug=slug)
    if event.stage not in CAN_BE_EDITED:
        return redirect(event)
    form = EventProposalForm(request.POST or None, event=event)
    seen = request.POST.get("seen", "")
    user: Any = request.user
    if has_done(
        request, form,
        lambda: edit_proposal(event, form.values, form.chosen_places, by=user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(event)
    return _form(request, form, {"event": event, "trail": pages.trail(event, _("Edit"))})


def _form(request: HttpRequest, form: EventProposalForm, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "events/event_propose.html", {**values, "form": form}, status=status)
