"""Tying a thesis to the challenge, project or measure that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.http import refusal_as_message
from theses import thread
from theses.pages import work_page
from theses.services import work_links
from theses.views.works import thesis_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_QUERY, PK_DIGITS = 200, 18


@require_http_methods(["GET", "HEAD", "POST"])
def thread_add(request: HttpRequest, public_id: Any) -> HttpResponse:
    """GET searches; POST ties the thesis to what one of the rows names."""
    thesis = thesis_of(request, public_id)
    if request.method == "POST":
        named = thread.anchor_named(request.POST.get("anchor", ""), request.user)
        if named is None:
            raise Http404
        with refusal_as_message(request):
            work_links.link_thesis(thesis, *named, by=request.user)
            messages.success(request, _("Saved."))
        return redirect(f"{thesis.workspace_url}#thread")
    q = request.GET.get("q", "")[:MAX_QUERY].strip()
    context = {
        "thesis": thesis,
        "q": q,
        "rows": thread.found_anchors(q, request.user),
        "trail": work_page.trail_of(thesis, _("Add a link")),
    }
    return render(request, "theses/work_thread.html", context)


@require_POST
def thread_remove(request: HttpRequest, public_id: Any) -> HttpResponse:
    thesis = thesis_of(request, public_id)
    link = request.POST.get("link", "")
    if not (link.isascii() and link.isdigit() and len(link) < PK_DIGITS):
        raise Http404
    with refusal_as_message(request):
        work_links.unlink_thesis(thesis, int(link), by=request.user)
        messages.success(request, _("Removed."))
    return redirect(f"{thesis.workspace_url}#thread")
