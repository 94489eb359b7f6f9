"""Registering, confirming, changing, claiming and cancelling, under the event's row lock."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import mailbox_of
from cluster_portal.notifications.models import OutboxMail
from events.models import Event, Registration, Seats
from events.models.events import Stage as EventStage
from events.models.registrations import MOVES, Stage
from events.services.applications import refuse_uninvited
from events.services.notices import tell
from events.services.places import (
    admit,
    fit_to_mode,
    lock,
    place_of,
    release,
    renew_entries,
    set_stage,
    take,
)
from events.services.prerequisites import refuse_outside_course

if TYPE_CHECKING:
    from events.models.registrations import RegistrationQuerySet
    from members.models import User


ASKED_AGAIN = datetime.timedelta(minutes=10)
# The letters that sending the form causes, and how many of them about one registration.
ASKING = ("registration_requested", "registration_again")
MOST_TIMES = 4
# Requests of one mailbox that may wait for confirmation: more of them is a flood of mail to it.
MOST_UNCONFIRMED = 5
MOST_COLLEAGUES = 10
CAN_CHANGE_MODE = frozenset({Stage.CONFIRMED, Stage.WAITING, Stage.OFFERED})
CAN_BE_EDITED = CAN_CHANGE_MODE | {Stage.REQUESTED, Stage.APPLIED}
# One statement, so that guests of one network hardly wait for one another.
COUNT_GUEST = """
    INSERT INTO events_guestrequests (network, hour, count)
    VALUES (%s, date_trunc('hour', now()), 1)
    ON CONFLICT (network, hour) DO UPDATE SET count = events_guestrequests.count + 1
    RETURNING count
"""


@dataclass(frozen=True)
class Details:
    """What a registrant tells; an account's address is that of the account, and not stored."""

    name: str
    email: str = ""
    language: str = "fi"
    organisation_name: str = ""
    diet: str = ""
    accessibility: str = ""
    is_listed: bool = False
    answers: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def register(event: Event, mode: str, details: Details, *, by: User | None) -> Registration:
    """One registration per person and event.

    An account is confirmed, or waits when the places are taken or others wait already. A guest
    (`by=None`) first confirms the address and holds no place before that.
    """
    event = lock(event.pk)
    seats = _open_seats(event, mode, by)
    earlier = _earlier(event, details, by)
    if by is not None:
        _refuse_unprepared(event, Q(user=by), by)
        return _register_account(earlier, seats, details, by)
    return _ask_again(earlier, seats, details) if earlier else _request(seats, details)


@transaction.atomic
def register_colleague(event: Event, mode: str, details: Details, *, by: User) -> Registration:
    """A named colleague: a guest with a place and a cancellation link of their own.

    With an address of their own they confirm it themselves; without one the letters come to `by`,
    who has confirmed that address already. Somebody registered before stays as they were.
    """
    event = lock(event.pk)
    seats = _open_seats(event, mode, by)
    is_shared = details.email.lower() in {"", by.email.lower()}
    details = replace(details, email=by.email) if is_shared else details
    earlier = _earlier(event, details, None)
    if earlier is not None:
        raise Refused(_("%(name)s has registered already.") % {"name": earlier.name})
    if Registration.objects.active().filter(event=event, brought_by=by).count() >= MOST_COLLEAGUES:
        raise Refused(_("You have registered as many colleagues as one person can."))
    if not is_shared:
        return _request(seats, details, brought_by=by)
    _refuse_unprepared(event, Q(email__iexact=details.email, name__iexact=details.name))
    row = Registration(
        event=event, seats=seats, brought_by=by, declined_at=timezone.now(), **vars(details)
    )
    return admit(row, by=by)


def _open_seats(event: Event, mode: str, by: User | None) -> Seats:
    if not event.takes_registrations():
        raise Refused(_("Registration is not open."))
    refuse_uninvited(event, by)
    seats = event.seats.filter(mode=mode).first()
    if seats is None:
        raise Refused(_("This event cannot be attended that way."))
    return seats


def _refuse_unprepared(event: Event, person: Q, by: User | None = None) -> None:
    """An event that continues another one is for those who attended that one."""
    refuse_outside_course(event, person)
    if event.requires_id is None:
        return
    attended = Registration.objects.filter(event=event.requires_id, stage=Stage.ATTENDED)
    if not attended.filter(person).exists():
        required = event.required_for(by or AnonymousUser())
        if required is None:
            raise Refused(
                _("This event is for those who have attended an earlier event of the organiser.")
            )
        before = {"title": required.title}
        raise Refused(
            _("This event is for those who have attended “%(title)s”. Ask the organiser if you "
              "have learnt the same elsewhere.") % before
        )  # fmt: skip


