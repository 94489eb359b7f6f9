"""Tender notices of the example; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core import search, vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, TenderNotice, User
from members.models.tenders import THEMES, Stage
from members.services import tender_fits, tenders

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = ("external_id", "title", "buyer", "summary", "link", "source")


def load(folder: Path, today: datetime.date) -> None:
    data = tomllib.loads((folder / "tenders.toml").read_text(encoding="utf-8"))
    for row in data["tender"]:
        if not TenderNotice.objects.filter(external_id=row["external_id"]).exists():
            _load(row, today)
    tender_fits.find_for_open()


def _load(row: dict[str, Any], today: datetime.date) -> None:
    day = today + datetime.timedelta(days=row["closes_in_days"])
    clock = datetime.time.fromisoformat(row["closes_at"])
    proposer = row.get("proposed_by")
    tender = TenderNotice.objects.create(
        **{name: row[name] for name in PLAIN},
        conditions=row.get("conditions", ""),
        slug=tenders.free_slug(row["title"]),
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        closes_at=timezone.make_aware(datetime.datetime.combine(day, clock)),
        checked_on=today - datetime.timedelta(days=row["checked_days_ago"]),
        proposed_by=User.objects.get(email=proposer) if proposer else None,
        stage=Stage.PROPOSED if proposer else Stage.PUBLISHED,
        published_at=None if proposer else timezone.now(),
    )
    tender.terms.set([_term(code, *THEMES) for code in row["terms"]])
    tender.terms.add(*(_term(code, Scheme.REGION) for code in row["regions"]))
    search.reindex(tender)


def _term(code: str, *schemes: str) -> Term:
    found = next(filter(None, (vocabulary.find(scheme, code) for scheme in schemes)), None)
    if found is None:
        raise ValueError(f"no term {code}")
    return found
