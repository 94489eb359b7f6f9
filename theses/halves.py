"""The terms of the academic year as students speak of them: the spring and the autumn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from theses.models.profile_parts import Half

if TYPE_CHECKING:
    import datetime

AUGUST = 8
HALVES = (Half.SPRING, Half.AUTUMN)


@dataclass(frozen=True)
class HalfYear:
    year: int
    half: Half

    @property
    def token(self) -> str:
        """As the triggers of topics spell it."""
        return f"{self.year}-{self.half.value}"

    @property
    def label(self) -> str:
        return f"{self.half.label} {self.year}"

    def shifted(self, by: int) -> HalfYear:
        number = 2 * self.year + HALVES.index(self.half) + by
        return HalfYear(number // 2, HALVES[number % 2])


def half_of(day: datetime.date) -> HalfYear:
    return HalfYear(day.year, HALVES[day.month >= AUGUST])
