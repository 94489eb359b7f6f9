"""For machines: is the process alive, can it serve; no secrets in either answer."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cluster_portal.core.database import readiness
from cluster_portal.core.http import probes
from cluster_portal.core.http.outages import Outage
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import restored

VALID_FOR = datetime.timedelta(days=180)


@login_not_required
@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and can write; the age of the mail queue beside it.

    Without the cache or the beat pages work, so these are only told: a balancer must not take every
    machine away for what they share. The answer comes within three seconds, whatever is frozen.
    """
    outage = readiness.trouble()
    if outage is Outage.AWAY:
        return JsonResponse({"database": "away"}, status=503)
    if outage is Outage.FULL:
        return JsonResponse({"database": "ok", "storage": "full"}, status=503)
    try:
        mail = {"oldest_mail_minutes": _oldest_mail_minutes(), "mail_is_held": restored.is_held()}
    except DatabaseError:
        return JsonResponse({"database": "away"}, status=503)
    return JsonResponse({"database": "ok", "storage": "ok", **mail, **_shared()})


def _shared() -> dict[str, object]:
    """What all machines share."""
    beat = probes.beat_seconds()
    return {
        "cache": "ok" if probes.cache_answers() else "away",
        "beat_seconds": None if beat is None else round(beat),
    }


def _oldest_mail_minutes() -> int:
    """Since it was written: what is put off again and again has waited all the time."""
    oldest = OutboxMail.objects.waiting().aggregate(Min("created_at"))["created_at__min"]
    return int((timezone.now() - oldest).total_seconds() // 60) if oldest else 0


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it must say until when it holds, so it always holds for another half year."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return _plain_text(request, "home/security.txt", {"expires": today + VALID_FOR})


@login_not_required
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    return _plain_text(request, "home/robots.txt")


def _plain_text(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    return render(request, template, context, content_type="text/plain; charset=utf-8")
