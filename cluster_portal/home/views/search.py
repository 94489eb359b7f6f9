"""One search box over everything that the reader may see, grouped by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of
from cluster_portal.home.pages import search as results

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_QUERY = 200
FEW = 20  # found rows, below which what is related is shown too


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").strip()[:MAX_QUERY]
    kinds = results.everything(request.user, q) if q else []
    chosen = next((hits for hits in kinds if hits.key == request.GET.get("kind")), None)
    context: dict[str, Any] = {
        "trail": [{"name": pgettext("page", "Search")}],
        "q": q,
        "kinds": kinds,
        "chosen": chosen,
        "count": chosen.count if chosen else sum(hits.count for hits in kinds),
    }
    if chosen:
        page = context["page"] = page_of(request, chosen.rows, count=chosen.count)
        context["rows"] = [results.line(found, q) for found in page.object_list]
    else:
        context["groups"] = [_group(hits, q) for hits in kinds]
        rows = results.related(request.user, q, kinds) if q and context["count"] < FEW else []
        context["related"] = [results.line(row, q) for row in rows]
        context["suggestion"] = results.suggestion(request.user, q) if q and not kinds else None
    return render(request, "home/search.html", context)


def _group(hits: results.Hits, q: str) -> dict[str, Any]:
    rows = [results.line(found, q) for found in hits.first]
    return {"key": hits.key, "label": hits.label, "rows": rows, "has_more": hits.has_more}
