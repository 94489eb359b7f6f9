"""People of the example who are named with a membership; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from members.models import Cluster, NamedPerson, Organisation
from members.models.named_people import REFUSED, Stage

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "Klusterin jäsenluettelo"


def load(folder: Path, today: datetime.date) -> None:
    if NamedPerson.objects.exists():
        return
    data = tomllib.loads((folder / "named_people.toml").read_text(encoding="utf-8"))
    for row in data["named"]:
        _make(row)


def _make(row: dict[str, Any]) -> None:
    cluster = Cluster.objects.get(slug=row.pop("cluster"))
    key = row.pop("organisation", "")
    organisation = Organisation.objects.get(external_id=key) if key else None
    stage, days = Stage(row.pop("state", Stage.RECORDED)), row.pop("days_ago", 0)
    invited = timezone.now() - datetime.timedelta(days=days) if days else None
    NamedPerson.objects.create(
        cluster=cluster, organisation=organisation, stage=stage, source=SOURCE,
        invited_at=invited, answered_at=timezone.now() if stage in REFUSED else None, **row,
    )  # fmt: skip
