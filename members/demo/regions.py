"""Texts on regions of the example; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster, RegionProfile

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, today: datetime.date) -> None:
    data = tomllib.loads((folder / "regions.toml").read_text(encoding="utf-8"))
    for row in data["region"]:
        region = vocabulary.find(Scheme.REGION, row.pop("region"))
        written = today - datetime.timedelta(days=row.pop("written_days_ago"))
        cluster = Cluster.objects.get(slug=row.pop("cluster"))
        RegionProfile.objects.get_or_create(
            region=region, defaults={"home_cluster": cluster, "written_on": written, **row}
        )
