"""What the portal holds of the reader herself, on a page and as a file (DOMAIN 2.12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core.registries import PersonalData, personal_data

if TYPE_CHECKING:
    from django.http import HttpRequest

PLAIN: dict[str, Any] = {"ensure_ascii": False, "indent": 2, "default": str}


def _part(source: PersonalData, user: Any) -> dict[str, Any]:
    rows = source.export(user)
    return {
        "key": source.key,
        "label": source.label,
        "count": len(rows),
        "text": json.dumps(rows, **PLAIN),
    }


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    context = {
        "trail": [{"name": _("My desk"), "url": reverse("home:desk")}, {"name": _("My data")}],
        "parts": [_part(source, request.user) for source in personal_data],
    }
    return render(request, "home/my_data.html", context)


@require_safe
def my_data_file(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    content = {source.key: source.export(user) for source in personal_data}
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return JsonResponse(content, json_dumps_params=PLAIN, headers=headers)
