"""The list of topics and a topic's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from theses import topic_list as listing
from theses.models import Topic
from theses.pages import topic_page

if TYPE_CHECKING:
    from django.http import HttpRequest


@login_not_required
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    parts = listing.parts(request)
    if getattr(request, "htmx", False):
        response = HttpResponse(parts["results"])
    else:
        context = {
            "trail": [{"name": _("Theses")}],
            "list_url": reverse("theses:list"),
            "q": parts["q"],
            "faceted": {"chosen": parts["chosen"]},
            "kept_facets": parts["facets"],
            "kept_results": parts["results"],
        }
        response = render(request, "theses/topic_list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = topic_page.complete(Topic.objects.visible_to(request.user), request.user)
    topic = get_object_or_404(rows, slug=slug)
    return render(request, "theses/topic_page.html", topic_page.values(request.user, topic))
