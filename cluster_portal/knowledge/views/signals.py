"""Signals of the future: the register, proposing, assessing, supporting, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import feeds, origin
from cluster_portal.core.http import has_done, refusal_as_message
from cluster_portal.knowledge.forms.signals import ProposeForm, SignalForm, UseForm
from cluster_portal.knowledge.models import Signal
from cluster_portal.knowledge.pages import signals as page
from cluster_portal.knowledge.pages.situation import trail
from cluster_portal.knowledge.services import signals as services

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def signal_list(request: HttpRequest) -> HttpResponse:
    return page.SIGNALS.response(request)


@login_not_required
@require_safe
def signal_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(page.SIGNALS, request)


@login_not_required
@require_safe
def signal_report(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/signal_report.html", page.report(request.user))


@login_not_required
@require_safe
def signal_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Signal.objects.visible_to(request.user).select_related("region", "home_cluster")
    signal = get_object_or_404(rows, slug=slug)
    values = page.values(signal, request.user) | {"use_form": UseForm()}
    return render(request, "knowledge/signal_detail.html", values)


def _form(request: HttpRequest, form: BaseForm, heading: str, template: str, **more: Any) -> Any:
    above = (page.TITLE, reverse("situation:signals"))
    context = {
        "form": form, "heading": heading, "current": "situation", "trail": trail(above, heading),
        **more,
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def signal_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who is no member, reads what it is for."""
    user: Any = request.user
    if not services.may_propose(user):
        above = (page.TITLE, reverse("situation:signals"))
        context = {"trail": trail(above, _("Propose a signal")), "current": "situation"}
        return render(request, "knowledge/signal_why.html", context)
    form = ProposeForm(request.POST or None, begun=origin.begun(request.GET, user))
    made: list[Signal] = []
    if has_done(
        request, form, lambda: made.append(services.propose_signal(form.values, by=user)),
        _("Thank you. A coordinator reads it and answers you."),
    ):  # fmt: skip
        origin.tie_to_seed(request.GET, made[0], user)
        return redirect(made[0])
    return _form(request, form, _("Propose a signal"), "knowledge/signal_propose.html")


@require_http_methods(["GET", "HEAD", "POST"])
def signal_edit(request: HttpRequest, slug: str) -> HttpResponse:
    signal = get_object_or_404(Signal.objects.editable_by(request.user), slug=slug)
    form = SignalForm(request.POST or None, signal=signal, user=request.user)
    user: Any = request.user
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: services.edit_signal(signal, form.values, by=user, seen=seen),
        _("The signal is saved."),
    ):  # fmt: skip
        return redirect(signal)
    heading = _("Assess the signal") if form.is_coordinator else _("Edit the signal")
    return _form(request, form, heading, "knowledge/signal_edit.html", signal=signal)


@require_POST
def signal_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    signal = get_object_or_404(Signal.objects.editable_by(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        reason = request.POST.get("reason", "")
        moved = services.move_signal(signal, action, by=user, reason=reason)
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    return redirect(signal)


@require_POST
def signal_support(request: HttpRequest, slug: str) -> HttpResponse:
    signal = get_object_or_404(Signal.objects.visible_to(request.user), slug=slug)
    user: Any = request.user
    with refusal_as_message(request):
        services.support(signal, by=user, is_on=request.POST.get("do") != "withdraw")
    return redirect(signal)


@require_POST
def signal_use(request: HttpRequest, slug: str) -> HttpResponse:
    signal = get_object_or_404(Signal.objects.managed_by(request.user), slug=slug)
    form = UseForm(request.POST)
    user: Any = request.user
    if has_done(
        request, form, lambda: services.add_use(signal, form.cleaned_data, by=user),
        _("The use is recorded."),
    ):  # fmt: skip
        return redirect(signal)
    heading = _("Record a decision")
    return _form(request, form, heading, "knowledge/situation_form.html")
