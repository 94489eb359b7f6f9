"""The list of topics and a topic's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from theses.models import Topic
from theses.pages import topic_page
from theses.pages.topic_list import TOPICS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    return TOPICS.response(request)


@login_not_required
@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = topic_page.complete(Topic.objects.visible_to(request.user), request.user)
    topic = get_object_or_404(rows, slug=slug)
    return render(request, "theses/topic_page.html", topic_page.values(request.user, topic))
