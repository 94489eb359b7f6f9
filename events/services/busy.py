"""When people cannot meet: their places at events, meetings of bodies and meetings of two."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from events.models import Attendance, OneToOne, Registration
from events.models.event_choices import Stage as EventStage
from events.models.meetings import Answer
from events.models.meetings import Stage as MeetingStage
from events.models.one_to_one import Stage
from events.models.registrations import Stage as PlaceStage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

Span = tuple[datetime.datetime, datetime.datetime]

GOES = (PlaceStage.CONFIRMED, PlaceStage.OFFERED)
HELD = (MeetingStage.CALLED, MeetingStage.RUNNING)
FIRST_HOUR, LAST_HOUR = 9, 16
HALF_HOUR = datetime.timedelta(minutes=30)
LATEST = 21  # days ahead that are looked at


def spans_of(people: Iterable[User | int | None], since: datetime.datetime) -> list[Span]:
    """What any of them is taken by from that moment on; three statements."""
    keys = [getattr(each, "pk", each) for each in people if each]
    places = Registration.objects.filter(
        user__in=keys, stage__in=GOES, event__ends_at__gt=since,
        event__stage=EventStage.PUBLISHED,
    ).values_list("event__starts_at", "event__ends_at")  # fmt: skip
    comes = Q(seat__user__in=keys) & ~Q(answer=Answer.AWAY) | Q(deputy__user__in=keys)
    called = Attendance.objects.filter(
        comes, meeting__ends_at__gt=since, meeting__stage__in=HELD
    ).values_list("meeting__starts_at", "meeting__ends_at")
    agreed = OneToOne.objects.filter(stage=Stage.AGREED, ends_at__gt=since)
    agreed = agreed.filter(asker__in=keys) | agreed.filter(asked__in=keys)
    return [*places, *called, *agreed.values_list("starts_at", "ends_at")]


def clashes(span: Span, taken: Iterable[Span]) -> bool:
    return any(starts < span[1] and span[0] < ends for starts, ends in taken)


def is_free(people: Iterable[User | int | None], span: Span) -> bool:
    return not clashes(span, spans_of(people, span[0]))


def free_times(
    people: Iterable[User | int | None], length: datetime.timedelta, most: int = 6
) -> list[datetime.datetime]:
    """Moments at which all of them are free: on working days, at most two a day, from the day
    after tomorrow on."""
    now = timezone.localtime()
    taken = spans_of(people, now)
    found: list[datetime.datetime] = []
    for ahead in range(2, LATEST):
        day = timezone.localdate(now) + datetime.timedelta(days=ahead)
        if day.weekday() < 5:  # Monday to Friday
            found += _of_day(day, length, taken)[:2]
        if len(found) >= most:
            break
    return found[:most]


def _of_day(
    day: datetime.date, length: datetime.timedelta, taken: list[Span]
) -> list[datetime.datetime]:
    """The first free moment before noon and the first after it."""
    found: list[datetime.datetime] = []
    for first, last in ((FIRST_HOUR, 12), (12, LAST_HOUR)):
        at = _at(day, first)
        while at + length <= _at(day, last) and clashes((at, at + length), taken):
            at += HALF_HOUR
        if at + length <= _at(day, last):
            found.append(at)
    return found


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
