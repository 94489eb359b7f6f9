"""The list of topics and a topic's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from members.models import User
from theses.models import Thesis, Topic
from theses.models.topic_workflow import is_offered_by
from theses.pages import finished_list, topic_page
from theses.pages.presentation import trail
from theses.pages.topic_list import TOPICS
from theses.pages.topic_versions import act_in_words, versions_of
from theses.services import renewals
from theses.services.topics import renewed_until

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


ACTS = 50


@login_not_required
@require_safe
def topic_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever sees the topic; its own side also reads who did what."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), slug=slug)
    is_owner = request.user.is_authenticated and is_offered_by(topic, request.user)
    context = {
        "trail": trail(topic, _("Versions")),
        "topic": topic,
        "versions": versions_of(topic),
        "acts": _acts(topic) if is_owner else [],
    }
    return render(request, "theses/topic_versions.html", context)


def _acts(topic: Topic) -> list[dict[str, Any]]:
    return [
        {
            "when": entry.at,
            "what": act_in_words(entry.action),
            "text": " · ".join(filter(None, [_who(entry), entry.reason])),
        }
        for entry in audit.of(topic)[:ACTS]
    ]


def _who(entry: audit.AuditEntry) -> str:
    """An erased person leaves a number behind, nothing else."""
    if entry.actor_id is None:
        return _("the portal")
    try:
        return str(entry.actor)
    except User.DoesNotExist:
        return _("a removed user")


@login_not_required
@require_safe
def finished_theses(request: HttpRequest) -> HttpResponse:
    return finished_list.FINISHED.response(request)


@login_not_required
@require_safe
def finished_thesis(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Thesis.objects.visible_to(request.user).finished().defer("search")
    related = (*finished_list.RELATED, "application__student")
    thesis = get_object_or_404(rows.select_related(*related), slug=slug)
    context = finished_list.values(thesis, request.user)
    own = Thesis.objects.editable_by(request.user)
    context["is_ours"] = own.contains(thesis)
    return render(request, "theses/finished_page.html", context)


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
