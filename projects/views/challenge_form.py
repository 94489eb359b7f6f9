"""Telling a challenge step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core import origin
from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.challenges import WhatForm
from projects.models import Challenge
from projects.pages import challenge_form as page
from projects.pages.challenges import trail
from projects.services.challenge_telling import UNPUBLISHED, edit_challenge, tell_challenge
from projects.services.challenges import move_challenge

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    if not page.may_tell(request.user):
        context = {"trail": trail(_("Tell a challenge")), "current": "challenges"}
        return render(request, "projects/challenge_why.html", context)
    need = page.need_of(request.GET.get("need", ""), request.user)
    begun = page.begun_from(need) if need else _seed(request)
    form = WhatForm(request.POST or None, user=request.user, initial=begun)
    made: list[Challenge] = []
    if has_done(
        request, form,
        lambda: made.append(tell_challenge(form.values, by=request.user, need=need)),
    ):  # fmt: skip
        origin.tie_to_seed(request.GET, made[0], request.user)
        return _onward(request, made[0], "what")
    return _step(request, form, page.values("what", None, request.user) | {"need": need})


def _seed(request: HttpRequest) -> dict[str, str]:
    words = origin.begun(request.GET, request.user)
    return {"title_fi": words["title"], "background": words["text"]} if words else {}


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_tell(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    challenge = get_object_or_404(
        Challenge.objects.editable_by(request.user).select_related("organisation"), slug=slug
    )
    if step not in page.STEPS:
        raise Http404
    if challenge.stage not in UNPUBLISHED:
        return redirect(challenge)
    form: Any = page.form_of(step, challenge, request.user, request.POST or None)
    seen = request.POST.get("seen", "")
    if has_done(
        request, form, lambda: edit_challenge(challenge, form.values, by=request.user, seen=seen)
    ):
        return _onward(request, challenge, step)
    return _step(request, form, page.values(step, challenge, request.user))


def _step(request: HttpRequest, form: forms.Form, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "projects/challenge_tell.html", {**values, "form": form}, status=status)


def _onward(request: HttpRequest, challenge: Challenge, step: str) -> HttpResponse:
    """To the next step, or away: the draft is kept."""
    then = request.POST.get("then", "")
    if then == "later":
        messages.success(request, _("The draft is kept. You can go on whenever you like."))
        return redirect(challenge)
    if step != "check":
        return redirect(page.address(challenge, page.after(step)))
    if then in {"submit", "publish"}:
        with refusal_as_message(request):
            move_challenge(challenge, then, by=request.user)
            messages.success(request, page.said_of(then))
            return redirect(challenge)
    return redirect(page.address(challenge, "check"))
