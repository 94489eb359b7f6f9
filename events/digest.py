"""What a digest says about events: the new ones, and those whose registration closes soon."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.digest_section import DigestSection
from events.models import Event

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

CLOSING_SOON = datetime.timedelta(days=14)


def new_events(user: Reader, since: datetime.datetime) -> QuerySet[Event]:
    return Event.objects.visible_to(user).coming().filter(published_at__gte=since)


def closing_events(user: Reader, since: datetime.datetime) -> QuerySet[Event]:
    now = timezone.now()
    window = (now, now + CLOSING_SOON)
    return Event.objects.visible_to(user).coming().filter(registration_closes_at__range=window)


EVENTS = (
    DigestSection(
        "new_events", _("New events"), new_events, per_audience=True, order=30,
        template="events/_digest_new.txt",
    ),
    DigestSection(
        "closing_events", _("Registration closes soon"), closing_events, per_audience=True,
        order=40, template="events/_digest_closing.txt", day="registration_closes_at",
        model=Event,
    ),
)  # fmt: skip
