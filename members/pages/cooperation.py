"""Who works with whom, by what the content types tell of cooperation."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.content import parts
from members.models.kinds import Sector
from members.pages.figures import around, members_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Cluster, Organisation

DRAWN = 40  # organisations, above which the picture shows sectors only
LISTED, FIRST = 100, 10
TOGETHER = 60  # organisations of one thing, above which it says nothing of who works with whom
Pair = tuple[int, int]


def values(user: Reader, cluster: Cluster | None) -> dict[str, Any]:
    members = members_of(user, cluster)
    rows = members.only("pk", "slug", "name", "name_sv", "name_en", "sector")
    known = {row.pk: row for row in rows}
    named, all_pairs, labels = _pairs(user, known)
    strongest = sorted(named.items(), key=lambda each: (-each[1], known[each[0][0]].title))
    shown = [{"a": known[a], "b": known[b], "count": count} for (a, b), count in strongest[:LISTED]]
    return {
        **around("members:cooperation", cluster),
        "sources": labels,
        "network": _network(named, all_pairs, known),
        "is_by_sector": _linked(named) > DRAWN,
        "pairs": shown[:FIRST],
        "other_pairs": shown[FIRST:],
        "more": max(0, len(strongest) - LISTED),
        "matrix": _matrix(all_pairs, known),
    }


def _pairs(
    user: Reader, known: dict[int, Organisation]
) -> tuple[Counter[Pair], Counter[Pair], list[str]]:
    """Pairs that may be named, all pairs, and the names of what they come from."""
    named: Counter[Pair] = Counter()
    every: Counter[Pair] = Counter()
    labels = []
    for source in parts(lambda one: one.cooperation):
        things: dict[int, set[int]] = defaultdict(set)
        for thing, organisation in source.pairs(user):
            if organisation in known:
                things[thing].add(organisation)
        found = Counter(
            pair
            for group in things.values()
            if len(group) <= TOGETHER
            for pair in combinations(sorted(group), 2)
        )
        labels.append(str(source.label))
        every += found
        if source.is_named:
            named += found
    return named, every, labels


def _linked(pairs: Counter[Pair]) -> int:
    return len({pk for pair in pairs for pk in pair})


def _network(
    named: Counter[Pair], every: Counter[Pair], known: dict[int, Organisation]
) -> dict[str, Any] | None:
    """Organisations on a circle while they are few; else the five sectors."""
    if _linked(named) > DRAWN:
        return _sectors(every, known)
    return _organisations(named, known) if named else None


def _organisations(named: Counter[Pair], known: dict[int, Organisation]) -> dict[str, Any]:
    order = list(Sector)
    linked = sorted(
        {pk for pair in named for pk in pair},
        key=lambda pk: (order.index(Sector(known[pk].sector)), known[pk].title),
    )
    number = {pk: str(place) for place, pk in enumerate(linked, 1)}
    nodes = [pictures.Node(str(pk), number[pk], known[pk].sector) for pk in linked]
    links = [(str(a), str(b), count) for (a, b), count in named.items()]
    partners = Counter(pk for pair in named for pk in pair)
    title = _("Who works with whom")
    words = _("Organisations on a circle; a line joins two that work together.")
    return {
        "svg": pictures.ring(pictures.Caption("network", title, words), nodes, links),
        "label": title,
        "note": _("The numbers are those of the table. A thicker line is more common work."),
        "key": [{"sector": sector.value, "name": sector.label} for sector in Sector],
        "head": [{"name": _("Organisation")}, {"name": _("Partners"), "num": True}],
        "rows": [[f"{number[pk]}. {known[pk].title}", partners[pk]] for pk in linked],
    }


def _by_sector(pairs: Counter[Pair], known: dict[int, Organisation]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (a, b), count in pairs.items():
        found[known[a].sector, known[b].sector] += count
        if known[a].sector != known[b].sector:
            found[known[b].sector, known[a].sector] += count
    return found


def _sectors(every: Counter[Pair], known: dict[int, Organisation]) -> dict[str, Any]:
    counts = _by_sector(every, known)
    nodes = [pictures.Node(s.value, str(place), s.value) for place, s in enumerate(Sector, 1)]
    links = [(a.value, b.value, counts[a, b]) for a, b in combinations(Sector, 2) if counts[a, b]]
    title = _("Which sectors work together")
    words = _("The five sectors on a circle; a line joins two that work together.")
    return {
        "svg": pictures.ring(pictures.Caption("network", title, words), nodes, links),
        "label": title,
        "note": _("There are more organisations than a picture can show; the table names them."),
        "key": [{"sector": s.value, "name": f"{i}. {s.label}"} for i, s in enumerate(Sector, 1)],
        "head": [{"name": _("Sectors")}, {"name": _("Times together"), "num": True}],
        "rows": [[f"{a.label} – {b.label}", counts[a, b]] for a, b in combinations(Sector, 2)],
    }


def _matrix(every: Counter[Pair], known: dict[int, Organisation]) -> dict[str, Any] | None:
    """How often each sector works with each."""
    if not every:
        return None
    counts = _by_sector(every, known)
    return {
        "caption": _("How many times organisations of two sectors have worked together"),
        "corner": _("Sector"),
        "head": [sector.label for sector in Sector],
        "rows": [
            {
                "name": row.label,
                "cells": [
                    {"text": counts[row, to], "depth": pictures.depth(counts[row, to])}
                    for to in Sector
                ],
            }
            for row in Sector
        ],
    }
