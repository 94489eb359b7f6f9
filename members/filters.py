"""What the member directory can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, FacetSet, term_choices
from cluster_portal.core.vocabulary import Scheme

ORGANISATIONS = FacetSet(
    Facet("sector", _("Sector"), "sector", is_open=True),
    Facet("cluster", _("Member of"), "clusters", is_open=True),
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
