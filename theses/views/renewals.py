"""Renewing a topic by the link of a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cluster_portal.core.errors import Refused
from theses.services import renewals
from theses.services.topics import renewed_until

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def renew_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows and changes nothing; the signed token of the mail is the permission."""
    found = renewals.read_token(token)
    if found is None:
        return render(request, "theses/renew_unknown.html", status=404)
    topic, user = found
    context: dict[str, Any] = {
        "topic": topic,
        "until": topic.expires_on,
        "new_until": renewed_until(topic),
    }
    if request.method == "POST":
        try:
            renewed = renewals.renew_topic(topic, by=user)
        except Refused as refusal:
            context["refusal"] = refusal.message
        else:
            context |= {"done": True, "until": renewed.expires_on}
    return render(request, "theses/renew_page.html", context)
