"""Terms of the academic year, and how much room a supervisor has in one. Reads only."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from theses.models import SupervisorSeats
from theses.models.profile_parts import Half

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User
    from theses.models import SupervisorProfile

AUTUMN_BEGINS = 8  # the month


class AcademicTerm(NamedTuple):
    year: int
    half: str

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 1 if self.half == Half.SPRING else AUTUMN_BEGINS, 1)


def term_of(day: datetime.date | None = None) -> AcademicTerm:
    today = day or timezone.localdate()
    return AcademicTerm(today.year, Half.AUTUMN if today.month >= AUTUMN_BEGINS else Half.SPRING)


def coming_terms(day: datetime.date | None = None, count: int = 3) -> list[AcademicTerm]:
    """The term of the day and those after it."""
    terms = [term_of(day)]
    while len(terms) < count:
        year, half = terms[-1]
        after = (year + 1, Half.SPRING) if half == Half.AUTUMN else (year, Half.AUTUMN)
        terms.append(AcademicTerm(*after))
    return terms


def capacity_before(profile: SupervisorProfile, term: AcademicTerm) -> int | None:
    """The room of the latest earlier term: it goes on until the supervisor says otherwise."""
    earlier = Q(year__lt=term.year)
    if term.half == Half.AUTUMN:
        earlier |= Q(year=term.year, half=Half.SPRING)
    rows = SupervisorSeats.objects.filter(earlier, profile=profile).order_by("-year", "half")
    return rows.values_list("capacity", flat=True).first()


def free_seats(supervisor: User, day: datetime.date | None = None) -> int:
    """How many more theses on that day; not locked, so a guess to show and ask."""
    profile = profile_of(supervisor)
    if profile is None or not supervisor.is_active:
        return 0
    term = term_of(day)
    row = SupervisorSeats.objects.filter(profile=profile, year=term.year, half=term.half).first()
    return row.free if row else capacity_before(profile, term) or 0


def free_seats_of(
    profiles: Iterable[SupervisorProfile], day: datetime.date | None = None
) -> dict[int, int]:
    """`free_seats` of many at once, by the profile's key."""
    keys = [profile.pk for profile in profiles]
    term = term_of(day)
    found = dict.fromkeys(keys, 0)
    rows = SupervisorSeats.objects.filter(profile__in=keys, year__lte=term.year)
    for row in rows.order_by("year", "-half"):  # the latest that has begun stays
        if (row.year, row.half) == term:
            found[row.profile_id] = row.free
        elif row.year < term.year or row.half == Half.SPRING:
            found[row.profile_id] = row.capacity
    return found


def profile_of(supervisor: User) -> SupervisorProfile | None:
    return getattr(supervisor, "supervisor_profile", None)
