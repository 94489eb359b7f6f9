"""What the portal holds of the reader themselves, on a page and as a file (DOMAIN 2.12)."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core import audit, content

if TYPE_CHECKING:
    from django.http import HttpRequest

    from cluster_portal.core.visibility import Reader

PLAIN: dict[str, Any] = {"ensure_ascii": False, "indent": 2, "default": str}
# A page left open on a shared machine gives no whole copy of a person away.
FRESH_SECONDS = 15 * 60


def _part(source: content.PersonalData, user: Reader) -> dict[str, Any]:
    rows = source.export(user)
    return {
        "key": source.key,
        "label": source.label,
        "count": len(rows),
        "text": json.dumps(rows, **PLAIN),
    }


def _is_fresh(request: HttpRequest) -> bool:
    """Whether they signed in, or gave their password anew, within a quarter of an hour."""
    user: Any = request.user
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """How much there is of what; the contents to a reader who has just signed in."""
    is_fresh = _is_fresh(request)
    if "contents" in request.GET and not is_fresh:
        raise ReauthenticationRequired
    context = {
        "is_fresh": is_fresh,
        "trail": [{"name": _("My desk"), "url": reverse("home:desk")}, {"name": _("My data")}],
        "parts": [_part(source, request.user) for source in content.parts(lambda one: one.exports)],
    }
    return render(request, "home/my_data.html", context)


@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    if not _is_fresh(request):
        raise ReauthenticationRequired
    user: Any = request.user
    audit.record(user, "own data exported", by=user)
    held = content.parts(lambda one: one.exports)
    rows = {source.key: source.export(user) for source in held}
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return JsonResponse(rows, json_dumps_params=PLAIN, headers=headers)
