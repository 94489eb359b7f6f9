"""Staff use a second factor everywhere but in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader

# Their own account, where they add the factor or sign out; what machines read; the demo's mail.
OPEN = ("account_", "mfa_", "usersessions_", "plain:")


def lacks_second_factor(user: Reader) -> bool:
    return user.is_authenticated and not settings.DEMO and not is_mfa_enabled(user)


def ask_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A password alone opens nothing of what a coordinator may do, inside the admin or outside."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.view_name.startswith(OPEN):
            return None
        if not request.user.is_authenticated or not request.user.is_staff:
            return None
        return led_to_enrol(request) if lacks_second_factor(request.user) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def led_to_enrol(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Administration needs a second factor. Add one first."))
    return redirect("mfa_index")
