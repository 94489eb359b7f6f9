"""What the lists can be narrowed by."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.facets import Choice, Facet, FacetSet, term_choices
from cluster_portal.core.vocabulary import Scheme
from members.filters import cluster_choices
from projects.models.challenges import PUBLISHED, Stage

THEMES = (
    Scheme.VITAL_FUNCTION,
    Scheme.SECURITY_TASK,
    Scheme.CRITICAL_SECTOR,
    Scheme.SMART_SPECIALISATION,
)


def _themes() -> list[Choice]:
    """Terms that content is marked with, from the process's own copy of the vocabulary."""
    return [term for scheme in THEMES for term in vocabulary.named(scheme)]


CLUSTER = Facet("cluster", _("Cluster"), "home_cluster", choices=cluster_choices, is_open=True)
THEME = Facet("theme", _("Theme"), "terms", choices=_themes, hide_empty=True)

PROJECTS = FacetSet(
    Facet("stage", _("Stage"), "stage", is_open=True, hide_empty=True),
    Facet("instrument", _("Funding instrument"), "instrument", is_open=True, hide_empty=True),
    CLUSTER,
    Facet(
        "region", _("Region"), "organisation__region", choices=term_choices(Scheme.REGION),
        hide_empty=True,
    ),
    THEME,
)  # fmt: skip

CHALLENGES = FacetSet(
    Facet(
        "stage", _("State"), "stage", is_open=True, hide_empty=True,
        choices=[(stage.value, stage.value, stage.label) for stage in Stage if stage in PUBLISHED],
    ),
    CLUSTER,
    Facet("sector", _("Sector"), "organisation__sector", hide_empty=True),
    THEME,
)  # fmt: skip
