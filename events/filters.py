"""What the list of events can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, FacetSet
from events.models.events import Mode
from members.filters import cluster_choices

MODES = [(mode.value, mode.value.replace("_", "-"), mode.label) for mode in Mode]

FACETS = FacetSet(
    Facet("kind", _("Kind"), "kind", is_open=True, hide_empty=True),
    Facet("mode", _("Way of taking part"), "modes", choices=MODES, is_open=True),
    Facet("cluster", _("Cluster"), "home_cluster", cluster_choices, is_open=True),
    Facet("theme", _("Theme"), "terms", hide_empty=True),
    Facet("language", _("Language"), "language", hide_empty=True),
)
