"""What the events' mails need beyond the registration itself: links that work without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail
    from events.models import Registration

SALT = "events.registration"


def token_of(registration: Registration) -> str:
    """Names one registration and its address; a changed address makes old links void."""
    return signing.dumps([str(registration.public_id), registration.email], salt=SALT, compress=True)


def link_of(registration: Registration) -> str:
    """The page of one registration that its holder opens without signing in."""
    path = reverse("events:registration_by_link", args=[token_of(registration)])
    return f"{settings.SITE_URL}{path}"


def about_registration(mail: OutboxMail) -> dict[str, Any]:
    """Context of every kind whose `about` is a registration."""
    registration = mail.about
    event = registration.event
    return {
        "event": event,
        "registration": registration,
        "position": registration.position,
        "manage_url": link_of(registration),
        "event_url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "ics_url": f"{settings.SITE_URL}{reverse('events:ics', args=[event.slug])}",
    }
