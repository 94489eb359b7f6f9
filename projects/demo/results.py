"""The example's results with their recommendations and uses, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search, vocabulary
from cluster_portal.core.text.languages import LANGUAGES
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, Organisation, User
from projects.demo.measures import measures_named
from projects.models import (
    BusinessOutcome,
    Challenge,
    Project,
    ProjectLegacy,
    Recommendation,
    Result,
    ResultUse,
    TransferItem,
)
from projects.models.results import MAX_RECOMMENDATIONS

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
HOUR = datetime.time(9)
PLAIN = (
    "kind", "level", "languages", "visibility", "why", "costs", "unknown", "sources",
    "figure_title", "before_words", "before", "after_words", "after",
)  # fmt: skip


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "results.toml").read_text(encoding="utf-8"))
    for row in rows["result"]:
        if not Result.objects.filter(slug=row["slug"]).exists():
            _load_result(row, today)
    for row in rows["legacy"]:
        project = Project.objects.get(slug=row["project"])
        if not ProjectLegacy.objects.filter(project=project).exists():
            _load_legacy(project, row, today)
    if not BusinessOutcome.objects.exists():
        for row in rows["outcome"]:
            _load_outcome(row, today)


def _load_result(row: Row, today: datetime.date) -> None:
    teller = User.objects.filter(email=row["by"]).first()
    published = _moment(today, row["published_days_ago"])
    result = Result(
        slug=row["slug"], stage=row.get("stage", "published"), published_at=published,
        year=published.year, number=_next_number(published.year),
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        teller=teller, contact=teller,
        project=Project.objects.filter(slug=row.get("project", "")).first(),
        challenge=Challenge.objects.filter(slug=row.get("challenge", "")).first(),
        **{name: row[name] for name in PLAIN if name in row}, **_texts(row),
    )  # fmt: skip
    result.full_clean(exclude=["search"])
    result.save()
    result.makers.set(Organisation.objects.filter(external_id__in=row["makers"]))
    result.terms.set(_terms(row.get("terms", [])))
    result.measures.set(measures_named(row.get("measures", [])))
    for position, point in enumerate(row["recommendation"][:MAX_RECOMMENDATIONS], start=1):
        followed = today if "state" in point else None
        Recommendation.objects.create(
            result=result, position=position, followed_on=followed, **point
        )
    for use in row.get("use", []):
        _load_use(result, use, today)
    search.reindex(result)


def _next_number(year: int) -> int:
    return Result.objects.filter(year=year).count() + 1


def _load_use(result: Result, row: Row, today: datetime.date) -> None:
    stage = row.get("stage", "confirmed")
    ResultUse.objects.create(
        result=result, stage=stage, decided_by=row["decided_by"], note=row.get("note", ""),
        decided_on=today - datetime.timedelta(days=row["decided_days_ago"]),
        recommendation=result.recommendations.filter(position=row.get("recommendation", 0)).first(),
        teller=User.objects.filter(email=row["by"]).first(),
        answered_at=timezone.now() if stage == "confirmed" else None,
    )  # fmt: skip


def _load_legacy(project: Project, row: Row, today: datetime.date) -> None:
    ProjectLegacy.objects.create(
        project=project, summary=row["summary"], operating_model=row["operating_model"].strip()
    )
    for each in row["transfer"]:
        days = each.get("on_in_days")
        TransferItem.objects.create(
            project=project, what=each["what"], state=each["state"],
            organisation=Organisation.objects.filter(
                external_id=each.get("organisation", "-")
            ).first(),
            funding=each.get("funding", ""),
            on=None if days is None else today + datetime.timedelta(days=days),
        )  # fmt: skip


def _load_outcome(row: Row, today: datetime.date) -> None:
    BusinessOutcome.objects.create(
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        kind=row["kind"], year=today.year - row["years_ago"], count=row.get("count", 1),
        value=row["value"], note=row.get("note", ""),
    )  # fmt: skip


def _moment(today: datetime.date, days: int) -> datetime.datetime:
    day = today - datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, HOUR))


def _texts(row: Row) -> Row:
    names = [f"{stem}_{code}" for stem in ("title", "summary") for code in LANGUAGES]
    return {name: row[name] for name in names if name in row}


def _terms(codes: list[str]) -> list[Term]:
    found = [vocabulary.find(scheme, code) for code in codes for scheme in Scheme.values]
    return [term for term in found if term]