def _earlier(event: Event, details: Details, by: User | None) -> Registration | None:
    """The same account's, or of the same name with the same address."""
    active = Registration.objects.active().filter(event=event).select_related("seats")
    if by is not None:
        return active.filter(user=by).first()
    address, name = Lower(Value(details.email)), Lower(Value(details.name))
    active = active.alias(
        guest=Lower("email"), account=Lower("user__email"), lower_name=Lower("name")
    )
    same = Q(user=None, guest=address) | Q(account=address)
    found = active.filter(same, lower_name=name).select_related("user").order_by("pk")
    return found.first()


def _register_account(
    earlier: Registration | None, seats: Seats, details: Details, by: User
) -> Registration:
    if earlier is None:
        values = {**vars(details), "email": ""}
        return admit(Registration(event=seats.event, seats=seats, user=by, **values), by=by)
    if earlier.stage == Stage.REQUESTED:
        earlier.event, earlier.seats = seats.event, seats
        return admit(earlier, by=by)
    return earlier if earlier.seats_id == seats.pk else _change(earlier, seats, by=by)


def _request(seats: Seats, details: Details, *, brought_by: User | None = None) -> Registration:
    mailbox = mailbox_of(details.email)
    waiting = Registration.objects.filter(stage=Stage.REQUESTED, mailbox=mailbox)
    if waiting.count() >= MOST_UNCONFIRMED:
        raise Refused(
            _("Confirm first the earlier registrations: their messages are in your e-mail.")
        )
    registration = Registration.objects.create(
        event=seats.event, seats=seats, mailbox=mailbox, brought_by=brought_by, **vars(details)
    )
    tell("registration_requested", registration, registration.public_id)
    return registration


def _ask_again(earlier: Registration, seats: Seats, details: Details) -> Registration:
    """The form sent again, perhaps by another than the holder of the address.

    A guest's that is not confirmed yet is changed; others only their holder can change, and gets a
    letter that leads there. The same form sent twice in a row is one message.
    """
    changed, kind = earlier.seats_id != seats.pk, "registration_again"
    if earlier.stage == Stage.REQUESTED and earlier.user_id is None:
        kind = "registration_requested"
        earlier.seats = seats
        for name, value in vars(details).items():
            setattr(earlier, name, value)
        earlier.save()
    about = ContentType.objects.get_for_model(Registration)
    letters = OutboxMail.objects.filter(about_type=about, about_id=earlier.pk)
    is_fresh = letters.filter(created_at__gt=timezone.now() - ASKED_AGAIN).exists()
    count = letters.filter(kind__in=ASKING).count()
    if count < MOST_TIMES and (changed or not is_fresh):
        tell(kind, earlier, f"{earlier.public_id}:{count}", mode=seats.mode)
        if earlier.stage == Stage.REQUESTED:  # the new link opens as long as the first one did
            earlier.queued_at = timezone.now()
            earlier.save(update_fields=["queued_at"])
    return earlier


def count_guest(network: str) -> int:
    """How many forms of guests this network has sent within the hour, this one included."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_GUEST, [network])
        (count,) = cursor.fetchone() or (1,)
    return count


@transaction.atomic
def confirm_request(registration: Registration) -> Registration:
    """A guest has shown to hold the address. A second time changes nothing."""
    event, registration = locked(registration)
    if registration.stage != Stage.REQUESTED:
        return registration
    if not event.takes_registrations():
        raise Refused(_("Registration is not open."))
    refuse_uninvited(event, registration.brought_by)
    _refuse_unprepared(event, Q(email__iexact=registration.email, name__iexact=registration.name))
    return admit(registration, by=None)


# What one may correct; the address stays, for it is confirmed.
EDITABLE = ("name", "organisation_name", "diet", "accessibility", "is_listed", "answers")


@transaction.atomic
def edit_registration(
    registration: Registration, mode: str, details: Details, *, by: User | None
) -> Registration:
    """Corrects what was told, and the way of taking part where that has room, until registration
    closes. The place and the place in the queue stay. `by=None` is the holder of a signed link."""
    event, row = locked(registration)
    if by is not None and by.pk not in {row.user_id, row.brought_by_id}:
        raise Refused(_("You cannot do this."))
    if not event.takes_changes() or row.stage not in CAN_BE_EDITED:
        raise Refused(_("Registration has closed. Ask the organiser to change it."))
    _refuse_double(row, details)
    for name in EDITABLE:
        if name != "name" or row.user_id is None:
            setattr(row, name, getattr(details, name))
    row.save(update_fields=[*EDITABLE])
    audit.record(row, "registration edited", by=by)
    seats = event.seats.filter(mode=mode).first()
    if seats is None or seats.pk == row.seats_id:
        return row
    if row.stage in {Stage.REQUESTED, Stage.APPLIED}:
        row.seats = seats
        row.save(update_fields=["seats"])
        return row
    return _change(row, seats, by)


def _refuse_double(row: Registration, details: Details) -> None:
    """Two people with one address are told apart by their names."""
    if row.user_id is not None:
        return
    others = Registration.objects.active().filter(event=row.event_id, user=None).exclude(pk=row.pk)
    if others.filter(email__iexact=row.email, name__iexact=details.name).exists():
        raise Refused(_("%(name)s has registered already.") % {"name": details.name})


@transaction.atomic
def change_mode(registration: Registration, mode: str, *, by: User | None) -> Registration:
    """To a free place of the other kind; `by=None` is the holder of a signed link."""
    _event, registration = locked(registration)
    seats = registration.event.seats.filter(mode=mode).first()
    if seats is None:
        raise Refused(_("This event cannot be attended that way."))
    if by is not None and by.pk not in {registration.user_id, registration.brought_by_id}:
        raise Refused(_("You cannot do this."))
    return registration if registration.seats_id == seats.pk else _change(registration, seats, by)


def _change(registration: Registration, seats: Seats, by: User | None) -> Registration:
    """Nobody loses a place by it: it is refused when the other kind is full."""
    event, before = registration.event, place_of(registration)
    is_open = event.stage == EventStage.PUBLISHED and not event.has_started
    if not is_open or registration.stage not in CAN_CHANGE_MODE:
        raise Refused(_("Registration is not open."))
    if not take(registration, seats):
        raise Refused(_("The other places are full. Your registration stays as it was."))
    registration.seats, registration.stage = seats, Stage.CONFIRMED
    registration.offer_expires_at = None
    fit_to_mode(registration)
    registration.save(update_fields=["seats", "stage", "offer_expires_at", "diet", "quota"])
    renew_entries(event)
    entry = audit.record(registration, "way of taking part changed", by=by)
    tell("registration_confirmed", registration, entry.pk)
    release(before, why="mode")
    return registration


def claims_of(user: User) -> RegistrationQuerySet:
    """Guests' registrations that this account is asked about."""
    rows = Registration.objects.waiting_for(user).select_related("event", "seats")
    return rows.order_by("event__starts_at", "pk")


