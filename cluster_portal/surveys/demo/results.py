"""The results of the example's rounds, as they were published when the rounds had closed."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from django.db import transaction

from cluster_portal.surveys.models import PublishedTable, Round
from cluster_portal.surveys.models.rounds import Stage
from cluster_portal.surveys.services import publishing

if TYPE_CHECKING:
    import datetime
    from pathlib import Path


def load(folder: Path, _today: datetime.date) -> None:
    """The service's tables, without telling those who answered months ago."""
    rows = tomllib.loads((folder / "surveys.toml").read_text(encoding="utf-8"))["round"]
    named = [row["slug"] for row in rows if row.get("published")]
    closed = Round.objects.filter(slug__in=named, stage=Stage.CLOSED)
    for survey_round in closed.order_by("closed_at"):
        with transaction.atomic():
            PublishedTable.objects.bulk_create(publishing.tables(survey_round))
            survey_round.stage = Stage.PUBLISHED
            survey_round.tables_published_at = survey_round.closed_at
            survey_round.save(update_fields=["stage", "tables_published_at"])
