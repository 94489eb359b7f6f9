"""What an organiser does with the participants: adds, moves, removes, gives a place, writes.

All under the event's row lock, as every change of places; each is recorded with its reason, and
told to the one whom it concerns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.notifications import outbox
from events.models import Event, ParticipantLetter, Registration, Seats
from events.models.events import Stage as EventStage
from events.models.registrations import ACTIVE, COMING, MOVES, Stage
from events.services.notices import reader_of, tell
from events.services.places import (
    fit_to_mode,
    lock,
    place_of,
    release,
    renew_entries,
    set_stage,
    take,
    take_of,
)
from events.services.sessions import leave_sessions

if TYPE_CHECKING:
    from typing import Any

    from events.models.registrations import RegistrationQuerySet
    from events.services.registrations import Details
    from members.models import User

MOST_REASON = 2000
MOST_LETTERS = 100
LETTER = "event_letter"


@transaction.atomic
def add_participant(
    event: Event, mode: str, details: Details, *, by: User, reason: str = "",
    quota: int | None = None,
) -> Registration:  # fmt: skip
    """Somebody who asked by telephone, or stands at the door: confirmed at once.

    With `quota` one of a group's places, which a guest cannot prove to belong to. Else, where there
    is no room, a reason is needed and makes one more place.
    """
    event = _organised(event, by)
    seats = _seats(event, mode)
    _refuse_known(event, details)
    row = Registration(event=event, seats=seats, stage=Stage.CONFIRMED, **vars(details))
    if quota is None:
        _take(row, seats, reason, by=by)
    else:
        take_of(row, seats, quota)
    row.queued_at = timezone.now()
    row.save()
    entry = audit.record(row, "added by the organiser", by=by, reason=reason)
    if not event.is_over:
        tell("registration_added", row, entry.pk)
    return row


def _refuse_known(event: Event, details: Details) -> None:
    """The same name with the same address, of an account or a guest."""
    same = Q(user=None, email__iexact=details.email) | Q(user__email__iexact=details.email)
    rows = Registration.objects.active().filter(same, event=event, name__iexact=details.name)
    if rows.exists():
        raise Refused(_("The same person has registered already. Search for the name on the list."))


@transaction.atomic
def move_participant(
    registration: Registration, mode: str, *, by: User, reason: str = ""
) -> Registration:
    """To another way of taking part; a place beyond the limit needs a reason."""
    event, row = _of_event(registration, by)
    if event.stage != EventStage.PUBLISHED or event.is_over:
        raise Refused(_("The event is not open."))
    seats = _seats(event, mode)
    if row.seats_id == seats.pk:
        return row
    if row.stage not in {Stage.CONFIRMED, Stage.WAITING}:
        raise Refused(_("Only one who comes or waits can be moved."))
    before = place_of(row)
    _take(row, seats, reason, by=by)
    row.seats, row.stage = seats, Stage.CONFIRMED
    fit_to_mode(row)
    row.save(update_fields=["seats", "stage", "quota", "diet"])
    renew_entries(event)
    entry = audit.record(row, "moved by the organiser", by=by, reason=reason)
    tell("registration_moved", row, entry.pk, reason=reason)
    release(before)
    return row


@transaction.atomic
def remove_participant(registration: Registration, *, by: User, reason: str) -> Registration:
    """With a reason that the participant reads; the place goes to the next in the queue."""
    event, row = _of_event(registration, by)
    MOVES.step("remove", row, by)
    if event.stage != EventStage.PUBLISHED:
        raise Refused(_("The event is not open."))
    reason = _checked(reason)
    before = place_of(row)
    row.stage, row.offer_expires_at, row.quota = Stage.CANCELLED, None, None
    row.save(update_fields=["stage", "offer_expires_at", "quota"])
    leave_sessions(row)
    entry = audit.record(row, "removed by the organiser", by=by, reason=reason)
    tell("registration_removed", row, entry.pk, reason=reason)
    release(before)
    return row


@transaction.atomic
def give_place(registration: Registration, *, by: User, reason: str) -> Registration:
    """Past the queue, and past the limit where all places are taken; the reason is recorded."""
    event, row = _of_event(registration, by)
    MOVES.step("give_place", row, by)
    if event.stage != EventStage.PUBLISHED:
        raise Refused(_("The event is not open."))
    reason = _checked(reason)
    if not take(row, row.seats, past_queue=True):
        _add_one(row.seats, reason, by=by)
        take(row, row.seats, past_queue=True)
    set_stage(row, Stage.CONFIRMED, by=by)
    renew_entries(event)
    entry = audit.record(row, "place given", by=by, reason=reason)
    tell("registration_moved_up", row, entry.pk)
    return row


def _take(row: Registration, seats: Seats, reason: str, *, by: User) -> None:
    """A place for the row; where there is none for it, one more with the reason."""
    if take(row, seats):
        return
    if not reason.strip():
        raise Refused(
            _("The places are taken or others wait for them. Give a reason to make one more place.")
        )
    if not take(row, seats, past_queue=True):
        _add_one(seats, reason, by=by)
        take(row, seats, past_queue=True)


def _add_one(seats: Seats, reason: str, *, by: User) -> None:
    Seats.objects.filter(pk=seats.pk).update(extra=F("extra") + 1)
    seats.extra += 1
    audit.record(seats.event, "extra places", by=by, reason=reason, details={"places": 1})


def readers(event: Event, stage: str = "", mode: str = "") -> RegistrationQuerySet:
    """Whom a letter reaches; who has cancelled gets none."""
    stages = {Stage(stage)} & ACTIVE if stage else COMING
    rows = Registration.objects.filter(event=event, stage__in=sorted(stages))
    return rows.filter(seats__mode=mode) if mode else rows


@transaction.atomic
def write_letter(event: Event, values: dict[str, Any], *, by: User) -> ParticipantLetter:
    """To those in a state or a way of taking part, once each; sent twice it is one letter."""
    event = _organised(event, by)
    known = made_by(ParticipantLetter, values["form_key"], event=event)
    if known is not None:
        return known
    if event.letters.count() >= MOST_LETTERS:
        raise Refused(_("So many letters have been sent of this event that no more can be."))
    rows = list(readers(event, values["stage"], values["mode"]).select_related("user"))
    if not rows:
        raise Refused(_("Nobody would get this letter. Choose to whom it goes."))
    letter = ParticipantLetter.objects.create(event=event, sender=by, receivers=len(rows), **values)
    audit.record(letter, "letter sent", by=by, details={"receivers": len(rows)})
    readers_of = ((reader_of(row), row) for row in rows)
    outbox.post_each(LETTER, readers_of, key=str(letter.pk), values={"letter": letter.pk})
    return letter


def _organised(event: Event, by: User) -> Event:
    event = lock(event.pk)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if event.stage != EventStage.PUBLISHED:
        raise Refused(_("The event is not open."))
    return event


def _of_event(registration: Registration, by: User) -> tuple[Event, Registration]:
    """The event, locked, and the registration under the lock, for one who organises it."""
    event = lock(registration.event_id)
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    row = Registration.objects.select_related("seats", "user").get(pk=registration.pk)
    row.event = row.seats.event = event
    return event, row


def _seats(event: Event, mode: str) -> Seats:
    seats = event.seats.filter(mode=mode).first()
    if seats is None:
        raise Refused(_("This event cannot be attended that way."))
    seats.event = event
    return seats


def _checked(reason: str) -> str:
    reason = cleaning.prose(reason)[:MOST_REASON]
    if not reason:
        raise Refused(_("Give the reason."))
    return reason
