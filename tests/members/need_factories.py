"""Needs and what may answer them, for tests."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core import search
from members.models import Need
from members.models.needs import PUBLISHED, UNANSWERED, Stage
from members.services import need_matching
from tests import factories

if TYPE_CHECKING:
    from members.models import Capability, Cluster, Organisation

_numbers = itertools.count(1)
POWER = {
    "title_fi": "Siirrettävä varavoimakone",
    "summary_fi": "Antaa varavoimaa sähkökatkon ajaksi.",
}


def need(cluster: Cluster, organisation: Organisation | None = None, **values: Any) -> Need:
    """An open one for members unless told otherwise; indexed, so that it is found and matched."""
    terms = values.pop("terms", ())
    stage = values.setdefault("stage", Stage.OPEN)
    now = timezone.now()
    values = {
        "slug": f"tarve-{next(_numbers)}", "kind": "solution",
        "what": "Varavoimaa sähkökatkon ajaksi", "purpose": "Lataukset pidetään käynnissä.",
        "published_at": now if stage in PUBLISHED else None,
        "ended_at": now if stage in {*UNANSWERED, Stage.ANSWERED} else None,
        **values,
    }  # fmt: skip
    made = Need.objects.create(home_cluster=cluster, organisation=organisation, **values)
    made.terms.set(terms)
    search.reindex(made)
    return made


def power(of: Organisation, cluster: Cluster, **values: Any) -> Capability:
    """A capability that answers the need above."""
    return factories.capability(of, cluster, **{**POWER, **values})


def match_all() -> None:
    while need_matching.match_next():
        pass
