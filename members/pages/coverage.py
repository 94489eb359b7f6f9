"""Which themes the members cover, and which nobody does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cluster_portal.core import pictures, vocabulary
from cluster_portal.core.vocabulary import Scheme
from members.models import Organisation
from members.models.kinds import Sector
from members.pages.figures import around, members_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from members.models import Cluster

Carriers = dict[int, set[int]]  # of each term, the organisations that carry it


def values(user: Reader, cluster: Cluster | None) -> dict[str, Any]:
    members = members_of(user, cluster)
    carriers = _carriers(members)
    sectors = dict(members.order_by().values_list("pk", "sector"))
    return {
        **around("members:coverage", cluster),
        "total": len(sectors),
        "specialisation": _specialisation(carriers),
        "functions": _by_sector(Scheme.VITAL_FUNCTION, carriers, sectors),
        "tasks": _by_sector(Scheme.SECURITY_TASK, carriers, sectors),
    }


def _carriers(members: QuerySet[Organisation]) -> Carriers:
    schemes = (Scheme.SMART_SPECIALISATION, Scheme.VITAL_FUNCTION, Scheme.SECURITY_TASK)
    links = Organisation.terms.through.objects.filter(
        organisation__in=members.order_by().values("pk"), term__scheme__in=schemes
    )
    found: Carriers = defaultdict(set)
    for term, organisation in links.values_list("term", "organisation"):
        found[term].add(organisation)
    return found


def _cell(count: int) -> dict[str, int]:
    return {"text": count, "depth": pictures.depth(count)}


def _specialisation(carriers: Carriers) -> dict[str, Any] | None:
    """How many members stand for a smart specialisation and a vital function at once."""
    rows = vocabulary.named(Scheme.SMART_SPECIALISATION)
    columns = vocabulary.named(Scheme.VITAL_FUNCTION)
    if not any(carriers.get(pk) for pk, _code, _label in rows):
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
            for pk, _code, label in rows
        ],
    }


def _by_sector(scheme: str, carriers: Carriers, sectors: dict[int, str]) -> dict[str, Any]:
    """Members of each sector by theme, and the themes that nobody stands for."""
    rows, missing = [], []
    for pk, _code, label in vocabulary.named(scheme):
        found = carriers.get(pk, set())
        counts = [sum(sectors.get(each) == s for each in found) for s in Sector]
        rows.append({"name": label, "cells": [_cell(count) for count in counts]})
        if not found:
            missing.append(label)
    return {
        "caption": _("Members by theme and sector"),
        "corner": Scheme(scheme).label,
        "head": [sector.label for sector in Sector],
        "rows": rows,
        "missing": missing,
    }
