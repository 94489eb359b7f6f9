"""What the list of topics can be narrowed and ordered by."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, Faceted, FacetSet, term_choices
from cluster_portal.core.search import is_searched
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices

FACETS = FacetSet(
    Facet("level", _("Level"), "levels", is_open=True),
    Facet(
        "field", _("Field of education"), "education_fields", term_choices(Scheme.EDUCATION_FIELD)
    ),
    Facet("language", _("Language of the thesis"), "languages", is_open=True),
    Facet("region", _("Region"), "region", term_choices(Scheme.REGION), hide_empty=True),
    Facet(
        "remote",
        _("Remote work"),
        "is_remote",
        choices=[(True, "yes", _("Can be done remotely")), (False, "no", _("On site"))],
    ),
    Facet("paid", _("Pay"), "pay"),
    Facet("organisation", _("Organisation"), "organisation"),
    Facet("cluster", _("Cluster"), "home_cluster", cluster_choices),
)

BEST, NEWEST, CLOSING = "best", "newest", "closing"
SORTS = {BEST: _("Best match"), NEWEST: _("Newest first"), CLOSING: _("Closing soonest")}


def sort_of(wanted: str, *, searched: bool) -> str:
    """The order to use: what is asked when it is one of ours, else the best match or the newest."""
    offered = SORTS if searched else (NEWEST, CLOSING)
    return wanted if wanted in offered else (BEST if searched else NEWEST)


def in_order(faceted: Faceted, sort: str) -> Any:
    if sort == BEST and is_searched(faceted.queryset):
        return faceted.best or faceted.ranked
    if sort == CLOSING:
        return faceted.queryset.order_by(F("closes_on").asc(nulls_last=True), "pk")
    return faceted.queryset.order_by("-published_at", "-pk")


def sort_options(chosen: str, *, searched: bool) -> list[dict[str, Any]]:
    offered = SORTS if searched else {key: SORTS[key] for key in (NEWEST, CLOSING)}
    return [
        {"value": key, "label": label, "chosen": key == chosen} for key, label in offered.items()
    ]
