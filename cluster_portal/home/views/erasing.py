"""Erasing one's own account: what would happen, the word that confirms it, and the page after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.core.errors import Refused
from members.forms.erasing import EraseForm
from members.services import erasure

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def account_erase(request: HttpRequest) -> HttpResponse:
    """GET shows what would happen; POST asks for the password again, then does it."""
    user: Any = request.user
    form = EraseForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        return _erase(request)
    context = {
        "form": form,
        "blockers": erasure.blockers(user),
        "effects": erasure.effects(user),
        "trail": [
            {"name": _("My desk"), "url": reverse("home:desk")},
            {"name": _("My data"), "url": reverse("home:my_data")},
            {"name": _("Erase my account")},
        ],
    }
    return render(request, "home/erase.html", context, status=422 if form.errors else 200)


@reauthentication_required
def _erase(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    try:
        erasure.erase_account(user, by=user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("home:account_erase")
    logout(request)
    return redirect("home:account_erased")


@login_not_required
@require_safe
def account_erased(request: HttpRequest) -> HttpResponse:
    context = {"trail": [{"name": _("Your account has been erased")}]}
    return render(request, "home/erased.html", context)
