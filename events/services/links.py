"""Links of letters that open one registration without an account."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from events.models import Registration

SALT = "events.registration"
ADDRESS_SALT = "events.registration.address"
ADDRESS_KEPT = datetime.timedelta(days=7)


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


def address_link_of(registration: Registration, email: str) -> str:
    """The page on which the holder of a new address takes it; void once the address has changed."""
    named = [str(registration.public_id), _address_mark(registration), email]
    token = signing.dumps(named, salt=ADDRESS_SALT)
    return f"{settings.SITE_URL}{reverse('events:address_by_link', args=[token])}"


def new_address_of(token: str) -> tuple[Registration, str] | None:
    """The registration and the new address that such a link names, for a week."""
    try:
        public_id, mark, email = signing.loads(token, salt=ADDRESS_SALT, max_age=ADDRESS_KEPT)
    except (signing.BadSignature, ValueError):
        return None
    rows = Registration.objects.filter(public_id=public_id).select_related("event", "user")
    row = rows.first()
    is_fresh = row is not None and (_address_mark(row) == mark or row.email == email)
    return (row, email) if row is not None and is_fresh else None


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
