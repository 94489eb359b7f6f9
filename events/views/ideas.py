"""The board of ideas: read, posted, supported, moderated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, page_of, refusal_as_message, safe_next
from events.forms.ideas import IdeaForm
from events.models import Event, Idea
from events.pages import ideas as pages
from events.services import ideas as services

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

IDEAS_SHOWN = 20


@login_not_required
@require_safe
def idea_board(request: HttpRequest, slug: str = "") -> HttpResponse:
    """All ideas that the reader sees, or those of one event."""
    event = _event(request, slug) if slug else None
    return _board(request, event, IdeaForm())


@require_safe
def ideas_to_read(request: HttpRequest) -> HttpResponse:
    """For the coordinators' queue."""
    return redirect(f"{reverse('events:ideas')}?show=waiting")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_propose(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A visitor reads the board, and what an account is needed for."""
    event = _event(request, slug) if slug else None
    if not request.user.is_authenticated:
        return _board(request, event, IdeaForm())
    user: Any = request.user
    form = IdeaForm(request.POST or None)
    if has_done(
        request, form,
        lambda: services.propose_idea(
            form.cleaned_data["title"], form.cleaned_data["text"], by=user,
            form_key=form.cleaned_data["form_key"], event=event,
        ),
        _("Thank you. A coordinator reads the idea before it is published."),
    ):  # fmt: skip
        return redirect(_address(event))
    return _board(request, event, form)


def _event(request: HttpRequest, slug: str) -> Event:
    rows = Event.objects.visible_to(request.user).select_related("home_cluster")
    return get_object_or_404(rows, slug=slug)


def _address(event: Event | None) -> str:
    if event is None:
        return reverse("events:ideas")
    return reverse("events:event_ideas", args=[event.slug])


def _board(request: HttpRequest, event: Event | None, form: IdeaForm) -> HttpResponse:
    user = request.user
    order = request.GET.get("show", "")
    order = order if order in pages.ORDERS else "supported"
    counted = pages.counts(user, event)
    page = page_of(request, pages.board(user, order, event), IDEAS_SHOWN)
    trail = [{"name": _("Events"), "url": reverse("events:list")}]
    if event is not None:
        trail.append({"name": event.title, "url": event.get_absolute_url()})
    context = {
        "event": event, "form": form, "page": page, "counts": counted,
        "chips": pages.chips(order, counted), "rows": [pages.drawn(row, user) for row in page],
        "trail": [*trail, {"name": _("Ideas")}], "board_url": _address(event),
        "propose_url": reverse("events:event_idea_propose", args=[event.slug]) if event
        else reverse("events:idea_propose"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "events/ideas.html", context, status=status)


@login_not_required
@require_safe
def idea_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    rows = Idea.objects.visible_to(request.user).with_support(request.user)
    idea = get_object_or_404(rows.select_related("event", "author"), public_id=public_id)
    context = {
        "row": pages.drawn(idea, request.user), "idea": idea,
        "starts": pages.starts(idea, request.user), "moves": pages.moves(idea, request.user),
        "trail": [
            {"name": _("Events"), "url": reverse("events:list")},
            {"name": _("Ideas"), "url": reverse("events:ideas")},
            {"name": idea.title},
        ],
    }  # fmt: skip
    return render(request, "events/idea_detail.html", context)


@require_POST
def idea_support(request: HttpRequest, public_id: UUID) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.visible_to(request.user), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.support_idea(idea, by=user, is_given=request.POST.get("support") == "yes")
    return redirect(safe_next(request, idea.get_absolute_url()))


@require_POST
def idea_move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    idea = get_object_or_404(Idea.objects.visible_to(request.user), public_id=public_id)
    user: Any = request.user
    with refusal_as_message(request):
        services.move_idea(idea, action, by=user, reason=request.POST.get("reason", ""))
        messages.success(request, _("Saved."))
    return redirect(idea)
