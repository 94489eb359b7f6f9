"""Builders of the regional situation."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import (
    Assessment,
    Evaluation,
    Indicator,
    LibraryDocument,
    LibraryVersion,
    Measurement,
    Signal,
    SituationReview,
)
from cluster_portal.knowledge.models.reviews import themes
from tests import factories

if TYPE_CHECKING:
    from members.models import Cluster

_numbers = itertools.count(1)
A_QUARTER = datetime.date(2026, 7, 1)


def theme(code: str = "technical-systems") -> Term:
    return Term.objects.get(scheme="att_theme", code=code)


def indicator(cluster: Cluster, **values: Any) -> Indicator:
    """A public one, measured every quarter; above 9 warns, above 12 alarms."""
    number = next(_numbers)
    values = {
        "slug": f"mittari-{number}", "name_fi": f"Mittari {number}", "definition_fi": "Mikä se on.",
        "unit_fi": "kpl", "theme": theme(), "source": "Tilasto", "is_headline": True,
        "warning": Decimal(9), "alarm": Decimal(12), **values,
    }  # fmt: skip
    made = Indicator.objects.create(home_cluster=cluster, **values)
    search.reindex(made)
    return made


def measurement(of: Indicator, value: float = 5, **values: Any) -> Measurement:
    values = {"region": factories.region(), "starts_on": A_QUARTER, **values}
    return Measurement.objects.create(indicator=of, value=Decimal(str(value)), **values)


def review(cluster: Cluster, *, assessed: bool = True, **values: Any) -> SituationReview:
    """Approved, with all four themes green, unless told."""
    stage = values.get("stage", "approved")
    values = {
        "slug": f"katsaus-{next(_numbers)}", "starts_on": A_QUARTER, "stage": stage,
        "lead_fi": "Alue on vakaa.", "meaning_fi": "Tämä tarkoittaa.", **values,
    }  # fmt: skip
    if stage == "approved":
        values.setdefault("approved_at", timezone.now())
    made = SituationReview.objects.create(home_cluster=cluster, **values)
    for term in themes() if assessed else ():
        Assessment.objects.create(
            review=made, theme=term, level="green", trend="same", forecast="green",
            reasons_fi="Rajat pitävät.",
        )  # fmt: skip
    search.reindex(made)
    return made


def evaluation(cluster: Cluster, **values: Any) -> Evaluation:
    values = {
        "slug": f"arviointi-{next(_numbers)}", "title_fi": "Pilotin arviointi",
        "began_on": A_QUARTER, "ended_on": A_QUARTER, "tried_fi": "Kokeiltiin.",
        "told_fi": "Opittiin.", "verdict": "continue", **values,
    }  # fmt: skip
    made = Evaluation.objects.create(home_cluster=cluster, **values)
    search.reindex(made)
    return made


def signal(cluster: Cluster, **values: Any) -> Signal:
    """Followed, likelihood 3 and impact 4, unless told."""
    number = next(_numbers)
    terms = values.pop("terms", [])
    stage = values.get("stage", "open")
    values = {"slug": f"signaali-{number}", "title_fi": f"Signaali {number}", "stage": stage,
              "likelihood": 3, "impact": 4, **values}  # fmt: skip
    if stage in {"open", "closed"}:
        values.setdefault("published_at", timezone.now())
    made = Signal.objects.create(home_cluster=cluster, **values)
    made.terms.set(terms)
    search.reindex(made)
    return made


def document(cluster: Cluster, **values: Any) -> LibraryDocument:
    """For members, with one version, unless told."""
    number = next(_numbers)
    terms = values.pop("terms", [])
    values = {"slug": f"asiakirja-{number}", "title_fi": f"Asiakirja {number}",
              "visibility": "members", **values}  # fmt: skip
    made = LibraryDocument.objects.create(home_cluster=cluster, **values)
    made.terms.set(terms)
    stored = ContentFile(b"Teksti.", name="asiakirja.txt")
    LibraryVersion.objects.create(
        document=made, number=1, name="asiakirja.txt", file=stored, size=7
    )
    search.reindex(made)
    return made
