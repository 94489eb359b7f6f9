"""Rows of the registers of the example; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from cluster_portal.core import search, vocabulary
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.models import (
    CircularCase,
    FundingNeed,
    InfrastructureNeed,
    JustifiedNeed,
    SkillGap,
    TrainingSupply,
)
from members.models import Cluster, Organisation

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
# Of each kind of row: its model, and the schemes of the terms that it names by their codes.
KINDS: dict[str, tuple[Any, dict[str, Scheme]]] = {
    "gap": (SkillGap, {"field": Scheme.EDUCATION_FIELD}),
    "supply": (TrainingSupply, {"field": Scheme.EDUCATION_FIELD}),
    "infrastructure": (InfrastructureNeed, {"sector": Scheme.CRITICAL_SECTOR}),
    "justified": (JustifiedNeed, {"sector": Scheme.CRITICAL_SECTOR}),
    "circular": (CircularCase, {}),
    "funding": (FundingNeed, {"theme": Scheme.VITAL_FUNCTION}),
}
DAYS_AGO = {"sourced_days_ago": "sourced_on", "written_days_ago": "written_on"}


def load(folder: Path, today: datetime.date) -> None:
    data = tomllib.loads((folder / "registers.toml").read_text(encoding="utf-8"))
    for name, (model, schemes) in KINDS.items():
        if not model.objects.exists():
            for row in data[name]:
                model.objects.create(**_values(row, schemes, today))
    for case in CircularCase.objects.all():
        search.reindex(case)


def _values(row: Row, schemes: dict[str, Scheme], today: datetime.date) -> Row:
    values = dict(row)
    for name, scheme in {**schemes, "region": Scheme.REGION}.items():
        values[name] = vocabulary.find(scheme, values[name])
    for name, field in DAYS_AGO.items():
        if name in values:
            values[field] = today - datetime.timedelta(days=values.pop(name))
    if "years_ahead" in values:
        values["year"] = today.year + values.pop("years_ahead")
    values["home_cluster"] = Cluster.objects.get(slug=values.pop("cluster"))
    owner = values.pop("organisation", "")
    values["organisation"] = Organisation.objects.get(external_id=owner) if owner else None
    return values
