"""What the lists can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, FacetSet, term_choices
from cluster_portal.core.vocabulary import Scheme
from projects.models.challenges import PUBLISHED, Stage

PROJECTS = FacetSet(
    Facet("stage", _("Stage"), "stage", is_open=True, hide_empty=True),
    Facet("instrument", _("Funding instrument"), "instrument", is_open=True, hide_empty=True),
    Facet("cluster", _("Cluster"), "home_cluster", is_open=True),
    Facet(
        "region", _("Region"), "organisation__region", choices=term_choices(Scheme.REGION),
        hide_empty=True,
    ),
    Facet("theme", _("Theme"), "terms", limit=15),
)  # fmt: skip

CHALLENGES = FacetSet(
    Facet(
        "stage", _("State"), "stage", is_open=True, hide_empty=True,
        choices=[(stage.value, stage.value, stage.label) for stage in Stage if stage in PUBLISHED],
    ),
    Facet("cluster", _("Cluster"), "home_cluster", is_open=True),
    Facet("sector", _("Sector"), "organisation__sector", hide_empty=True),
    Facet("theme", _("Theme"), "terms", limit=15),
)  # fmt: skip
