"""What a desk shows of events: registrations, closing dates, the coordinators' drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.content import Deadline, QueueState
from events.models import Event, Registration
from events.models.events import Stage
from events.services.registrations import claims_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def my_registrations(user: Reader) -> list[Registration]:
    mine = Registration.objects.editable_by(user).active()
    coming = mine.filter(event__ends_at__gte=timezone.now()).with_position()
    return list(coming.select_related("event", "seats").order_by("event__starts_at")[:10])


def claims(user: Any) -> list[Registration]:
    """Guests' registrations with an address of this account, to be asked about."""
    return list(claims_of(user)[:10])


def closing(user: Reader) -> list[Deadline]:
    now = timezone.now()
    events = Event.objects.visible_to(user).upcoming().filter(stage=Stage.PUBLISHED)
    events = events.filter(registration_closes_at__gte=now)
    return [_deadline(event) for event in events.order_by("registration_closes_at")[:5]]


def _deadline(event: Event) -> Deadline:
    return Deadline(
        at=event.registration_closes_at,
        kind=_("Registration"),
        title=event.title,
        url=event.get_absolute_url(),
        note=event.open_place,
    )


def drafts(user: Reader) -> QueueState:
    waiting = Event.objects.in_scope_of(user).filter(stage=Stage.DRAFT).order_by("created_at")
    first = waiting.first()
    return QueueState(
        label=_("Event drafts"),
        count=waiting.count(),
        oldest=first.created_at if first else None,
        url="admin:events_event_changelist",
    )
