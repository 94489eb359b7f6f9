"""What the events' mails need beyond their rows: links that work without an account."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from cluster_portal.notifications.kinds import NothingToSay
from events.models import Registration
from events.models.events import Mode
from events.models.events import Stage as EventStage
from events.presentation import day_of, queue_words, registration_words, request_words, span

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail

SALT = "events.registration"


def token_of(registration: Registration) -> str:
    """Names one registration and its address; links of an earlier address open nothing."""
    return signing.dumps([str(registration.public_id), _address_mark(registration)], salt=SALT)


def _address_mark(registration: Registration) -> str:
    """Changes with the address without telling it: links end up in logs."""
    return salted_hmac(SALT, registration.address.lower()).hexdigest()[:16]


def link_of(registration: Registration, page: str = "registration_by_link") -> str:
    """The page of one registration that its holder opens without signing in."""
    path = reverse(f"events:{page}", args=[token_of(registration)])
    return f"{settings.SITE_URL}{path}"


def about_registration(mail: OutboxMail) -> dict[str, Any]:
    """Context of every kind: all are about a registration, and every link opens by its token."""
    registration: Any = mail.about
    event = registration.event
    return {
        "event": event,
        "registration": registration,
        "when": span(event.starts_at, event.ends_at),
        "day": day_of(event),
        "place": registration.place,
        "link": registration.join_link,
        "url": link_of(registration),
        "manage_url": link_of(registration),
        "ics_url": link_of(registration, "ics_by_link"),
    }


def about_request(mail: OutboxMail) -> dict[str, Any]:
    """What confirming leads to: a place, or one in the queue."""
    registration: Any = mail.about
    return {**about_registration(mail), "request_words": request_words(registration.seats)}


def about_queue(mail: OutboxMail) -> dict[str, Any]:
    registration: Any = mail.about
    return {**about_registration(mail), "queue_words": queue_words(registration)}


def about_again(mail: OutboxMail) -> dict[str, Any]:
    """Sent when the form came again: what one has, and what was asked for now."""
    registration: Any = mail.about
    wanted = Mode(mail.values["mode"])
    words = registration_words(registration)
    return {
        **about_registration(mail),
        "words": words,
        "other": wanted.label if wanted != registration.mode else "",
    }


def about_move(mail: OutboxMail) -> dict[str, Any]:
    """What was, for those for whom it has changed; the letter says what is besides."""
    registration: Any = mail.about
    event, was = registration.event, mail.values
    starts_at, ends_at = (datetime.fromisoformat(was[name]) for name in ("starts_at", "ends_at"))
    is_moved = (starts_at, ends_at) != (event.starts_at, event.ends_at)
    return {
        **about_registration(mail),
        "was_when": span(starts_at, ends_at) if is_moved else "",
        "was_place": was["place"] if was["place"] != registration.place else "",
        "has_new_link": was["link"] != registration.join_link,
    }


def about_reminder(mail: OutboxMail) -> dict[str, Any]:
    """Nothing is said of an event that was called off, or to one who will not come."""
    registration: Any = mail.about
    is_on = registration.event.stage == EventStage.PUBLISHED and not registration.event.is_over
    if not (is_on and registration.has_place):
        raise NothingToSay
    return about_registration(mail)


def registration_of(token: str) -> tuple[Registration, bool] | None:
    """The registration that a link names, and whether the link is for its present address.

    None for a link that is broken or altered, or whose registration has been deleted.
    """
    try:
        public_id, mark = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = Registration.objects.filter(public_id=public_id)
    registration = found.select_related("event", "seats", "user").first()
    if registration is None:
        return None
    return registration, _address_mark(registration) == mark
