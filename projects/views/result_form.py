"""Telling a result step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core.http import has_done, refusal_as_message
from projects.forms.results import WhatForm
from projects.models import Result
from projects.pages import result_form as page
from projects.pages.results import trail
from projects.services.result_telling import edit_result, may_edit, may_tell, tell_result
from projects.services.results import move_result

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def result_propose(request: HttpRequest) -> HttpResponse:
    """A visitor, and who belongs to no member organisation, reads what it is for."""
    user: Any = request.user
    if not may_tell(user):
        return render(request, "projects/result_why.html", {"trail": trail(_("Tell a result"))})
    begun = page.begun_from(request.GET, user)
    form = WhatForm(request.POST or None, user=user, initial=page.initial_of(begun))
    made: list[Result] = []
    if has_done(request, form, lambda: made.append(tell_result(form.values, by=user, begun=begun))):
        return _onward(request, made[0], "what")
    return _step(request, form, page.values("what", None, user) | {"begun": begun.things})


@require_http_methods(["GET", "HEAD", "POST"])
def result_tell(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    rows = Result.objects.editable_by(request.user).select_related("organisation")
    result = get_object_or_404(rows, slug=slug)
    if step not in page.STEPS:
        raise Http404
    user: Any = request.user
    if not may_edit(result, user):
        return redirect(result)
    files = request.FILES if request.method == "POST" else None
    form: Any = page.form_of(step, result, user, request.POST or None, files)
    seen = request.POST.get("seen", "")
    if has_done(request, form, lambda: edit_result(result, form.values, by=user, seen=seen)):
        return _onward(request, result, step)
    return _step(request, form, page.values(step, result, user))


def _step(request: HttpRequest, form: forms.Form, values: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "projects/result_tell.html", {**values, "form": form}, status=status)


def _onward(request: HttpRequest, result: Result, step: str) -> HttpResponse:
    """To the next step, or away: the draft is kept."""
    then = request.POST.get("then", "")
    if then == "later":
        messages.success(request, _("The draft is kept. You can go on whenever you like."))
        return redirect(result)
    if step != "check":
        return redirect(page.address(result, page.after(step)))
    if then in {"submit", "publish"}:
        user: Any = request.user
        with refusal_as_message(request):
            move_result(result, then, by=user)
            messages.success(request, page.said_of(then))
            return redirect(result)
    return redirect(result)
