"""What every page's frame needs. Nothing here asks the database unless the template uses it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cluster_portal.core.registries import navigation
from cluster_portal.notifications.inbox import unread_count


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    unread = 0
    if user is not None and user.is_authenticated:
        unread = SimpleLazyObject(lambda: unread_count(user))  # type: ignore[assignment]
    return {
        "nav": list(navigation),
        "is_demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "feedback_email": settings.FEEDBACK_EMAIL,
        "unread_notifications": unread,
    }
