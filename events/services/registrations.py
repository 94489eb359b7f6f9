"""Registering, cancelling, moving up: every change of a place happens under the event's row lock.

Lock order: event, then its seats, then registrations. The counter `Seats.taken` and the rows change
in one transaction, and the database refuses a counter above the capacity whatever this code does.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from events.models import Event, Registration, Seats
from events.models.events import Stage as EventStage
from events.models.registrations import MOVES, Stage
from events.services import admission

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry
    from members.models import User


ASKED_AGAIN = datetime.timedelta(minutes=10)
MOST_TIMES = 3
# Requests of one guest that may wait for her confirmation: more of them is a flood of mail to her.
MOST_UNCONFIRMED = 5


@dataclass(frozen=True)
class Details:
    """What a registrant tells; needs are kept apart from everything that is listed."""

    name: str
    email: str
    language: str = "fi"
    organisation_name: str = ""
    diet: str = ""
    accessibility: str = ""
    is_listed: bool = False


def lock(event_pk: int) -> Event:
    """The fresh event, its row locked against every other change of places."""
    return Event.objects.select_for_update(no_key=True).get(pk=event_pk)


def register(event: Event, mode: str, details: Details, *, by: User | None) -> Registration:
    """One registration per person and event; a repeat gives the first one back.

    With an account she is confirmed, or waits when the places are taken or others wait already.
    A guest (`by=None`) first confirms her address and holds no place before that.

    What is written without a question is one message to the database, hence a transaction of its
    own: nobody waits at the lock for our BEGIN and COMMIT to travel.
    """
    if event.takes_registrations():
        written = _write(event, mode, details, by)
        if written:
            return written
    return _register_locked(event, mode, details, by)


@transaction.atomic
def _register_locked(event: Event, mode: str, details: Details, by: User | None) -> Registration:
    """The slow way, for those whose row was refused: a repeat, a changed window, a flood."""
    event = lock(event.pk)
    if not event.takes_registrations():
        raise Refused(_("Registration is not open."))
    earlier = _earlier(event, details.email, by)
    return _same_again(earlier, by) if earlier else _write_or_refuse(event, mode, details, by)


def _write(event: Event, mode: str, details: Details, by: User | None) -> Registration | None:
    registration = Registration(event=event, user=by, **vars(details))
    if by is None:
        return admission.request(registration, mode, most=MOST_UNCONFIRMED)
    return admission.admit(registration, mode, by=by)


def _write_or_refuse(event: Event, mode: str, details: Details, by: User | None) -> Registration:
    if not event.seats.filter(mode=mode).exists():
        raise Refused(_("This event cannot be attended that way."))
    if by is None:
        _refuse_flood(details.email)
    written = _write(event, mode, details, by)
    if written is None:
        raise Refused(_("Somebody else has changed this meanwhile. Check the page and try again."))
    return written


@transaction.atomic
def confirm_request(registration: Registration) -> Registration:
    """A guest has shown that the address is hers. A second time changes nothing."""
    event = lock(registration.event_id)
    registration = Registration.objects.select_related("seats").get(pk=registration.pk)
    if registration.stage != Stage.REQUESTED:
        return registration
    if not event.takes_registrations():
        raise Refused(_("Registration is not open."))
    return _admit(registration, by=None)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None) -> Registration:
    """Frees the place and fills it from the queue. `by=None` is the holder of a signed link."""
    lock(registration.event_id)
    registration = Registration.objects.select_related("seats").get(pk=registration.pk)
    if by is None:
        if registration.stage not in MOVES.moves["cancel"].sources:
            return registration
    else:
        MOVES.step("cancel", registration, by)
    held = registration.stage == Stage.CONFIRMED
    entry = _set_stage(registration, Stage.CANCELLED, by=by)
    _tell("registration_cancelled", registration, entry)
    if held:
        Seats.objects.filter(pk=registration.seats_id).update(taken=F("taken") - 1)
        fill(registration.seats)
    return registration


@transaction.atomic
def mark(registration: Registration, action: str, *, by: User) -> Registration:
    """Ticks attendance: `mark_attended` or `mark_absent`; the place stays hers."""
    lock(registration.event_id)
    registration = Registration.objects.get(pk=registration.pk)
    move = MOVES.step(action, registration, by)
    _set_stage(registration, Stage(move.target), by=by)
    return registration


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


def fill(seats: Seats) -> int:
    """Moves the queue up into free places, first come first; the caller holds the event's lock.

    Those who can no longer come (deactivated, may no longer see the event) are passed over.
    """
    moved = 0
    seats.refresh_from_db()
    if seats.event.is_over or seats.event.stage != EventStage.PUBLISHED:
        return moved
    queue = Registration.objects.waiting().filter(seats=seats).select_related("user")
    for registration in queue.iterator():
        if seats.is_full:
            break
        if not _can_come(registration):
            _set_stage(registration, Stage.CANCELLED, by=None)
            continue
        _take(seats)
        entry = _set_stage(registration, Stage.CONFIRMED, by=None)
        _tell("registration_moved_up", registration, entry)
        moved += 1
    return moved


def _admit(registration: Registration, *, by: User | None) -> Registration:
    """A place when one is free and nobody waits for it, else the end of the queue.

    The registration's seats must have been read under the lock.
    """
    seats = registration.seats
    has_queue = seats.capacity is not None and Registration.objects.waiting().filter(seats=seats)
    if seats.is_full or (has_queue and has_queue.exists()):
        stage, kind = Stage.WAITING, "registration_waiting"
    else:
        _take(seats)
        stage, kind = Stage.CONFIRMED, "registration_confirmed"
    registration.stage, registration.queued_at = stage, timezone.now()
    registration.save()
    _tell(kind, registration, audit.record(registration, stage, by=by))
    return registration


def _refuse_flood(email: str) -> None:
    requests = Registration.objects.filter(stage=Stage.REQUESTED).alias(address=Lower("email"))
    if requests.filter(address=Lower(Value(email))).count() >= MOST_UNCONFIRMED:
        raise Refused(
            _("Confirm first the earlier registrations: their messages are in your e-mail.")
        )


def _same_again(registration: Registration, user: User | None) -> Registration:
    """The registration that is there already.

    A guest's, made with the address of an account, becomes that account's; she has shown before
    that the address is hers. A guest who asks again later gets the message again.
    """
    if user is not None and registration.user is None:
        registration.user = user
        registration.save(update_fields=["user"])
        is_open = registration.stage == Stage.REQUESTED
        return _admit(registration, by=user) if is_open else registration
    if registration.stage == Stage.REQUESTED:
        times = min((timezone.now() - registration.created_at) // ASKED_AGAIN, MOST_TIMES)
        if times:
            _post("registration_requested", registration, f"{registration.public_id}:{times}")
    return registration


def _take(seats: Seats) -> None:
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)
    seats.taken += 1


def _earlier(event: Event, email: str, user: User | None) -> Registration | None:
    """Both ways of being the same person have an index of their own among the active."""
    same = Q(address=Lower(Value(email)))
    if user is not None:
        same |= Q(user=user)
    active = Registration.objects.active().alias(address=Lower("email"))
    return active.filter(same, event=event).order_by("pk").first()


def _can_come(registration: Registration) -> bool:
    user = registration.user
    if user is None:
        return True
    return user.is_active and Event.objects.visible_to(user).contains(registration.event)


def _set_stage(registration: Registration, stage: Stage, *, by: User | None) -> AuditEntry:
    registration.stage = stage
    registration.save(update_fields=["stage"])
    return audit.record(registration, stage, by=by)


def _tell(kind: str, registration: Registration, entry: AuditEntry) -> None:
    _post(kind, registration, str(entry.pk))


def _post(kind: str, registration: Registration, key: str) -> None:
    reader = registration.user or outbox.Guest(
        email=registration.email, name=registration.name, language=registration.language
    )
    outbox.post(kind, to=reader, key=key, about=registration)
