"""What the events' mails need beyond their rows: links that work without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from cluster_portal.notifications.kinds import NothingToSay
from events.models import Registration
from events.models.events import Stage as EventStage
from events.presentation import day_of, span

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail

SALT = "events.registration"


def token_of(registration: Registration) -> str:
    """Names one registration and its address; a changed address makes old links void."""
    return signing.dumps([str(registration.public_id), _address_mark(registration)], salt=SALT)


def _address_mark(registration: Registration) -> str:
    """Changes with the address without telling it: links end up in logs."""
    return salted_hmac(SALT, registration.email.lower()).hexdigest()[:16]


def link_of(registration: Registration) -> str:
    """The page of one registration that its holder opens without signing in."""
    path = reverse("events:registration_by_link", args=[token_of(registration)])
    return f"{settings.SITE_URL}{path}"


def about_registration(mail: OutboxMail) -> dict[str, Any]:
    """Context of every kind whose `about` is a registration."""
    registration: Any = mail.about
    event = registration.event
    return {
        "event": event,
        "registration": registration,
        "position": registration.position,
        "when": span(event.starts_at, event.ends_at),
        "day": day_of(event),
        "manage_url": link_of(registration),
        "place": registration.place,
        "event_url": f"{settings.SITE_URL}{event.get_absolute_url()}",
        "ics_url": f"{settings.SITE_URL}{reverse('events:ics', args=[event.slug])}",
    }


def about_event(mail: OutboxMail) -> dict[str, Any]:
    """Context of every kind whose `about` is an event."""
    event: Any = mail.about
    return {
        "event": event,
        "when": span(event.starts_at, event.ends_at),
        "day": day_of(event),
        "place": event.open_place,
    }


def about_reminder(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said of an event that was called off, or to one who will not come."""
    registration: Any = mail.about
    is_on = registration.event.stage == EventStage.PUBLISHED and not registration.event.is_over
    if not (is_on and registration.has_place):
        raise NothingToSay
    return about_registration(mail)


def registration_of(token: str) -> Registration | None:
    """The registration that a link names; None for one that is broken, altered or out of date."""
    try:
        public_id, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = Registration.objects.filter(public_id=public_id)
    registration = found.select_related("event", "seats", "user").first()
    is_current = registration is not None and _address_mark(registration) == mark
    return registration if is_current else None
