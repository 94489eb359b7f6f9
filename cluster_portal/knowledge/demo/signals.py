"""The example's signals, from a plain data file."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.knowledge.models import Signal, SignalSource, SignalSupport, SignalUse
from cluster_portal.knowledge.models.signals import OUT, Stage
from members.matching import NAMED
from members.models import Cluster, User

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]
PLAIN = ("slug", "kind", "visibility", "horizon", "likelihood", "impact", "stage")
TEXTS = tuple(
    f"{stem}_{code}" for stem in ("title", "text", "opportunity") for code in ("fi", "sv", "en")
)
NOON = datetime.time(12)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "signals.toml").read_text(encoding="utf-8"))
    for row in rows["signal"]:
        if not Signal.objects.filter(slug=row["slug"]).exists():
            _load_signal(row, today)


def _load_signal(row: Row, today: datetime.date) -> None:
    signal = Signal(
        home_cluster=Cluster.objects.get(slug=row["cluster"]),
        author=User.objects.filter(email=row.get("by", "")).first(),
        region=Term.objects.filter(scheme=Scheme.REGION, code=row.get("region", "")).first(),
        **{name: row[name] for name in PLAIN if name in row},
        **{name: row[name].strip() for name in TEXTS if name in row},
    )
    signal.stage = row.get("stage", Stage.OPEN)
    if signal.stage in OUT:
        day = today - datetime.timedelta(days=row["published_days_ago"])
        signal.published_at = timezone.make_aware(datetime.datetime.combine(day, NOON))
    signal.full_clean(exclude=["search"])
    signal.save()
    signal.terms.set(Term.objects.filter(scheme__in=NAMED, code__in=row.get("terms", [])))
    for source in row.get("source", []):
        SignalSource.objects.create(signal=signal, **source)
    for email in row.get("supporters", []):
        supporter = User.objects.filter(email=email).first()
        if supporter is not None and supporter != signal.author:
            SignalSupport.objects.create(signal=signal, user=supporter)
    for use in row.get("use", []):
        SignalUse.objects.create(
            signal=signal, what=use["what"], url=use.get("url", ""),
            used_on=today - datetime.timedelta(days=use["days_ago"]),
        )  # fmt: skip
    search.reindex(signal)
