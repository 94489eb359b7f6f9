"""Error pages in the reader's language: no echo of path or title, never a stack trace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

from cluster_portal.core.http import outages, with_next
from cluster_portal.core.http.outages import Outage
from cluster_portal.notifications.sending.rendering import FROM_LETTER

if TYPE_CHECKING:
    from django.http import HttpRequest

RETRY_AFTER = 30  # seconds
A_WINDOW = 300  # seconds that the limits of allauth's forms look back


def _language(request: HttpRequest) -> str:
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


def _error(request: HttpRequest, status: int) -> HttpResponse:
    with translation.override(_language(request)):
        return render(request, f"errors/{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Who followed a letter signed out is asked to sign in, whether or not the page exists."""
    if FROM_LETTER in request.GET and not request.user.is_authenticated:
        asked = request.GET.copy()
        del asked[FROM_LETTER]
        going = f"{request.path}?{asked.urlencode()}".removesuffix("?")
        return redirect(with_next(reverse("account_login"), going))
    return _error(request, 404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = _error(request, 429)
    response.headers["Retry-After"] = str(A_WINDOW)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: its context would ask the session, which may be what broke."""
    outage = outages.behind(sys.exception())
    with translation.override(_language(request)):
        if outage:
            return _unavailable(request, outage)
        return HttpResponse(render_to_string("errors/500.html"), status=500)


def _unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """503; what a form carried lies in the page, to be sent again when it is over."""
    fields = _sent_fields(request)
    context = {
        "is_full": outage is Outage.FULL,
        "fields": fields,
        "has_files": bool(fields and request.FILES),
        "again": request.get_full_path(),
        "csrf_token": get_token(request) if fields else "",
    }
    page = HttpResponse(render_to_string("errors/503.html", context), status=503)
    page.headers["Retry-After"] = str(RETRY_AFTER)
    page.headers["Cache-Control"] = "no-store"
    return page


def _sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Of a form of our own only (its token was checked), and never a password."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    sent = request.POST
    names = (name for name in sent if "password" not in name and name != "csrfmiddlewaretoken")
    return [(name, value) for name in names for value in sent.getlist(name)]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403)
