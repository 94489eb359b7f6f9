"""Places that are offered for a time: taken, declined, warned about, and let go.

All under the event's row lock, by the server's clock: an offer that is taken as it ends is either
taken or over, never both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from events.models import Registration, Seats
from events.models.events import Stage as EventStage
from events.models.registrations import MOVES, Stage
from events.services.notices import tell
from events.services.offer_times import is_night, warned_until
from events.services.places import fill, lock, place_of, release, renew_entries, set_stage
from events.services.registrations import locked

if TYPE_CHECKING:
    from members.models import User

AT_ONCE = 500


@transaction.atomic
def accept_offer(registration: Registration, *, by: User | None) -> Registration:
    """`by=None` is the holder of a signed link. Taking it twice changes nothing."""
    event, row = locked(registration)
    if row.stage == Stage.CONFIRMED:
        return row
    _check("accept", row, by)
    now = timezone.now()
    is_over = event.stage != EventStage.PUBLISHED or event.starts_at <= now
    if is_over or row.offer_expires_at is None or row.offer_expires_at <= now:
        raise Refused(_("The time to answer is over, and the place goes to the next one."))
    entry = set_stage(row, Stage.CONFIRMED, by=by, why="accepted")
    renew_entries(event)
    tell("registration_confirmed", row, entry.pk)
    return row


@transaction.atomic
def decline_offer(registration: Registration, *, by: User | None) -> Registration:
    """The place goes to the next one at once. Declining twice changes nothing."""
    _event, row = locked(registration)
    if row.stage == Stage.DECLINED:
        return row
    _check("decline", row, by)
    before = place_of(row)
    set_stage(row, Stage.DECLINED, by=by, why="declined")
    release(before, why="declined")
    return row


def _check(action: str, row: Registration, by: User | None) -> None:
    if by is not None:
        MOVES.step(action, row, by)
    elif row.stage not in MOVES.moves[action].sources:
        raise Refused(_("There is no offer to answer any more."))


def expire_offers() -> int:
    """Offers whose time is over: the place goes on to the next in the queue."""
    due = Registration.objects.filter(stage=Stage.OFFERED, offer_expires_at__lte=timezone.now())
    return sum(_expire(row) for row in due.order_by("offer_expires_at", "pk")[:AT_ONCE])


@transaction.atomic
def _expire(registration: Registration) -> bool:
    """Whether it was still to be done: its holder may have answered meanwhile."""
    _event, row = locked(registration)
    end = row.offer_expires_at
    if row.stage != Stage.OFFERED or end is None or end > timezone.now():
        return False
    before = place_of(row)
    entry = set_stage(row, Stage.EXPIRED, by=None, why="expired")
    tell("registration_expired", row, entry.pk)
    release(before, why="expired")
    return True


def offer_free_places() -> int:
    """Places that became free at night are offered in the morning."""
    now = timezone.now()
    if is_night(now):
        return 0
    waiting = Registration.objects.filter(stage=Stage.WAITING).values("seats")
    has_room = Q(capacity=None) | Q(taken__lt=F("capacity") + F("extra"))
    free = Seats.objects.filter(
        has_room, pk__in=waiting, event__stage=EventStage.PUBLISHED, event__starts_at__gt=now
    )
    return sum(_fill(seats) for seats in free.order_by("pk"))


@transaction.atomic
def _fill(seats: Seats) -> int:
    lock(seats.event_id)
    return fill(seats, why="morning")


@transaction.atomic
def warn_of_offers() -> int:
    """Once for each offer that ends soon, while its holder is awake."""
    now = timezone.now()
    if is_night(now):
        return 0
    ending = Registration.objects.filter(
        stage=Stage.OFFERED, offer_expires_at__range=(now, warned_until(now))
    ).exclude(warned_for=F("offer_expires_at"))
    rows = list(
        ending.select_for_update(of=("self",), skip_locked=True).select_related("event", "user")[
            :AT_ONCE
        ]
    )
    for row in rows:
        row.warned_for = row.offer_expires_at
        tell("registration_offer_ends", row, f"{row.public_id}:{row.warned_for}")
    Registration.objects.bulk_update(rows, ["warned_for"])
    return len(rows)
