"""Telling those who sit in a body, by account or by the address that their seat bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.notifications import outbox
from events.models import Attendance, BodyMember, Meeting
from events.models.bodies import LEADING
from events.models.meetings import Stage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model

    from events.models import Body
    from members.models import User

LANGUAGE = "fi"  # of those whose language nobody knows
# Letters about one's own answer: each bears the link that gives it.
WITH_ANSWER = ("meeting_called", "meeting_moved", "meeting_cancelled")


def tell_seat(kind: str, seat: BodyMember, key: object, about: Model, **values: str | int) -> None:
    """A seat of an account that was closed, or without an address, is told nothing."""
    if not seat.address:
        return
    reader = seat.user or outbox.Guest(email=seat.email, name=seat.name, language=LANGUAGE)
    outbox.post(kind, to=reader, key=str(key), about=about, values=values)


def leaders_of(body: Body, *, but: User | None = None) -> Iterable[BodyMember]:
    """Chair and secretary of today."""
    rows = BodyMember.objects.current().filter(body=body, role__in=LEADING).select_related("user")
    return rows.exclude(user=but) if but else rows


def tell_all(
    kind: str, meeting: Meeting, key: int, *, but: User | None = None,
    but_rows: Collection[Attendance] = (), **values: str | int,
) -> None:  # fmt: skip
    """Those invited and the deputies who were called. What concerns the meeting itself goes to
    whoever sits in the body on its day; what comes after it, to whoever sits there still."""
    rows = meeting.attendances.select_related("seat__user", "deputy__user", "meeting__body")
    day = timezone.localdate(meeting.starts_at if kind in WITH_ANSWER else None)
    for row in rows.exclude(pk__in=[each.pk for each in but_rows]).order_by("pk"):
        for seat in (row.seat, row.deputy):
            if seat is None or (but is not None and seat.user_id == but.pk):
                continue
            if seat.sits_on(day):
                tell_seat(kind, seat, key, row if kind in WITH_ANSWER else meeting, **values)


def lock_called(body: Body) -> list[Meeting]:
    """Meetings whose invitation has gone out and whose minutes are not made yet. One that is being
    called just now is waited for."""
    rows = Meeting.objects.filter(body=body, stage__in=(Stage.PLANNED, Stage.CALLED, Stage.RUNNING))
    rows = rows.select_related("body").select_for_update(of=("self",), no_key=True)
    return [meeting for meeting in rows.order_by("pk") if meeting.stage != Stage.PLANNED]


def add_missing(meeting: Meeting) -> list[Attendance]:
    """A row for each who sits in the body on the meeting's day and has none; the new ones."""
    seats = BodyMember.objects.filter(body=meeting.body_id).select_related("user")
    seats = seats.invited(timezone.localdate(meeting.starts_at)).order_by("pk")
    missing = seats.exclude(pk__in=meeting.attendances.values("seat"))
    return [Attendance.objects.create(meeting=meeting, seat=seat) for seat in missing]


def invite_missing(meeting: Meeting, key: int) -> list[Attendance]:
    """Under the meeting's lock. Who comes into the body after the call is invited as the others
    were; to a meeting that has begun their presence alone is noted."""
    new = add_missing(meeting)
    if meeting.stage == Stage.CALLED and meeting.starts_at > timezone.now():
        for row in new:
            tell_seat("meeting_called", row.seat, f"{key}:{meeting.pk}", row)
    return new
