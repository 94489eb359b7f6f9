"""What events show on other floors' pages: desk, front page, deadlines, digest, organisations."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.registries import Deadline, QueueState
from events.models import Event, Registration
from events.models.events import Stage
from events.services.registrations import claims_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Organisation

CLOSING_SOON = datetime.timedelta(days=14)


def my_registrations(user: Any) -> list[Registration]:
    mine = Registration.objects.editable_by(user).active()
    coming = mine.filter(event__ends_at__gte=timezone.now()).with_position()
    return list(coming.select_related("event", "seats").order_by("event__starts_at")[:10])


def claims(user: Any) -> list[Registration]:
    """Guests' registrations with an address of this account, to be asked about."""
    return list(claims_of(user)[:10])


def _coming(user: Any) -> QuerySet[Event]:
    return Event.objects.visible_to(user).upcoming().filter(stage=Stage.PUBLISHED)


def coming(user: Any) -> QuerySet[Event]:
    events = _coming(user)
    return events.select_related("home_cluster", "organisation").prefetch_related("seats")


def front(user: Any) -> dict[str, Any] | None:
    events = list(coming(user)[:3])
    return {"events": events} if events else None


def closing(user: Any) -> list[Deadline]:
    now = timezone.now()
    events = _coming(user).filter(registration_closes_at__gte=now)
    return [_deadline(event) for event in events.order_by("registration_closes_at")[:5]]


def _deadline(event: Event) -> Deadline:
    return Deadline(
        at=event.registration_closes_at,
        kind=_("Registration"),
        title=event.title,
        url=event.get_absolute_url(),
        note=event.open_place,
    )


def of_organisation(organisation: Organisation, user: Any) -> list[Event]:
    return list(coming(user).filter(organisation=organisation)[:6])


def new_since(user: Any, since: datetime.datetime) -> QuerySet[Event]:
    return coming(user).filter(published_at__gte=since)


def closing_soon(user: Any, since: datetime.datetime) -> QuerySet[Event]:
    now = timezone.now()
    window = (now, now + CLOSING_SOON)
    return coming(user).filter(registration_closes_at__range=window)


def drafts(user: Any) -> QueueState:
    waiting = Event.objects.in_scope_of(user).filter(stage=Stage.DRAFT).order_by("created_at")
    first = waiting.first()
    return QueueState(
        label=_("Event drafts"),
        count=waiting.count(),
        oldest=first.created_at if first else None,
        url="admin:events_event_changelist",
    )


def personal_data(user: Any) -> list[dict[str, Any]]:
    mine = Registration.objects.editable_by(user).select_related("event", "seats", "user")
    return [
        {
            "event": str(row.event),
            "mode": row.seats.mode,
            "state": row.stage,
            "name": row.name,
            "email": row.address,
            "organisation": row.organisation_name,
            "on the list of participants": row.is_listed,
            "diet": row.diet,
            "accessibility": row.accessibility,
            "registered": row.created_at.isoformat(),
        }
        for row in mine
    ]
