"""Which themes the members cover, and which nobody does."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext as _

from cluster_portal.core import pictures, vocabulary
from cluster_portal.core.vocabulary import Scheme
from members.models import Capability, Organisation
from members.models.capabilities import Kind
from members.models.kinds import Sector
from members.pages.figures import around, members_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from members.models import Cluster

FEWEST = 5  # members behind a figure on dual use
Carriers = dict[int, set[int]]  # of each term, the organisations that carry it


def values(user: Reader, cluster: Cluster | None) -> dict[str, Any]:
    members = members_of(user, cluster)
    capabilities = (
        Capability.objects.visible_to(user)
        .open()
        .filter(organisation__in=members.order_by().values("pk"))
    )
    carriers = _carriers(members, capabilities)
    sectors = dict(members.order_by().values_list("pk", "sector"))
    return {
        **around("members:coverage", cluster),
        "total": len(sectors),
        "specialisation": _specialisation(carriers),
        "functions": _by_sector(Scheme.VITAL_FUNCTION, carriers, sectors),
        "tasks": _by_sector(Scheme.SECURITY_TASK, carriers, sectors),
        "technology": _technology(capabilities),
        "dual_use": _dual_use(),
    }


def _carriers(members: QuerySet[Organisation], capabilities: QuerySet[Capability]) -> Carriers:
    """By the organisation's own themes and by those of what it can do."""
    schemes = (Scheme.SMART_SPECIALISATION, Scheme.VITAL_FUNCTION, Scheme.SECURITY_TASK)
    links = Organisation.terms.through.objects.filter(
        organisation__in=members.order_by().values("pk"), term__scheme__in=schemes
    )
    found: Carriers = defaultdict(set)
    made_for = Capability.terms.through.objects.filter(
        capability__in=capabilities.order_by().values("pk"), term__scheme__in=schemes
    )
    for term, organisation in [
        *links.values_list("term", "organisation"),
        *made_for.values_list("term", "capability__organisation"),
    ]:
        found[term].add(organisation)
    return found


def _cell(count: int) -> dict[str, int]:
    return {"text": count, "depth": pictures.depth(count)}


def _specialisation(carriers: Carriers) -> dict[str, Any] | None:
    """How many members stand for a smart specialisation and a vital function at once."""
    rows = vocabulary.named(Scheme.SMART_SPECIALISATION)
    columns = vocabulary.named(Scheme.VITAL_FUNCTION)
    carried = [row for row in rows if carriers.get(row[0])]
    if not carried:
        return None
    return {
        "caption": _("Members by smart specialisation and vital function of society"),
        "corner": _("Smart specialisation"),
        "head": [label for _pk, _code, label in columns],
        "rows": [
            {
                "name": label,
                "cells": [
                    _cell(len(carriers.get(pk, set()) & carriers.get(to, set())))
                    for to, _code, _label in columns
                ],
            }
            for pk, _code, label in carried
        ],
        "missing": [label for pk, _code, label in rows if not carriers.get(pk)],
    }


def _by_sector(scheme: str, carriers: Carriers, sectors: dict[int, str]) -> dict[str, Any]:
    """Members of each sector by theme, and the themes that nobody stands for."""
    rows, missing = [], []
    for pk, _code, label in vocabulary.named(scheme):
        found = carriers.get(pk, set())
        if not found:
            missing.append(label)
            continue
        counts = [sum(sectors.get(each) == s for each in found) for s in Sector]
        rows.append({"name": label, "cells": [_cell(count) for count in counts]})
    return {
        "caption": _("Members by theme and sector"),
        "corner": Scheme(scheme).label,
        "head": [sector.label for sector in Sector],
        "rows": rows,
        "missing": missing,
    }


def _technology(capabilities: QuerySet[Capability]) -> dict[str, Any] | None:
    """What kinds of things the members offer, and how ready they are."""
    levels: list[tuple[str, Iterable[int | None]]] = [
        ("1–3", range(1, 4)),
        ("4–6", range(4, 7)),
        ("7–9", range(7, 10)),
        (_("Not told"), [None]),
    ]
    found = Counter(capabilities.order_by().values_list("kind", "trl"))
    if not found:
        return None
    return {
        "caption": _("Capabilities by kind and technology readiness level"),
        "corner": _("What it is"),
        "head": [label for label, _steps in levels],
        "rows": [
            {
                "name": kind.label,
                "cells": [_cell(sum(found[kind, each] for each in steps)) for _l, steps in levels],
            }
            for kind in Kind
        ],
    }


def _dual_use() -> list[dict[str, Any]]:
    """Categories that at least FEWEST members have declared; nothing of the rest is told.

    Always of the whole network: a single cluster's figures would tell the other's by subtraction.
    """
    counts = dict(
        Capability.objects.open()
        .order_by()
        .values_list("dual_use")
        .annotate(n=Count("organisation", distinct=True))
        .filter(n__gte=FEWEST)
    )
    return [
        {"label": label, "value": counts[pk]}
        for pk, _code, label in vocabulary.named(Scheme.DUAL_USE)
        if pk in counts
    ]
