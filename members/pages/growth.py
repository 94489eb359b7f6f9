"""How research and education grow: what is on offer at the end of each year, by kind and by unit.

A unit is the organisation that offers. What is not on offer any more is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core.content import Offering, parts
from cluster_portal.core.pictures import depth
from members.models import Capability, Organisation
from members.models.capabilities import Kind
from members.pages.owner_names import name_in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader

KINDS = (Kind.RESEARCH_GROUP, Kind.COURSE, Kind.LABORATORY)
YEARS = 5
MOST_UNITS = 30
OTHERS = 0  # in the place of an organisation that is not named
ByYear = dict[int, int]


def by_year(rows: QuerySet[Any], *fields: str) -> Iterable[tuple[Any, ...]]:
    """The fields, the year in which the rows were published, and how many there are."""
    rows = rows.exclude(published_at=None).order_by().annotate(came=ExtractYear("published_at"))
    return rows.values_list(*fields, "came").annotate(n=Count("pk"))


def _capabilities(user: Reader) -> Iterable[tuple[Any, int, int, int]]:
    rows = Capability.objects.visible_to(user).open().filter(kind__in=KINDS)
    for kind, organisation, year, count in by_year(rows, "kind", "organisation"):
        yield Kind(kind).label, organisation, year, count


CAPABILITIES = Offering("capabilities", _capabilities)


def tables(user: Reader, members: QuerySet[Organisation] | None = None) -> list[dict[str, Any]]:
    """For components/depth_table.html: by kind and by unit; of `members` alone, if given."""
    found = [row for part in parts(lambda one: one.offerings) for row in part.counted(user)]
    if members is not None:
        known = set(members.order_by().values_list("pk", flat=True))
        found = [row for row in found if row[1] in known]
    if not found:
        return []
    kinds: dict[str, ByYear] = defaultdict(lambda: defaultdict(int))
    units: dict[int, ByYear] = defaultdict(lambda: defaultdict(int))
    for kind, organisation, year, count in found:
        kinds[str(kind)][year] += count
        units[organisation][year] += count
    this_year = timezone.localdate().year
    first = max(min(year for _kind, _pk, year, _count in found), this_year - YEARS + 1)
    years = range(first, this_year + 1)
    return [
        _table(_("By kind"), _("Kind"), sorted(kinds.items()), years),
        _table(_("By unit"), _("Unit"), _named(units, user), years),
    ]


def _named(units: Mapping[int, ByYear], user: Reader) -> list[tuple[str, ByYear]]:
    """The largest first; the rest, and whom the reader may not see, in one row."""
    largest = sorted(units, key=lambda pk: (-sum(units[pk].values()), pk))
    seen = Organisation.objects.visible_to(user).filter(pk__in=largest[:MOST_UNITS])
    names = dict(seen.order_by().values_list("pk", name_in_language()))
    rows = [(names[pk], units[pk]) for pk in largest if pk in names]
    rest: ByYear = defaultdict(int)
    for pk in largest:
        if pk not in names:
            for year, count in units[pk].items():
                rest[year] += count
    return [*rows, (_("Others"), rest)] if rest else rows


def _table(
    caption: str, corner: str, rows: Iterable[tuple[str, ByYear]], years: Sequence[int]
) -> dict[str, Any]:
    return {
        "caption": caption,
        "corner": corner,
        "head": [str(year) for year in years],
        "rows": [{"name": name, "cells": _cells(counts, years)} for name, counts in rows],
    }


def _cells(counts: ByYear, years: Sequence[int]) -> list[dict[str, int]]:
    at_end = [sum(n for came, n in counts.items() if came <= year) for year in years]
    return [{"text": count, "depth": depth(count)} for count in at_end]