@transaction.atomic
def claim(registration: Registration, *, by: User) -> Registration:
    """The account takes over a guest's registration: its holder has both, and has said so."""
    event, _row = locked(registration)
    mine = Registration.objects.claimable_by(by).filter(pk=registration.pk)
    row = mine.select_related("seats").first()
    if row is None:
        raise Refused(_("You cannot do this."))
    is_request = row.stage == Stage.REQUESTED
    if is_request and not event.takes_registrations():
        raise Refused(_("Registration is not open."))
    if is_request:
        refuse_uninvited(event, by)
        _refuse_unprepared(event, Q(user=by), by)
    row.user, row.email, row.mailbox = by, "", ""
    row.name = by.get_full_name() or row.name
    row.save()
    audit.record(row, "claimed", by=by)
    return admit(row, by=by) if is_request else row


@transaction.atomic
def decline_claim(registration: Registration, *, by: User) -> None:
    """It is somebody else's who shares the address: it stays that guest's."""
    lock(registration.event_id)
    mine = Registration.objects.claimable_by(by).filter(pk=registration.pk)
    for row in mine:
        row.declined_at = timezone.now()
        row.save(update_fields=["declined_at"])
        audit.record(row, "claim declined", by=by)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None) -> Registration:
    """Frees the place and fills it from the queue. `by=None` is the holder of a signed link."""
    _event, registration = locked(registration)
    if by is None:
        if registration.stage not in MOVES.moves["cancel"].sources:
            return registration
    else:
        MOVES.step("cancel", registration, by)
    before = place_of(registration)
    entry = set_stage(registration, Stage.CANCELLED, by=by)
    tell("registration_cancelled", registration, entry.pk)
    release(before, why="cancelled")
    return registration


@transaction.atomic
def mark(registration: Registration, action: str, *, by: User) -> Registration:
    """Ticks attendance: `mark_attended`, `mark_absent`, or `unmark` to undo; the place stays taken.

    The same tick twice changes nothing, nor the moment of the first.
    """
    event, registration = locked(registration)
    target = MOVES.moves[action].target if action in MOVES.moves else ""
    if registration.stage == target and MOVES.moves[action].may(registration, by):
        return registration
    move = MOVES.step(action, registration, by)
    if event.stage != EventStage.PUBLISHED:
        raise Refused(_("The event is not open."))
    registration.checked_in_at = timezone.now() if action == "mark_attended" else None
    registration.save(update_fields=["checked_in_at"])
    set_stage(registration, Stage(move.target), by=by)
    return registration


def locked(registration: Registration) -> tuple[Event, Registration]:
    """The event, locked, and the registration as it is under the lock."""
    event = lock(registration.event_id)
    rows = Registration.objects.select_related("seats", "user")
    fresh = rows.get(pk=registration.pk)
    fresh.event = event
    return event, fresh
