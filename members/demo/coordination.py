"""What waits for the coordinators of the example; loading twice changes nothing."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cluster_portal.core import search, vocabulary
from members.models import Affiliation, Cluster, Membership, Nomination, Organisation, User
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import Stage
from members.services.organisations import free_slug

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


def load(folder: Path, today: datetime.date) -> None:
    if Nomination.objects.exists():
        return
    data = tomllib.loads((folder / "coordination.toml").read_text(encoding="utf-8"))
    now = timezone.now()
    for row in data["double"]:
        _double(row)
    for row in data["request"]:
        _request(row, now)
    for row in data["nomination"]:
        _nomination(row, now)
    for row in data["expectation"]:
        _expectations(row)
    _commit(data["values"], now)


def _double(row: Row) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    made = Organisation.objects.create(
        slug=free_slug(row["name"]), name=row["name"], kind=row["kind"], is_shadow=True,
        municipality=row["municipality"], region=vocabulary.find("region", row["region"]),
        introduced_by=cluster,
    )  # fmt: skip
    search.reindex(made)


def _request(row: Row, now: datetime.datetime) -> None:
    made = Affiliation.objects.create(
        user=User.objects.get(email=row["user"]),
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        stage=AffiliationStage.REQUESTED,
    )
    asked = now - datetime.timedelta(days=row["asked_days_ago"])
    Affiliation.objects.filter(pk=made.pk).update(created_at=asked)


def _nomination(row: Row, now: datetime.datetime) -> None:
    made = Nomination.objects.create(
        cluster=Cluster.objects.get(slug=row["cluster"]),
        user=User.objects.get(email=row["user"]),
        named_by=User.objects.get(email=row["named_by"]),
        reason=row["reason"],
    )
    named = now - datetime.timedelta(days=row["days_ago"])
    Nomination.objects.filter(pk=made.pk).update(named_at=named)


def _expectations(row: Row) -> None:
    """In turn, and their own themes are what interests them."""
    rows = Membership.objects.filter(
        stage=Stage.ACTIVE, organisation__sector=row["sector"], expectations=[]
    )
    for place, membership in enumerate(rows.order_by("pk")):
        membership.expectations = row["lists"][place % len(row["lists"])]
        membership.save(update_fields=["expectations"])
        organisation: Any = membership.organisation
        membership.interests.set(organisation.terms.all()[:3])


def _commit(row: Row, now: datetime.datetime) -> None:
    moment = now - datetime.timedelta(days=row["days_ago"])
    active = Membership.objects.filter(stage=Stage.ACTIVE, values_accepted_at__isnull=True)
    keys = list(active.order_by("pk").values_list("pk", flat=True))[:: row["every"]]
    active.filter(pk__in=keys).update(values_accepted_at=moment)
