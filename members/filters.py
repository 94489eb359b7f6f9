"""What the member directory can be narrowed by."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, FacetSet, term_choices
from cluster_portal.core.vocabulary import Scheme
from members.models import Cluster

KEPT_SECONDS = 60


def cluster_choices() -> list[Choice]:
    """The clusters, few and all public, kept for a minute so that no list need ask for them."""
    rows = cache.get("clusters")
    if rows is None:
        rows = list(Cluster.objects.all())
        cache.set("clusters", rows, KEPT_SECONDS)
    return [(cluster.pk, cluster.slug, cluster.name) for cluster in rows]


ORGANISATIONS = FacetSet(
    Facet("sector", _("Sector"), "sector", is_open=True),
    Facet("cluster", _("Member of"), "clusters", cluster_choices, is_open=True),
    Facet("region", _("Region"), "region", choices=term_choices(Scheme.REGION), hide_empty=True),
    Facet("kind", _("Kind of organisation"), "kind", hide_empty=True),
    Facet(
        "function", _("Vital function of society"), "terms",
        choices=term_choices(Scheme.VITAL_FUNCTION), hide_empty=True,
    ),
    Facet(
        "task", _("Security task"), "terms",
        choices=term_choices(Scheme.SECURITY_TASK), hide_empty=True,
    ),
)  # fmt: skip
