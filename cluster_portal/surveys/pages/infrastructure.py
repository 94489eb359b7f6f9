"""Needs of critical infrastructure: the list for those entitled, figures for members, and in
public what a region needs, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core import vocabulary
from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.filters import InfrastructureFilters
from cluster_portal.surveys.models import InfrastructureNeed, JustifiedNeed
from cluster_portal.surveys.models.entries import NeedType
from cluster_portal.surveys.pages import registers

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

LOOKS = {"now": "late", "soon": "waiting", "later": ""}


def listed(user: Reader) -> Any:
    rows = InfrastructureNeed.objects.visible_to(user).select_related("sector", "region")
    return rows.order_by("-sourced_on", "-pk")


def row(need: InfrastructureNeed) -> dict[str, Any]:
    return {
        "kind": f"{need.sector.label} · {need.region.label}",
        "title": need.get_need_type_display(),
        "text": need.justification,
        "note": f"{need.source}, {date_format(need.sourced_on, 'SHORT_DATE_FORMAT')}",
        "state": LOOKS[need.urgency],
        "state_text": need.get_urgency_display(),
    }


def justified(user: Reader, region: Any = None) -> list[dict[str, Any]]:
    """What a region needs, in public, and how many organisations say the same, if five do."""
    rows = JustifiedNeed.objects.visible_to(user).select_related("sector", "region")
    counts = registers.units_by(
        registers.counted(InfrastructureNeed.objects.all()),
        lambda need: (need.sector_id, need.region_id),  # type: ignore[attr-defined]
    )
    return [
        {
            "title": need.title,
            "text": need.text,
            "kind": f"{need.sector.label} · {need.region.label}",
            "count": registers.in_fives(len(counts.get((need.sector_id, need.region_id), ()))),
            "source": f"{need.source}, {date_format(need.written_on, 'SHORT_DATE_FORMAT')}",
        }
        for need in (rows.filter(region=region) if region else rows)
    ]


def figures() -> list[dict[str, Any]]:
    """In one dimension at a time, never crossed."""
    entries = list(registers.counted(InfrastructureNeed.objects.all()))
    by_sector = registers.units_by(entries, lambda need: need.sector_id)  # type: ignore[attr-defined]
    by_type = registers.units_by(entries, lambda need: need.need_type)  # type: ignore[attr-defined]
    by_region = registers.units_by(entries, lambda need: need.region_id)
    tables = (
        (_("By critical sector"), by_sector, _terms(Scheme.CRITICAL_SECTOR)),
        (_("By what is needed"), by_type, list(NeedType.choices)),
        (_("By region"), by_region, _terms(Scheme.REGION)),
    )
    return [
        {"title": title, "rows": registers.bars(counts, labels)} for title, counts, labels in tables
    ]


def _terms(scheme: Scheme) -> list[tuple[Any, Any]]:
    return [(pk, label) for pk, _code, label in vocabulary.named(scheme)]


def _around(found: Found) -> dict[str, Any]:
    is_member = audience(found.user).is_member
    return {
        **registers.around(
            "surveys:infrastructure", found.user, "infrastructureneed", "justifiedneed"
        ),
        "justified": justified(found.user),
        "figures": figures() if is_member else [],
        "is_member": is_member,
        "has_rows": found.visible.exists(),
    }


INFRASTRUCTURE = ListPage(
    "infrastructure",
    gettext_lazy("Needs of infrastructure"),
    "surveys:infrastructure",
    rows=listed,
    filters=InfrastructureFilters,
    counted=ngettext_lazy("%(count)d need", "%(count)d needs", "count"),
    page="surveys/infrastructure.html",
    results="surveys/_entry_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Surveys"), "surveys:list"),),
)
