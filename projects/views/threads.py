"""Threads: their list, one of them, following it, and where they are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import page_of, refusal_as_message
from projects.pages import thread_breaks, threads
from projects.services import thread_follows

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20


@login_not_required
@require_safe
def thread_list(request: HttpRequest) -> HttpResponse:
    begun = threads.begun(request.user)
    page = page_of(request, begun, PER_PAGE)
    page.object_list = threads.rows(list(page.object_list), request.user)
    return render(request, "projects/thread_list.html", {
        "page": page, "trail": threads.trail(), "current": "programme",
        "coordinates": threads.mends(request.user),
    })  # fmt: skip


@login_not_required
@require_safe
def thread_detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    shown = threads.found(kind, slug, request.user)
    return render(request, "projects/thread_detail.html", threads.values(shown, request.user))


@require_POST
def thread_follow(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    shown = threads.found(kind, slug, request.user)
    things = threads.followable(shown)
    with refusal_as_message(request):
        if request.POST.get("do") == "unfollow":
            thread_follows.unfollow(things, by=request.user)
            messages.success(request, _("You no longer follow the things on this thread."))
        else:
            thread_follows.follow(things, by=request.user)
            messages.success(request, _("You follow this. You are told what becomes of it."))
    return redirect("projects:thread", kind, slug)


@require_safe
def break_list(request: HttpRequest) -> HttpResponse:
    """Where threads end that should go on: for those who can mend them."""
    if not threads.mends(request.user):
        raise Http404
    return render(request, "projects/thread_breaks.html", thread_breaks.values(request.user))
