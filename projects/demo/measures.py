"""Measures that the example's files name by their number, such as 2.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.models import Measure, Programme

if TYPE_CHECKING:
    from collections.abc import Iterable


def measures_named(labels: Iterable[str]) -> list[Measure]:
    """Of the version in force of the first programme that was loaded."""
    first = Programme.objects.approved().order_by("pk").values("pk")[:1]
    wanted = set(labels)
    rows = Measure.objects.filter(goal__programme__in=first).select_related("goal")
    return [measure for measure in rows if measure.label in wanted]
