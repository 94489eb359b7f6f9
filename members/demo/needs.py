"""The example's needs: told, answered and told on behalf, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit, search, vocabulary
from cluster_portal.core.matching import themes
from cluster_portal.core.vocabulary import Scheme
from members.matching import NAMED
from members.models import Cluster, Need, NeedOffer, Organisation, User
from members.models.needs import PUBLISHED, Stage
from members.services import need_matching

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
MOST_ROUNDS = 2_000


def load(folder: Path, today: datetime.date) -> None:
    """What is there already is left as people have made it since."""
    rows = tomllib.loads((folder / "needs.toml").read_text(encoding="utf-8"))["need"]
    with transaction.atomic():
        made = [_load(row, today) for row in rows if not _is_there(row)]
    if made:
        _match()


def _is_there(row: Row) -> bool:
    return Need.objects.filter(slug=row["slug"]).exists()


def _load(row: Row, today: datetime.date) -> Need:
    organisation = Organisation.objects.filter(external_id=row.get("organisation", "")).first()
    teller = User.objects.get(email=row["teller"])
    stage = Stage(row.get("stage", Stage.OPEN))
    told_at = timezone.now() - datetime.timedelta(days=row.get("told_days_ago", 7))
    within = row.get("needed_in_days")
    need = Need.objects.create(
        slug=row["slug"], kind=row["kind"], what=row["what"], purpose=row["purpose"],
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=organisation, person=None if organisation else teller, teller=teller,
        is_on_behalf=row.get("on_behalf", False), visibility=row.get("visibility", "members"),
        region=vocabulary.find(Scheme.REGION, row["region"]) if "region" in row else None,
        needed_by=today + datetime.timedelta(days=within) if within is not None else None,
        stage=stage, published_at=told_at if stage in PUBLISHED else None,
        ended_at=timezone.now() if stage in PUBLISHED - {Stage.OPEN} else None,
        answer=row.get("answer", ""), offer_count=len(row.get("offers", [])),
    )  # fmt: skip
    functions = (vocabulary.find(Scheme.VITAL_FUNCTION, code) for code in row["functions"])
    need.terms.set([*themes.found_in(f"{need.what}\n{need.purpose}", NAMED), *functions])
    search.reindex(need)
    audit.record(need, "created", by=teller)
    for each in row.get("offers", []):
        NeedOffer.objects.create(
            need=need, sender=User.objects.get(email=each["by"]),
            organisation=Organisation.objects.filter(external_id=each["organisation"]).first(),
            is_answer=each.get("is_answer", False),
        )  # fmt: skip
    return need


def _match() -> None:
    """At once, so that the example shows what fits before a worker has run."""
    for _round in range(MOST_ROUNDS):
        if not need_matching.match_next():
            return
