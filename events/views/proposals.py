"""Planning an event in steps, and beginning one from another, from a template, as a series."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import has_done, refusal_as_message
from events.forms.proposals import BeginForm
from events.forms.series import RepeatForm, TemplateForm
from events.models import Event, EventTemplate
from events.models.events import Mode
from events.pages import event_form as page
from events.pages import proposals as pages
from events.services import copies
from events.services.editing import edit_event
from events.services.events import move_event
from events.services.proposals import propose_event

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    user: Any = request.user
    if not pages.may_propose(user):
        return render(request, "events/event_why.html", {"trail": pages.trail(_("Plan an event"))})
    source = pages.source_of(request.GET, user)
    form = BeginForm(request.POST or None, user=user, initial=pages.begun_from(source))
    made: list[Event] = []
    places: dict[Mode, int | None] = {Mode.ON_SITE: None}
    if has_done(
        request, form,
        lambda: made.append(propose_event(form.values, places, by=user, source=source)),
    ):  # fmt: skip
        return _onward(request, made[0], "what")
    behind = source.challenge or source.project
    return _step(request, form, page.values("what", None, user) | {"source": behind})


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, slug: str, step: str = "what") -> HttpResponse:
    event = _event(request, slug)
    user: Any = request.user
    if step not in page.steps_of(event, user):
        raise Http404
    if not page.can_be_changed(event):
        return redirect(event)
    form: Any = page.form_of(step, event, user, request.POST or None)
    if step == "publish":
        return _publish(request, event, form)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form,
        lambda: edit_event(
            event, form.changes, by=user, seen=seen, following=form.is_for_following
        ),
    ):  # fmt: skip
        return _onward(request, event, step)
    return _step(request, form, page.values(step, event, user))


def _publish(request: HttpRequest, event: Event, form: BaseForm) -> HttpResponse:
    """The last step: sent for review, published, or left for later."""
    then = request.POST.get("then", "")
    if then == "later":
        return redirect(event)
    if then in {"submit", "publish"} and form.is_valid():
        user: Any = request.user
        with refusal_as_message(request):
            if form.cleaned_data.get("all_of_series"):
                copies.move_series(event, then, by=user)
            else:
                move_event(event, then, by=user)
            messages.success(request, _said(then))
            return redirect(event)
    return _step(request, form, page.values("publish", event, request.user))


def _said(action: str) -> str:
    if action == "publish":
        return _("The event is published. Registration works by itself from now on.")
    return _("The event waits for a coordinator. You are told what happens.")


def _step(request: HttpRequest, form: BaseForm, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "events/event_form.html", {**values, "form": form}, status=status)


def _onward(request: HttpRequest, event: Event, step: str) -> HttpResponse:
    if request.POST.get("then", "") == "later":
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect(event)
    return redirect(page.address(event, page.after(step, event, request.user)))


@require_POST
def event_copy(request: HttpRequest, slug: str) -> HttpResponse:
    event, key = _event(request, slug), _key(request)
    user: Any = request.user
    with refusal_as_message(request):
        made = copies.copy_event(event, by=user, key=key)
        messages.success(request, _("This is a copy. Check its day first."))
        return redirect(page.address(made, "when"))
    return redirect(event)


@require_POST
def template_begin(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = EventTemplate.objects.visible_to(request.user).select_related("organisation")
    template, key = get_object_or_404(rows, public_id=public_id), _key(request)
    user: Any = request.user
    with refusal_as_message(request):
        made = copies.begin_from_template(template, by=user, key=key)
        messages.success(request, _("Begun from the template. Check its day first."))
        return redirect(page.address(made, "when"))
    return redirect("events:propose")


@require_POST
def template_remove(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = EventTemplate.objects.editable_by(request.user)
    copies.remove_template(get_object_or_404(rows, public_id=public_id))
    messages.success(request, _("The template is removed."))
    return redirect("events:propose")


@require_http_methods(["GET", "HEAD", "POST"])
def event_template(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    form = TemplateForm(request.POST or None, initial={"name": event.title_fi[:100]})
    user: Any = request.user
    if has_done(
        request, form,
        lambda: copies.save_template(event, form.cleaned_data["name"], by=user),
        _("The template is kept. It is offered where your people plan an event."),
    ):  # fmt: skip
        return redirect(event)
    return _small(request, form, event, _("Keep as a template"), _("Keep"))


@require_http_methods(["GET", "HEAD", "POST"])
def event_repeat(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(request, slug)
    form = RepeatForm(request.POST or None, event=event)
    user: Any = request.user
    made: list[Event] = []
    if has_done(
        request, form, lambda: made.extend(copies.repeat_event(event, form.chosen, by=user))
    ):
        told = ngettext("%(count)d draft was made.", "%(count)d drafts were made.", len(made))
        messages.success(request, told % {"count": len(made)})
        return redirect(event)
    return _small(request, form, event, _("Repeat the event"), _("Make the series"))


def _small(
    request: HttpRequest, form: BaseForm, event: Event, title: str, button: str
) -> HttpResponse:
    values = {
        "form": form, "event": event, "title": title, "button": button,
        "trail": pages.trail(event, title),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "events/organiser_form.html", values, status=status)


def _event(request: HttpRequest, slug: str) -> Event:
    rows = Event.objects.editable_by(request.user).prefetch_related("seats")
    rows = rows.select_related("organisation", "home_cluster", "series")
    return get_object_or_404(rows, slug=slug)


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid.uuid4()
