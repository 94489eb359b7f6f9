"""One search box over everything that the reader may see, grouped by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cluster_portal.core import search as finder
from cluster_portal.core.registries import SearchKind, search_kinds

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_KIND = 5
MAX_QUERY = 200


def _hits(kind: SearchKind, user: Any, q: str) -> dict[str, Any]:
    found = list(finder.ranked(finder.search(kind.visible(user), q))[: PER_KIND + 1])
    return {
        "key": kind.key,
        "label": kind.label,
        "rows": [_line(obj, q) for obj in found[:PER_KIND]],
        "all_url": f"{reverse(kind.list_url_name)}?{urlencode({'q': q})}",
        "has_more": len(found) > PER_KIND,
    }


def _line(obj: Any, q: str) -> dict[str, Any]:
    return {
        "title": finder.snippet(obj.search_title, q),
        "text": finder.snippet(obj.search_summary, q),
        "url": obj.get_absolute_url(),
    }


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:MAX_QUERY]
    groups = [_hits(kind, request.user, q) for kind in search_kinds] if q else []
    groups = [group for group in groups if group["rows"]]
    context = {
        "trail": [{"name": pgettext("page", "Search")}],
        "q": q,
        "groups": groups,
        "count": sum(len(group["rows"]) for group in groups),
        "has_more": any(group["has_more"] for group in groups),
    }
    return render(request, "home/search.html", context)
