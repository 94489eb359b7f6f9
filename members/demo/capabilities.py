"""What the example's organisations can do, from a plain data file.

Loading twice changes nothing: what is there already is left as people have made it since.
"""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import audit, search, vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Affiliation, Capability, Cluster, Organisation, User
from members.models.affiliations import Role
from members.models.capabilities import THEMES, Stage

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
APART = frozenset({
    "owner", "cluster", "stage", "terms", "regions", "dual_use", "confirmed_days_ago", "asked",
})  # fmt: skip
ASKER = "jarjesto@example.org"
EXAMPLE = "esimerkkiaineistoa"


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    text = (folder / "capabilities.toml").read_text(encoding="utf-8")
    for row in tomllib.loads(text)["capability"]:
        if not Capability.objects.filter(slug=row["slug"]).exists():
            _load(row, today)


def _load(row: Row, today: datetime.date) -> None:
    owner = Organisation.objects.get(external_id=row["owner"])
    contacts = Affiliation.objects.confirmed().filter(organisation=owner, role=Role.CONTACT)
    contact = contacts.order_by("pk").values_list("user", flat=True).first()
    capability = Capability(
        home_cluster=Cluster.objects.get(slug=row["cluster"]), organisation=owner,
        dual_use=_dual_use(row), entered_by_id=contact, source_note=EXAMPLE,
        stage=row.get("stage", Stage.PUBLISHED),
        **{name: value for name, value in row.items() if name not in APART},
    )  # fmt: skip
    capability.sourced_on = today - datetime.timedelta(days=row["confirmed_days_ago"])
    if capability.stage in {Stage.PUBLISHED, Stage.EXPIRED}:
        _confirm(capability, contact)
    capability.full_clean(exclude=["search"])
    capability.save()
    capability.terms.set(_terms(row["terms"]))
    capability.regions.set(_regions(row.get("regions", [])))
    search.reindex(capability)
    audit.record(capability, "created", by=None)
    for _number in range(row.get("asked", 0)):
        audit.record(capability, "contact request", by=User.objects.get(email=ASKER))


def _confirm(capability: Capability, contact: int | None) -> None:
    day = capability.sourced_on
    capability.confirmed_on, capability.confirmed_by_id = day, contact
    capability.expires_on = capability.last_day(day)
    noon = datetime.datetime.combine(day, datetime.time(12))
    capability.published_at = timezone.make_aware(noon)


def _dual_use(row: Row) -> Term | None:
    return vocabulary.find(Scheme.DUAL_USE, row["dual_use"]) if "dual_use" in row else None


def _terms(codes: list[str]) -> list[Term]:
    found = (vocabulary.find(scheme, code) for code in codes for scheme in THEMES)
    return [term for term in found if term]


def _regions(codes: list[str]) -> list[Term]:
    return [term for term in vocabulary.terms(Scheme.REGION) if term.code in codes]
