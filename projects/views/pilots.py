"""Pilots: the list, the library of learnings, a pilot's page and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.learnings import LearningsForm
from projects.forms.pilots import FactsForm, MakerForm, PilotBeginForm, PilotEditForm
from projects.models import Pilot, PilotMaker
from projects.models.pilots import MOVES
from projects.pages import pilot_form as form_page
from projects.pages import pilots
from projects.pages.pilot_lists import LEARNINGS, PILOTS
from projects.services.learnings import write_learnings
from projects.services.pilot_makers import answer_maker, ask_maker, remove_maker
from projects.services.pilots import begin_pilot, edit_pilot, move_pilot, save_facts

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest, HttpResponse

    from members.models import User
    from projects.services.pilots import Sources


@login_not_required
@require_safe
def pilot_list(request: HttpRequest) -> HttpResponse:
    return PILOTS.response(request)


@login_not_required
@require_safe
def learning_list(request: HttpRequest) -> HttpResponse:
    return LEARNINGS.response(request)


@login_not_required
@require_safe
def pilot_detail(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    rows = pilots.complete(Pilot.objects.visible_to(user), user)
    pilot = get_object_or_404(rows, slug=slug)
    return render(request, "projects/pilot_detail.html", pilots.values(pilot, user=user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def pilot_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    user = request.user
    if not form_page.may_begin(user):
        context = {"trail": pilots.trail(_("Begin a pilot")), "current": "projects"}
        return render(request, "projects/pilot_why.html", context)
    sources = form_page.sources_of(request.GET, user)
    testbed = form_page.testbed_of(request.GET.get("testbed", ""), user)
    begun = form_page.begun_from(sources, testbed)
    form = PilotBeginForm(request.POST or None, user=user, initial=begun)
    made: list[Pilot] = []
    if has_done(
        request, form,
        lambda: made.append(_begun(form, user, sources)),
        _("The draft is kept. Next: what is still missing before it is published."),
    ):  # fmt: skip
        return redirect(made[0])
    return _form(request, "pilot_propose", form, form_page.begin_values(sources))


def _begun(form: PilotBeginForm, user: User, sources: Sources) -> Pilot:
    return begin_pilot(form.values, by=user, sources=sources, ask=form.cleaned_data["ask"])


def _form(request: HttpRequest, page: str, form: BaseForm, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"projects/{page}.html", {**values, "form": form}, status=status)


def _editable(request: HttpRequest, slug: str) -> Pilot:
    rows = Pilot.objects.editable_by(request.user).select_related("organisation")
    return get_object_or_404(rows, slug=slug)


def _around(pilot: Pilot, heading: str) -> dict[str, Any]:
    return {"pilot": pilot, "heading": heading, "trail": pilots.trail(pilot, heading),
            "current": "projects"}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_edit(request: HttpRequest, slug: str) -> HttpResponse:
    pilot = _editable(request, slug)
    form = PilotEditForm(request.POST or None, user=request.user, pilot=pilot)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: edit_pilot(pilot, form.values, by=request.user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(pilot)
    return _form(request, "pilot_edit", form, _around(pilot, _("The card of the pilot")))


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_facts(request: HttpRequest, slug: str) -> HttpResponse:
    pilot = _editable(request, slug)
    form = FactsForm(request.POST or None, pilot=pilot)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: save_facts(pilot, form.facts, by=request.user, seen=seen),
        _("Saved."),
    ):  # fmt: skip
        return redirect(pilot)
    return _form(request, "pilot_facts", form, _around(pilot, _("Permits and measured values")))


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_learnings(request: HttpRequest, slug: str) -> HttpResponse:
    pilot = _editable(request, slug)
    form = LearningsForm(request.POST or None, pilot=pilot)
    seen, close = request.POST.get("seen", ""), request.POST.get("then") == "close"
    if has_done(
        request, form,
        lambda: write_learnings(pilot, form.written, by=request.user, seen=seen, close=close),
        _("The pilot is closed, and its learnings are told.") if close else _("Saved."),
    ):  # fmt: skip
        return redirect(pilot)
    values = _around(pilot, _("What was learned"))
    values["can_close"] = MOVES.may("close", pilot, request.user)
    return _form(request, "pilot_learnings", form, values)


@require_http_methods(["GET", "HEAD", "POST"])
def pilot_makers(request: HttpRequest, slug: str) -> HttpResponse:
    pilot = _editable(request, slug)
    form = MakerForm(request.POST or None, user=request.user, pilot=pilot)
    if has_done(
        request, form, lambda: ask_maker(pilot, by=request.user, **form.cleaned_data),
        _("The organisation was asked. You are told when it answers."),
    ):  # fmt: skip
        return redirect("projects:pilot_makers", pilot.slug)
    values = _around(pilot, _("Makers"))
    values["rows"] = pilots.maker_rows(pilot, request.user)
    return _form(request, "pilot_makers", form, values)


def _maker(request: HttpRequest, slug: str, organisation: str) -> PilotMaker:
    rows = PilotMaker.objects.visible_to(request.user).select_related("pilot", "organisation")
    return get_object_or_404(rows, pilot__slug=slug, organisation__slug=organisation)


@require_POST
def maker_answer(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    maker = _maker(request, slug, organisation)
    accept = request.POST.get("answer") == "yes"
    with refusal_as_message(request):
        answer_maker(maker, accept=accept, by=request.user)
        said = _("Your organisation is now a maker of the pilot.") if accept else _(
            "Your answer was told to those who asked."
        )  # fmt: skip
        messages.success(request, said)
    if accept:
        return redirect(maker.pilot)
    return redirect("projects:pilots")


@require_POST
def maker_remove(request: HttpRequest, slug: str, organisation: str) -> HttpResponse:
    maker = _maker(request, slug, organisation)
    with refusal_as_message(request):
        remove_maker(maker, by=request.user)
        messages.success(request, _("The organisation is no longer a maker of the pilot."))
    if not Pilot.objects.editable_by(request.user).contains(maker.pilot):
        return redirect("projects:pilots")
    return redirect("projects:pilot_makers", slug)


@require_POST
def pilot_move(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    pilot = _editable(request, slug)
    with refusal_as_message(request):
        moved = move_pilot(pilot, action, by=request.user, reason=request.POST.get("reason", ""))
        stage = {"stage": moved.get_stage_display()}
        messages.success(request, _("The state is now “%(stage)s”.") % stage)
    if action == "finish":
        return redirect("projects:pilot_learnings", slug)
    return redirect(pilot)
