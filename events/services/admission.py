"""A new registration in one statement: its row, the seat it takes, the act and the message.

Those who come at once wait for each other at the event's lock, so all that is done behind it is
one statement and the commit; its rows are made before. Nothing is asked first that a unique rule
refuses anyway: a statement that wrote nothing answers None, and its caller finds out why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS

from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.inserts import Part, insert, run
from cluster_portal.notifications import outbox
from events.models import Registration
from events.models.events import WINDOW

if TYPE_CHECKING:
    from cluster_portal.notifications.outbox import Guest
    from events.models import Event
    from members.models import User

# A WITH, for pghistory takes what begins with SELECT for a statement that writes nothing.
LOCK = """
    WITH event AS (SELECT id FROM events_event WHERE id = %s FOR NO KEY UPDATE)
    SELECT id FROM event"""
# The seats of an event whose window is as the caller read it.
_SEATS = """
    SELECT events_seats.id, capacity + extra AS total, taken
    FROM events_seats JOIN events_event ON events_event.id = events_seats.event_id
    WHERE events_seats.event_id = %s AND mode = %s AND events_event.stage = %s
        AND registration_opens_at IS NOT DISTINCT FROM %s
        AND registration_closes_at = %s AND ends_at = %s"""
# A place when one is free and nobody waits for it, else the end of the queue.
_PLACE = """
    SELECT id, CASE WHEN total IS NULL OR taken < total AND NOT EXISTS (
        SELECT FROM events_registration WHERE seats_id = seats.id AND stage = 'waiting'
    ) THEN 'confirmed' ELSE 'waiting' END AS stage FROM seats"""
# A request holds no place, but one address may have only so many of them.
_REQUEST = """
    SELECT id, 'requested' AS stage FROM seats WHERE %s > (
        SELECT count(*) FROM events_registration
        WHERE lower(email) = lower(%s) AND stage = 'requested'
    )"""
_TAKE = """
    UPDATE events_seats SET taken = taken + 1 FROM written
    WHERE events_seats.id = written.seats_id AND written.stage = 'confirmed'"""
_WRITTEN = "SELECT id, seats_id, stage, queued_at FROM written"


def admit(registration: Registration, mode: str, *, by: User) -> Registration | None:
    """Stores it with a place or in the queue, if its event takes registrations as the caller read.

    The lock comes first, as a statement of its own: without it two who read the last free place
    would both take it (the check of the table would stop the second).
    """
    parts = [_seats(registration.event, mode), Part("place", _PLACE), _row(registration)]
    parts += [Part("counted", _TAKE), _act(by), _mail(by)]
    return _stored(registration, parts, before=Part("", LOCK, (registration.event_id,)))


def request(registration: Registration, mode: str, *, most: int) -> Registration | None:
    """Stores what a guest asks for, unless she has `most` requests open; it needs no lock.

    It is nobody's act yet: that she confirms it is one.
    """
    place = Part("place", _REQUEST, (most, registration.email))
    guest = outbox.Guest(registration.email, registration.name, registration.language)
    parts = [_seats(registration.event, mode), place, _row(registration)]
    parts.append(_mail(guest, str(registration.public_id)))
    return _stored(registration, parts)


def _seats(event: Event, mode: str) -> Part:
    window = [getattr(event, column) for column in WINDOW]
    return Part("seats", _SEATS, (event.pk, mode, *window))


def _row(registration: Registration) -> Part:
    """`queued_at` is read behind the lock, so that the queue has the order of the lock."""
    taken = {"seats_id": "place.id", "stage": "place.stage", "queued_at": "clock_timestamp()"}
    return insert(
        "written", registration, "FROM place", back="id, seats_id, stage, queued_at", **taken
    )


def _act(by: User | None) -> Part:
    entry = AuditEntry(content_type=ContentType.objects.get_for_model(Registration), actor=by)
    taken = {"object_id": "written.id", "action": "written.stage"}
    return insert("act", entry, "FROM written", **taken)


def _mail(reader: User | Guest, key: str = "") -> Part:
    """Told is the stage that it came to; the kinds of these mails differ in their texts only.

    Without a key of its own it is that of the act.
    """
    mail = outbox.compose("registration_requested", to=reader, key=key)
    mail.about_type = ContentType.objects.get_for_model(Registration)
    taken = {"kind": "'registration_' || written.stage", "about_id": "written.id"}
    if key:
        return insert("mail", mail, "FROM written", **taken)
    return insert("mail", mail, "FROM written, act", key="act.id::text", **taken)


def _stored(
    registration: Registration, parts: list[Part], before: Part | None = None
) -> Registration | None:
    found = run(parts, _WRITTEN, before=before)
    if found is None:
        return None
    registration.pk, registration.seats_id, registration.stage, registration.queued_at = found
    registration._state.adding, registration._state.db = False, DEFAULT_DB_ALIAS
    outbox.wake_after_commit()
    return registration
