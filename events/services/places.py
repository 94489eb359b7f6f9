"""Places and the queue: every change happens under the event's row lock.

Lock order: event, then its seats, then registrations. The counter `Seats.taken` and the rows change
in one transaction, and the database refuses a counter above the capacity whatever this code does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, request_cache
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import Visibility, audiences_of
from cluster_portal.notifications import outbox
from events.models import Event, Registration, Seats
from events.models.event_choices import Admission, Mode, Queue
from events.models.events import Stage as EventStage
from events.models.registrations import Stage
from events.services.notices import reader_of, tell
from events.services.offer_times import offer_end, tells_enough
from events.services.quotas import Pots, due_seats, give_back, let_go_due, quota_for, take_held
from events.services.sessions import leave_sessions

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.audit import AuditEntry
    from events.models import Quota
    from events.models.registrations import RegistrationQuerySet
    from members.models import User

QUEUE_AT_ONCE = 500
READERS_AT_ONCE = 50  # whether they see an event is one statement


def lock(event_pk: int) -> Event:
    """The fresh event, its row locked against every other change of places."""
    return Event.objects.select_for_update(no_key=True).get(pk=event_pk)


@transaction.atomic
def set_capacity(seats: Seats, capacity: int | None, *, by: User) -> Seats:
    """Nobody is dropped silently: a capacity below the places taken is refused."""
    lock(seats.event_id)
    seats.refresh_from_db()
    let_go_due(seats)
    if capacity is not None and capacity + seats.extra < seats.taken:
        raise Refused(
            _("%(taken)d people already have a place; cancel registrations first.")
            % {"taken": seats.taken}
        )
    if seats.held and (capacity is None or capacity + seats.extra < seats.taken + seats.held):
        raise Refused(
            _("%(held)d places are held for groups; change the quotas first.")
            % {"held": seats.held}
        )
    seats.capacity = capacity
    seats.save(update_fields=["capacity"])
    audit.record(seats.event, "capacity changed", by=by, details={seats.mode: capacity})
    fill(seats, why="capacity")
    return seats


@transaction.atomic
def add_extra(seats: Seats, places: int, *, by: User, reason: str) -> Seats:
    """A coordinator's override: more places than the capacity, with the reason kept."""
    lock(seats.event_id)
    if not reason.strip():
        raise Refused(_("Give the reason."))
    Seats.objects.filter(pk=seats.pk).update(extra=F("extra") + places)
    audit.record(seats.event, "extra places", by=by, reason=reason, details={"places": places})
    fill(seats, why="extra")
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
    if take(registration, registration.seats):
        stage, kind = Stage.CONFIRMED, "registration_confirmed"
    elif registration.event.has_started:
        raise Refused(_("The event has begun, and all places are taken."))
    else:
        stage, kind = Stage.WAITING, "registration_waiting"
    registration.stage, registration.queued_at = stage, timezone.now()
    registration.offer_expires_at = None
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
    """Whether anybody who comes now gets a place: one is free, and nobody waits for it.

    Once the event has begun the queue stands still and holds nothing back.
    """
    if seats.capacity is None or seats.is_full:
        return not seats.is_full
    queue = Registration.objects.waiting().filter(seats=seats)
    return seats.event.has_started or not queue.exists()


def take(row: Registration, seats: Seats, *, past_queue: bool = False) -> bool:
    """A place of these seats for this person, of the group's quota before the rest of them.

    Whether there was one; `past_queue` is the organiser's, and needs only that one is free. The
    caller holds the event's lock and saves the row, whose `quota` this sets.
    """
    let_go_due(seats)
    row.quota = quota_for(seats, row)
    is_free = not seats.is_full if past_queue else row.quota is None and has_room(seats)
    if row.quota is None and not is_free:
        return False
    if row.quota is not None:
        take_held(row.quota)
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)
    seats.taken += 1
    return True


def take_of(row: Registration, seats: Seats, quota: int) -> None:
    """One of the places that are held for a group, for whom the organiser counts among it."""
    let_go_due(seats)
    found = seats.quotas.holding().filter(pk=quota).first()
    if found is None:
        raise Refused(_("No place is held for this group any more."))
    found.seats, row.quota = seats, found
    take_held(found)
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + 1)
    seats.taken += 1


@dataclass(frozen=True)
class Place:
    """What a registration occupies: one of these seats, perhaps from a quota of theirs."""

    seats: Seats
    quota: int | None


def place_of(row: Registration) -> Place | None:
    """To be asked before the row changes, and released after."""
    return Place(row.seats, row.quota_id) if row.occupies else None


def release(place: Place | None, *, why: str = "freed") -> None:
    """Frees the place and gives it to the next in the queue."""
    if place is None:
        return
    seats = place.seats
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") - 1)
    if place.quota is not None:
        give_back(seats, place.quota)
    fill(seats, why=why)


def fill(seats: Seats, *, why: str = "freed") -> int:
    """Moves the queue up into free places, first come first; the caller holds the event's lock.

    The one path of every place that became free, `why` says by what. As the event chooses, the
    place is the next one's at once, or is offered for a time. Nobody is moved up once the event has
    begun. Those who can no longer come (deactivated, may no longer see the event) are passed over.
    """
    seats.refresh_from_db()
    let_go_due(seats)
    event, moved = seats.event, 0
    if event.has_started or event.stage != EventStage.PUBLISHED:
        return moved
    until = offer_end(event, timezone.now()) if event.queue == Queue.OFFER else None
    if event.queue == Queue.OFFER and until is None:
        return moved  # the hourly round offers it when somebody is awake to answer
    pots = Pots.of(seats)
    queue = Registration.objects.waiting().filter(seats=seats).select_related("user")
    rows: list[Registration] = []
    while not pots.is_empty and (rows := _next_in(queue, after=rows, pots=pots)):
        able = _able(rows, event)
        coming = {row.pk for row in able}
        _leave([row for row in rows if row.pk not in coming])
        served = pots.share(able)
        _advance(served, seats, until, why)
        moved += len(served)
    return moved


