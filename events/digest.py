"""What a digest says about events."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from events.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet


CLOSING_SOON = datetime.timedelta(days=14)


def new_since(user: Any, since: datetime.datetime) -> QuerySet[Event]:
    return Event.objects.visible_to(user).coming().filter(published_at__gte=since)


def closing_soon(user: Any, since: datetime.datetime) -> QuerySet[Event]:
    now = timezone.now()
    window = (now, now + CLOSING_SOON)
    return Event.objects.visible_to(user).coming().filter(registration_closes_at__range=window)
