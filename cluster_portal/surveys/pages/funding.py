"""Funding needs of the region, by priority: one list to take upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from cluster_portal.core.visibility import audience
from cluster_portal.surveys.filters import FundingFilters
from cluster_portal.surveys.models import FundingNeed
from cluster_portal.surveys.models.entries import Priority
from cluster_portal.surveys.pages import registers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

LOOKS = {Priority.FIRST: "late", Priority.SECOND: "waiting", Priority.THIRD: ""}


def listed(user: Reader) -> Any:
    rows = FundingNeed.objects.visible_to(user)
    return rows.select_related("theme", "region", "organisation").order_by("priority", "pk")


def row(need: FundingNeed) -> dict[str, Any]:
    """Whoever sees the need sees whose it is: its own side and the coordinators."""
    owner = need.organisation.title if need.organisation else need.source
    return {
        "kind": f"{need.theme.label} · {need.region.label}",
        "title": need.what,
        "text": owner,
        "tags": [need.get_amount_display()],
        "state": LOOKS[Priority(need.priority)],
        "state_text": need.get_priority_display(),
    }


def table(found: Found) -> Iterator[list[Any]]:
    for need in found.filters.qs.order_by("priority", "pk"):
        yield [
            need.get_priority_display(), need.what, need.theme.label, need.region.label,
            need.get_amount_display(), need.organisation.title if need.organisation else "",
            need.source, date_format(need.sourced_on, "SHORT_DATE_FORMAT"),
        ]  # fmt: skip


def head() -> list[str]:
    return [
        _("Priority"), _("For what"), _("Vital function of society"), _("Region"), _("Amount"),
        _("Organisation"), _("Source"), _("Date"),
    ]  # fmt: skip


def coordinates(user: Reader) -> bool:
    known = audience(user)
    return bool(known.is_admin or known.coordinates)


def _around(found: Found) -> dict[str, Any]:
    return {
        **registers.around("surveys:funding", found.user, "fundingneed"),
        "query": found.params.urlencode(),
    }


FUNDING = ListPage(
    "funding",
    gettext_lazy("Funding needs"),
    "surveys:funding",
    rows=listed,
    filters=FundingFilters,
    counted=ngettext_lazy("%(count)s funding need", "%(count)s funding needs", "count"),
    page="surveys/funding.html",
    results="surveys/_entry_results.html",
    row=row,
    around=_around,
    above=((gettext_lazy("Surveys"), "surveys:list"),),
    per_page=100,
)