def _next_in(
    queue: RegistrationQuerySet, *, after: list[Registration], pots: Pots
) -> list[Registration]:
    """As many of the queue as there are places; where quotas pass over some, a part of it."""
    if after:
        last = after[-1]
        behind = Q(queued_at__gt=last.queued_at) | Q(queued_at=last.queued_at, pk__gt=last.pk)
        queue = queue.filter(behind)
    return list(queue[:QUEUE_AT_ONCE] if pots.quotas else queue[: pots.open])


@transaction.atomic
def _let_go(seats: Seats) -> None:
    event = lock(seats.event_id)
    seats.refresh_from_db()
    seats.event = event
    let_go_due(seats)
    fill(seats, why="quota")


def let_go_quotas() -> int:
    """What was held for groups until yesterday is everybody's, first of those who wait."""
    rows = list(due_seats()[:QUEUE_AT_ONCE])
    for seats in rows:
        _let_go(seats)
    return len(rows)


def _advance(
    rows: list[Registration], seats: Seats, until: datetime.datetime | None, why: str
) -> None:
    """A place for each of these, theirs or offered `until`: a few statements, however many."""
    if not rows:
        return
    stage = Stage.OFFERED if until else Stage.CONFIRMED
    kind = "registration_offered" if until else "registration_moved_up"
    of_quotas = _by_quota(rows)
    for quota, served in of_quotas.items():
        take_held(quota, len(served))
    Seats.objects.filter(pk=seats.pk).update(taken=F("taken") + len(rows))
    seats.taken += len(rows)
    _set_stages(rows, stage, until)
    for quota, served in of_quotas.items():
        Registration.objects.filter(pk__in=served).update(quota=quota)
    if stage == Stage.CONFIRMED:
        renew_entries(seats.event)
    entries = audit.record_all(rows, stage, by=None, details={"why": why})
    outbox.post_composed(
        [
            outbox.compose(kind, to=reader_of(row), key=str(entry.pk), about=row)
            for row, entry in zip(rows, entries, strict=True)
        ]
    )


def _by_quota(rows: list[Registration]) -> dict[Quota, list[int]]:
    """The primary keys of those whose place is of a quota."""
    found: dict[Quota, list[int]] = defaultdict(list)
    for row in rows:
        if row.quota is not None:
            found[row.quota].append(row.pk)
    return found


def _leave(rows: list[Registration]) -> None:
    if rows:
        _set_stages(rows, Stage.CANCELLED, None)
        audit.record_all(rows, Stage.CANCELLED, by=None, details={"why": "cannot come"})


def _set_stages(rows: list[Registration], stage: Stage, until: datetime.datetime | None) -> None:
    warned = until if until and tells_enough(until, timezone.now()) else None
    for row in rows:
        row.stage, row.offer_expires_at = stage, until
    found = Registration.objects.filter(pk__in=[row.pk for row in rows])
    found.update(stage=stage, offer_expires_at=until, warned_for=warned)


def _able(rows: list[Registration], event: Event) -> list[Registration]:
    """Those who can still come: guests, and whose account is open and sees the event."""
    users = {row.user.pk: row.user for row in rows if row.user is not None and row.user.is_active}
    seeing = set(users) if event.visibility == Visibility.PUBLIC else _seeing(event, users)
    return [row for row in rows if row.user is None or row.user.pk in seeing]


@request_cache.scope()
def _seeing(event: Event, users: dict[int, User]) -> set[int]:
    """By the same rule as the page of the event, for many of them in one statement."""
    audiences_of(users.values())
    seen = [
        Event.objects.visible_to(user).filter(pk=event.pk).order_by()
        .annotate(reader=Value(pk)).values_list("reader", flat=True)
        for pk, user in users.items()
    ]  # fmt: skip
    found: set[int] = set()
    for start in range(0, len(seen), READERS_AT_ONCE):
        first, *others = seen[start : start + READERS_AT_ONCE]
        found.update(first.union(*others, all=True))
    return found


def fit_to_mode(row: Registration) -> None:
    """Nobody eats remotely; the caller saves the row's `diet`."""
    if row.seats.mode == Mode.REMOTE:
        row.diet = ""


def renew_entries(event: Event) -> None:
    """Calendars take an entry of the same UID only with a higher sequence, and somebody's place or
    link has changed. The caller holds the event's lock; a sequence that no entry had harms nobody.
    """
    Event.objects.filter(pk=event.pk).update(ics_sequence=F("ics_sequence") + 1)


def set_stage(
    registration: Registration, stage: Stage, *, by: User | None, why: str = ""
) -> AuditEntry:
    """Without the counter, which the caller keeps. An offer is over with any other state."""
    registration.stage = stage
    if stage != Stage.OFFERED:
        registration.offer_expires_at = None
    if not registration.occupies:
        registration.quota = None
        leave_sessions(registration)
    registration.save(update_fields=["stage", "offer_expires_at", "quota"])
    return audit.record(registration, stage, by=by, details={"why": why} if why else None)
