"""The example's regional situation, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.models import (
    Agreement,
    Assessment,
    BegunChallenge,
    Correction,
    Evaluation,
    Indicator,
    Measurement,
    Producer,
    SituationReview,
    periods,
)
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.knowledge.models.reviews import Stage
from members.models import Cluster, Organisation
from projects.models import Challenge, Pilot

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
OF_INDICATOR = ("slug", "position", "is_headline", "decimals", "bad_when", "interval", "source")
LIMITS = ("warning", "alarm")
NOON = datetime.time(12)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "situation.toml").read_text(encoding="utf-8"))
    for row in rows["indicator"]:
        if not Indicator.objects.filter(slug=row["slug"]).exists():
            _load_indicator(row, today)
    for row in rows["review"]:
        _load_review(row, today)
    for row in rows["evaluation"]:
        if not Evaluation.objects.filter(slug=row["slug"]).exists():
            _load_evaluation(row, today)


def _theme(code: str) -> Term:
    return Term.objects.get(scheme=Scheme.ATT_THEME, code=code)


def _region(code: str) -> Term:
    return Term.objects.get(scheme=Scheme.REGION, code=code)


def _organisation(external_id: str) -> Organisation:
    return Organisation.objects.get(external_id=external_id)


def _texts(row: Row, *stems: str) -> Row:
    names = [f"{stem}_{code}" for stem in stems for code in ("fi", "sv", "en")]
    return {name: row[name].strip() for name in names if name in row}


def _load_indicator(row: Row, today: datetime.date) -> None:
    owner = row.get("organisation")
    indicator = Indicator(
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        organisation=_organisation(owner) if owner else None, theme=_theme(row["theme"]),
        **{name: row[name] for name in OF_INDICATOR if name in row},
        **{name: Decimal(row[name]) for name in LIMITS if name in row},
        **_texts(row, "name", "definition", "unit"),
    )  # fmt: skip
    indicator.full_clean(exclude=["search"])
    indicator.save()
    search.reindex(indicator)
    for each in row.get("producer", []):
        Producer.objects.create(
            indicator=indicator, region=_region(each["region"]),
            organisation=_organisation(each["organisation"]),
        )  # fmt: skip
    for code, values in row["figures"].items():
        _load_figures(indicator, _region(code), values, today)
    for each in row.get("correction", []):
        _load_correction(indicator, each, today)
    for each in row.get("challenge", []):
        challenge = Challenge.objects.filter(slug=each["challenge"]).first()
        if challenge is not None:
            BegunChallenge.objects.create(
                indicator=indicator, region=_region(each["region"]), challenge=challenge
            )


def _load_figures(
    indicator: Indicator, region: Term, values: list[float], today: datetime.date
) -> None:
    this = periods.first_day(today, indicator.interval)
    first = periods.moved(this, indicator.interval, -len(values))
    for number, value in enumerate(values):
        Measurement.objects.create(
            indicator=indicator, region=region, value=Decimal(str(value)),
            starts_on=periods.moved(first, indicator.interval, number),
        )  # fmt: skip


def _load_correction(indicator: Indicator, row: Row, today: datetime.date) -> None:
    this = periods.first_day(today, indicator.interval)
    day = periods.moved(this, indicator.interval, -row["periods_ago"])
    figure = Measurement.objects.get(
        indicator=indicator, region=_region(row["region"]), starts_on=day
    )
    Correction.objects.create(
        measurement=figure, before=Decimal(row["before"]), after=figure.value,
        reason=row["reason"],
    )  # fmt: skip


def _load_review(row: Row, today: datetime.date) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    this = periods.first_day(today, Interval.QUARTER)
    starts_on = periods.moved(this, Interval.QUARTER, -row["quarters_ago"])
    if SituationReview.objects.filter(home_cluster=cluster, starts_on=starts_on).exists():
        return
    stage = row.get("stage", Stage.APPROVED)
    review = SituationReview(
        home_cluster=cluster, starts_on=starts_on, stage=stage,
        slug=f"{cluster.slug}-{starts_on.year}-q{(starts_on.month + 2) // 3}",
        **_texts(row, "lead", "meaning"),
    )  # fmt: skip
    if stage == Stage.APPROVED:
        day = min(periods.moved(starts_on, Interval.QUARTER, 1) + datetime.timedelta(20), today)
        review.approved_at = timezone.make_aware(datetime.datetime.combine(day, NOON))
        review.approved_in = row["approved_in"]
    review.full_clean(exclude=["search"])
    review.save()
    for each in row["theme"]:
        Assessment.objects.create(
            review=review, theme=_theme(each["theme"]),
            **{name: each[name] for name in ("level", "trend", "forecast")},
            **_texts(each, "reasons"),
        )  # fmt: skip
    for each in row.get("agreement", []):
        otherwise = each.get("otherwise", "")
        Agreement.objects.create(
            review=review, organisation=_organisation(each["organisation"]),
            agrees=not otherwise, otherwise=otherwise,
        )  # fmt: skip
    search.reindex(review)


def _load_evaluation(row: Row, today: datetime.date) -> None:
    evaluation = Evaluation(
        slug=row["slug"], home_cluster=Cluster.objects.get(slug=row["cluster"]),
        pilot=Pilot.objects.filter(slug=row.get("pilot", "")).first(), verdict=row["verdict"],
        began_on=today - datetime.timedelta(days=row["began_days_ago"]),
        ended_on=today - datetime.timedelta(days=row["ended_days_ago"]),
        **_texts(row, "title", "tried", "told"),
    )  # fmt: skip
    evaluation.full_clean(exclude=["search"])
    evaluation.save()
    evaluation.indicators.set(Indicator.objects.filter(slug__in=row["indicators"]))
    search.reindex(evaluation)
