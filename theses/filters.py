"""What the list of topics can be narrowed and ordered by."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, Faceted, term_choices
from cluster_portal.core.search import is_searched
from cluster_portal.core.tokens import TokenFacets
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices
from projects.filters import THEME
from theses.halves import half_of

NOW, NEXT, LATER = "now", "next", "later"
REMOTE = [(True, "yes", _("Can be done remotely")), (False, "no", _("On site"))]
SUPERVISOR = [(True, "yes", _("Already there")), (False, "no", _("Not yet"))]


def _begins() -> list[Choice]:
    """By terms, counted from today: what is past can begin now, and so can what has no date."""
    now = half_of(timezone.localdate())
    past, coming = [(now.shifted(-n)).token for n in range(6)], now.shifted(1)
    later = [now.shifted(n).token for n in range(2, 12)]
    return [
        (("", *past), NOW, _("At once or this term")),
        ((coming.token,), NEXT, coming.label),
        (tuple(later), LATER, _("Later")),
    ]


FACETS = TokenFacets(
    Facet("level", _("Level"), "levels", is_open=True),
    Facet(
        "field", _("Field of education"), "education_fields", term_choices(Scheme.EDUCATION_FIELD)
    ),
    Facet("language", _("Language of the thesis"), "languages", is_open=True),
    Facet("region", _("Region"), "region", term_choices(Scheme.REGION), hide_empty=True),
    Facet("remote", _("Remote work"), "is_remote", REMOTE),
    Facet("paid", _("Pay"), "pay"),
    Facet("begins", _("Can begin"), "starts_on", _begins),
    Facet("kind", _("Kind of organisation"), "organisation__kind", hide_empty=True),
    THEME,
    Facet("cluster", _("Cluster"), "home_cluster", cluster_choices),
    Facet("supervisor", _("Supervisor"), "supervisor", SUPERVISOR),
    tokens="facets",
    newest=("-published_at", "-pk"),
)

BEST, NEWEST, CLOSING = "best", "newest", "closing"
SORTS = {BEST: _("Best match"), NEWEST: _("Newest first"), CLOSING: _("Closing soonest")}


def sort_of(wanted: str, *, searched: bool) -> str:
    """The order to use: what is asked when it is one of ours, else the best match or the newest."""
    offered = SORTS if searched else (NEWEST, CLOSING)
    return wanted if wanted in offered else (BEST if searched else NEWEST)


class Begun:
    """Rows in an order, of which the first are known by their keys."""

    def __init__(self, keys: list[int], rows: Any) -> None:
        self.keys, self.rows = keys, rows

    def __getitem__(self, wanted: slice) -> Any:
        return self.keys[wanted] if wanted.stop <= len(self.keys) else self.rows[wanted]


def in_order(faceted: Faceted, sort: str) -> Any:
    """What is searched is ordered among the best, for the texts of many more were to be read.

    What is narrowed has been found by the counting: looking for it in an order may read very many
    rows that are something else.
    """
    rows, searched = faceted.queryset, is_searched(faceted.queryset)
    if searched and sort == BEST:
        return faceted.best
    if searched or (faceted.best and not faceted.is_capped and sort == CLOSING):
        rows = rows.model.objects.filter(pk__in=faceted.best)
    if sort == CLOSING:
        return rows.order_by(F("closes_on").asc(nulls_last=True), "pk")
    rows = rows.order_by("-published_at", "-pk")
    return rows if searched else Begun(faceted.best, rows)


def sort_options(chosen: str, *, searched: bool) -> list[dict[str, Any]]:
    offered = SORTS if searched else {key: SORTS[key] for key in (NEWEST, CLOSING)}
    return [
        {"value": key, "label": label, "chosen": key == chosen} for key, label in offered.items()
    ]
