"""What every page's frame needs. Nothing here asks the database unless the template uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from cluster_portal.core.content import parts
from cluster_portal.notifications.inbox import unread_count

if TYPE_CHECKING:
    from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    unread = 0
    if user is not None and user.is_authenticated:
        unread = SimpleLazyObject(lambda: unread_count(user))  # type: ignore[assignment]
    return {
        "nav": parts(lambda one: one.navigation),
        "is_demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "feedback_email": settings.FEEDBACK_EMAIL,
        "unread_notifications": unread,
    }
