from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever has the address reads the calendar, so that nobody else may see the address."""
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)


class CalendarFeed(models.Model):
    """The address by which a person's calendar program reads their calendar without signing in.

    Another `key` makes another address; the one before opens nothing any more.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)
