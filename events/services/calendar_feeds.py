"""The private address of a person's calendar: made, exchanged, given up, read."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import audit
from events.models import CalendarFeed

if TYPE_CHECKING:
    from members.models import User

SALT = "events.calendar"


@transaction.atomic
def renew(*, by: User) -> CalendarFeed:
    """A new address; the one before stops working with it."""
    fresh = {"key": uuid.uuid4(), "made_at": timezone.now()}
    feed, _is_new = CalendarFeed.objects.update_or_create(user=by, defaults=fresh)
    audit.record(by, "calendar address made", by=by)
    return feed


@transaction.atomic
def give_up(*, by: User) -> None:
    gone, _by_model = CalendarFeed.objects.editable_by(by).delete()
    if gone:
        audit.record(by, "calendar address given up", by=by)


def address_of(feed: CalendarFeed) -> str:
    """Signed: the database alone does not tell it."""
    token = signing.dumps(str(feed.key), salt=SALT)
    return f"{settings.SITE_URL}{reverse('my_calendar:feed', args=[token])}"


def holder_of(token: str) -> User | None:
    """Whose calendar it is; None for an address that was never given or works no longer."""
    try:
        key = uuid.UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    found = CalendarFeed.objects.filter(key=key, user__is_active=True).select_related("user")
    feed = found.first()
    return feed.user if feed else None
