"""A person's calendar: what they go to, what is due, what they follow, as a month and a list."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core.content import parts
from cluster_portal.notifications.models import Follow
from events.models import Event, Registration
from events.models.events import Stage
from events.pages import meetings, one_to_one, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.content import Following
    from cluster_portal.core.visibility import Reader
    from events.models import Meeting, OneToOne

MOST = 500
MONTHS = calendar.Calendar(firstweekday=calendar.MONDAY)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Entry:
    """`kind` is event (they go, or wait for a place), deadline, followed or open to all."""

    kind: str
    at: datetime.datetime
    note: str
    title: str
    url: str
    until: datetime.datetime | None = None
    place: str = ""

    @property
    def days(self) -> list[datetime.date]:
        """By the calendar of Helsinki; what ends at midnight does not reach into the next day."""
        first = timezone.localdate(self.at)
        ends = max(self.until - datetime.timedelta(seconds=1), self.at) if self.until else self.at
        last = timezone.localdate(ends)
        return [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]

    @property
    def time(self) -> str:
        return date_format(timezone.localtime(self.at), "TIME_FORMAT")


Span = tuple[datetime.datetime, datetime.datetime]


def month_of(text: str) -> datetime.date:
    """The first day of the month 2026-12; of this month for what is none."""
    try:
        first = datetime.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a day only
    except ValueError:
        first = timezone.localdate()
    if not FIRST_YEAR <= first.year < LAST_YEAR:
        first = timezone.localdate()
    return first.replace(day=1)


def page(user: Reader, month: datetime.date, *, shows_all: bool) -> dict[str, Any]:
    weeks = MONTHS.monthdatescalendar(month.year, month.month)
    span = _moment(weeks[0][0]), _moment(weeks[-1][-1] + datetime.timedelta(days=1))
    by_day: dict[datetime.date, list[Entry]] = defaultdict(list)
    for entry in entries(user, span, shows_all=shows_all):
        for day in entry.days:
            by_day[day].append(entry)
    today = timezone.localdate()
    return {
        "month": month,
        "before": (month - datetime.timedelta(days=1)).replace(day=1),
        "after": (month + datetime.timedelta(days=31)).replace(day=1),
        "shows_all": shows_all,
        "weekdays": weeks[0],
        "weeks": [
            {
                "number": week[0].isocalendar().week,
                "days": [_day(day, by_day[day], month, today) for day in week],
            }
            for week in weeks
        ],
        "days": [
            _day(day, by_day[day], month, today)
            for week in weeks for day in week
            if by_day[day] and day.month == month.month and (day >= today or month < today)
        ],
    }  # fmt: skip


def _day(
    day: datetime.date, found: list[Entry], month: datetime.date, today: datetime.date
) -> dict[str, Any]:
    return {
        "day": day, "entries": found, "is_today": day == today, "is_out": day.month != month.month,
    }  # fmt: skip


def _moment(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def entries(user: Reader, span: Span, *, shows_all: bool = False) -> list[Entry]:
    """All between the two moments, in order; an event stands once, as what it is most."""
    found = [
        *_going(user, span), *_meetings(user, span), *_due(user, span), *_followed(user, span)
    ]  # fmt: skip
    if shows_all:
        known = {entry.url for entry in found}
        found += [entry for entry in _open_to_all(user, span) if entry.url not in known]
    return sorted(found, key=lambda entry: (entry.at, entry.title))


def registrations(user: Reader, span: Span) -> Any:
    first, last = span
    mine = Registration.objects.editable_by(user).active().with_position()
    mine = mine.filter(event__ends_at__gt=first, event__starts_at__lt=last)
    rows = mine.exclude(event__stage=Stage.CANCELLED).select_related("event", "seats")
    return rows.prefetch_related("event__seats").order_by("event__starts_at")[:MOST]


def _going(user: Reader, span: Span) -> Iterator[Entry]:
    for row in registrations(user, span):
        event = row.event
        yield Entry(
            "event", event.starts_at, words.registration_words(row).short, event.title,
            event.get_absolute_url(), event.ends_at,
        )  # fmt: skip


def _meetings(user: Reader, span: Span) -> Iterator[Entry]:
    """Meetings of bodies and of two, past ones too, with their end and place."""
    kind = pgettext("of a body", "Meeting")
    for meeting in meetings.in_calendar(user).filter(ends_at__gt=span[0], starts_at__lt=span[1]):
        yield _meeting(meeting, kind, meeting.title)
    kind = _("Meeting of two")
    for agreed in one_to_one.in_calendar(user).filter(ends_at__gt=span[0], starts_at__lt=span[1]):
        yield _meeting(agreed, kind, agreed.topic)


def _meeting(meeting: Meeting | OneToOne, kind: str, title: str) -> Entry:
    return Entry(
        "deadline", cast("datetime.datetime", meeting.starts_at), kind, title,
        meeting.get_absolute_url(), meeting.ends_at, meeting.place or meeting.remote_link,
    )  # fmt: skip


def _due(user: Reader, span: Span) -> Iterator[Entry]:
    """The deadlines that are the reader's own."""
    for source in parts(lambda one: one.deadlines):
        if source.is_own:
            for row in source.rows(user):
                if span[0] <= row.at < span[1]:
                    yield Entry("deadline", row.at, str(row.kind), row.title, row.url)


def _followed(user: Reader, span: Span) -> Iterator[Entry]:
    """The moments of what the reader follows; one statement each kind that has one."""
    own = Follow.objects.visible_to(user)
    for part in parts(lambda one: one.following):
        if part.moment and own.on(part.rows(user).model).exists():
            yield from _moments(part, user, span)


def _moments(part: Following, user: Reader, span: Span) -> Iterator[Entry]:
    rows = part.rows(user)
    followed = Follow.objects.visible_to(user).on(rows.model).values("about_id")
    near = {f"{part.moment}__gte": span[0], f"{part.moment}__lt": span[1]}
    rows = rows.filter(pk__in=followed, **near)
    if rows.model is Event:
        rows = rows.exclude(registrations__in=Registration.objects.editable_by(user).active())
    for row in rows.order_by(part.moment)[:MOST]:
        yield Entry(
            "followed" if rows.model is Event else "deadline",
            getattr(row, part.moment), str(part.moment_label), str(row), row.get_absolute_url(),
            getattr(row, "ends_at", None) if rows.model is Event else None,
        )  # fmt: skip


def _open_to_all(user: Reader, span: Span) -> Iterator[Entry]:
    rows = Event.objects.visible_to(user).filter(
        ends_at__gt=span[0], starts_at__lt=span[1], stage=Stage.PUBLISHED
    )
    for event in rows.order_by("starts_at")[:MOST]:
        kind = str(event.get_kind_display())
        yield Entry(
            "open", event.starts_at, kind, event.title, event.get_absolute_url(), event.ends_at
        )


def legend() -> list[tuple[str, str]]:
    return [
        ("event", _("You go, or wait for a place")),
        ("deadline", _("Deadline")),
        ("followed", _("You follow it")),
    ]
