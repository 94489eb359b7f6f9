"""How a topic's texts have changed since it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.core import audit
from members.models import User
from theses.models import Topic
from theses.models.topic_workflow import is_offered_by
from theses.pages.topic_versions import act_in_words, versions_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ACTS = 50


@login_not_required
@require_safe
def topic_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """For whoever sees the topic; its own side also reads who did what."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), slug=slug)
    is_owner = request.user.is_authenticated and is_offered_by(topic, request.user)
    context = {
        "trail": [
            {"name": _("Theses"), "url": reverse("theses:list")},
            {"name": topic.heading, "url": topic.get_absolute_url()},
            {"name": _("Versions")},
        ],
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
