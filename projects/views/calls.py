"""Funding calls: the list with its feeds, and a call's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster_portal.core import feeds
from projects.models import FundingCall
from projects.pages import calls

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    return calls.CALLS.response(request)


@login_not_required
@require_safe
def call_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = FundingCall.objects.visible_to(request.user).select_related("home_cluster")
    call = get_object_or_404(visible, slug=slug)
    return render(request, "projects/call_detail.html", calls.values(call, request.user))


@login_not_required
@require_safe
def call_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(calls.CALLS, request)


@login_not_required
@require_safe
def call_calendar(request: HttpRequest) -> HttpResponse:
    return feeds.calendar(calls.CALLS, request, at="closes_at")
