"""Related clusters of the example; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING

from cluster_portal.core import search, vocabulary
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster, RelatedCluster

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, today: datetime.date) -> None:
    if RelatedCluster.objects.exists():
        return
    data = tomllib.loads((folder / "related_clusters.toml").read_text(encoding="utf-8"))
    for row in data["related"]:
        cluster = Cluster.objects.get(slug=row.pop("cluster"))
        regions, functions = row.pop("regions"), row.pop("functions")
        checked = today - datetime.timedelta(days=row.pop("checked_days_ago"))
        made = RelatedCluster.objects.create(home_cluster=cluster, checked_on=checked, **row)
        made.regions.set(filter(None, (vocabulary.find(Scheme.REGION, code) for code in regions)))
        found = (vocabulary.find(Scheme.VITAL_FUNCTION, code) for code in functions)
        made.terms.set(filter(None, found))
        search.reindex(made)
