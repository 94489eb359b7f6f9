"""What the member directory can be narrowed by."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Case, CharField, Q, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, Filters, term_choices
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT_SECONDS = 60


def cluster_choices() -> list[Choice]:
    """The clusters, few and all public, kept for a minute so that no list need ask for them."""
    rows = cache.get("clusters")
    if rows is None:
        rows = list(Cluster.objects.all())
        cache.set("clusters", rows, KEPT_SECONDS)
    return [(cluster.pk, cluster.slug, cluster.name) for cluster in rows]


def of_named_owner(path: str) -> Callable[[], Case]:
    """A value of the owner, unless it is hidden from some of those who see the content."""
    levels = Visibility.values
    named = reduce(
        or_,
        (
            Q(visibility=level, organisation__visibility__in=levels[: place + 1])
            for place, level in enumerate(levels)
        ),
    )
    return lambda: Case(
        When(named, then=Cast(f"organisation__{path}", CharField())), output_field=CharField()
    )


class OrganisationFilters(Filters):
    sector = Facet("sector", _("Sector"), is_open=True)
    cluster = Facet("clusters", _("Member of"), cluster_choices, is_open=True)
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    kind = Facet("kind", _("Kind of organisation"), hide_empty=True)
    function = Facet(
        "terms",
        _("Vital function of society"),
        term_choices(Scheme.VITAL_FUNCTION),
        hide_empty=True,
    )
    task = Facet("terms", _("Security task"), term_choices(Scheme.SECURITY_TASK), hide_empty=True)
