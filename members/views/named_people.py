"""The page on which a person recorded with a membership answers. GET shows, POST acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cluster_portal.core.errors import Refused
from members.models import NamedPerson
from members.pages import named_people as pages
from members.services import named_people

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ANSWERS: dict[str, Any] = {
    "accept": named_people.accept,
    "decline": named_people.decline,
    "disown": named_people.disown,
}


@login_not_required
@never_cache
def named_link(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: whoever has the link may decline without an account."""
    try:
        person = named_people.read(token)
    except Refused as refusal:
        return render(request, "members/named.html", {"refusal": refusal.message})
    return _page(request, person)


@never_cache
def named(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For an account with the same address, as a proposal; others only see it."""
    rows = NamedPerson.objects.visible_to(request.user).select_related("organisation", "cluster")
    person = get_object_or_404(rows, public_id=public_id)
    if request.method == "POST" and not named_people.holds_address(person, request.user):
        raise Http404
    return _page(request, person)


def _page(request: HttpRequest, person: NamedPerson) -> HttpResponse:
    if request.method != "POST":
        return render(request, "members/named.html", pages.invitation(person, request.user))
    answer = request.POST.get("answer", "")
    if answer not in ANSWERS:
        raise Http404
    if answer == "accept" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        ANSWERS[answer](person, by=request.user if request.user.is_authenticated else None)
    except Refused as refusal:
        context = {**pages.invitation(person, request.user), "error": refusal.message}
        return render(request, "members/named.html", context, status=422)
    return _answered(request, person, answer)


def _answered(request: HttpRequest, person: NamedPerson, answer: str) -> HttpResponse:
    if answer == "accept":
        messages.success(request, pages.welcome(person, request.user))
        return redirect(person.organisation or "home:desk")
    if request.user.is_authenticated:
        messages.success(request, _("Thank you, your answer has been recorded."))
        return redirect("home:desk")
    context = {"answered": answer, "is_decline": answer == "decline"}
    return render(request, "members/named.html", context)
