"""Places and the queue: every change happens under the event's row lock.

Lock order: event, then its seats, then registrations. The counter `Seats.taken` and the rows change
in one transaction, and the database refuses a counter above the capacity whatever this code does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from events.models import Event, Registration, Seats
from events.models.events import Admission
from events.models.events import Stage as EventStage
from events.models.registrations import Stage
from events.services.notices import tell

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry
    from members.models import User


def lock(event_pk: int) -> Event:
    """The fresh event, its row locked against every other change of places."""
    return Event.objects.select_for_update(no_key=True).get(pk=event_pk)


@transaction.atomic
def set_capacity(seats: Seats, capacity: int | None, *, by: User) -> Seats:
    """Nobody is dropped silently: a capacity below the places taken is refused."""
    lock(seats.event_id)
    seats.refresh_from_db()
    if capacity is not None and capacity + seats.extra < seats.taken:
        raise Refused(
            _("%(taken)d people already have a place; cancel registrations first.")
            % {"taken": seats.taken}
        )
    seats.capacity = capacity
    seats.save(update_fields=["capacity"])
    audit.record(seats.event, "capacity changed", by=by, details={seats.mode: capacity})
    fill(seats)
    return seats


@transaction.atomic
def add_extra(seats: Seats, places: int, *, by: User, reason: str) -> Seats:
    """A coordinator's override: more places than the capacity, with the reason kept."""
    lock(seats.event_id)
    if not reason.strip():
        raise Refused(_("Give the reason."))
    Seats.objects.filter(pk=seats.pk).update(extra=F("extra") + places)
    audit.record(seats.event, "extra places", by=by, reason=reason, details={"places": places})
    fill(seats)
    seats.refresh_from_db()
    return seats


def admit(
    registration: Registration, *, by: User | None, is_accepted: bool = False
) -> Registration:
    """Gives a free place that nobody waits for, else the end of the queue.

    Where the organiser accepts each registration, it first waits for that. The caller holds the
    event's lock, under which the registration's seats were read.
    """
    if registration.event.admission == Admission.APPROVAL and not is_accepted:
        return _apply(registration, by=by)
    if has_room(registration.seats):
        take(registration.seats)
        stage, kind = Stage.CONFIRMED, "registration_confirmed"
    elif registration.event.has_started:
        raise Refused(_("The event has begun, and all places are taken."))
    else:
        stage, kind = Stage.WAITING, "registration_waiting"
    registration.stage, registration.queued_at = stage, timezone.now()
    registration.save()
    tell(kind, registration, audit.record(registration, stage, by=by).pk)
    return registration


def _apply(registration: Registration, *, by: User | None) -> Registration:
    registration.stage, registration.queued_at = Stage.APPLIED, timezone.now()
    registration.save()
    entry = audit.record(registration, "applied", by=by)
    tell("registration_applied", registration, entry.pk)
    return registration


def has_room(seats: Seats) -> bool:
    """Whether who comes now gets a place: one is free, and nobody waits for it.

    Once the event has begun the queue stands still and holds nothing back.
    """
    if seats.capacity is None or seats.is_full:
        return not seats.is_full
    queue = Registration.objects.waiting().filter(seats=seats)
    return seats.event.has_started or not queue.exists()


def take(seats: Seats) -> None:
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)
    seats.taken += 1


def release(seats: Seats) -> None:
    """Frees a place and gives it to the next in the queue."""
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") - 1)
    fill(seats)


def fill(seats: Seats) -> int:
    """Moves the queue up into free places, first come first; the caller holds the event's lock.

    Nobody is moved up once the event has begun. Those who can no longer come (deactivated, may no
    longer see the event) are passed over.
    """
    moved = 0
    seats.refresh_from_db()
    if seats.event.has_started or seats.event.stage != EventStage.PUBLISHED:
        return moved
    queue = Registration.objects.waiting().filter(seats=seats).select_related("user")
    for registration in queue.iterator():
        if seats.is_full:
            break
        if not _can_come(registration):
            set_stage(registration, Stage.CANCELLED, by=None)
            continue
        take(seats)
        entry = set_stage(registration, Stage.CONFIRMED, by=None)
        tell("registration_moved_up", registration, entry.pk)
        moved += 1
    return moved


def _can_come(registration: Registration) -> bool:
    user = registration.user
    if user is None:
        return True
    return user.is_active and Event.objects.visible_to(user).contains(registration.event)


def set_stage(registration: Registration, stage: Stage, *, by: User | None) -> AuditEntry:
    registration.stage = stage
    registration.save(update_fields=["stage"])
    return audit.record(registration, stage, by=by)
