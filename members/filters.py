"""What the member directory can be narrowed by."""

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Choice, Facet, Filters, term_choices
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
