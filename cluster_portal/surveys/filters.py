"""What the list of rounds can be narrowed by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, Filters
from cluster_portal.surveys.models.rounds import BEGUN, Stage
from cluster_portal.surveys.models.templates import Purpose
from members.filters import cluster_choices


class RoundFilters(Filters):
    stage = Facet(
        "stage", _("State"),
        [(stage.value, stage.value, stage.label) for stage in Stage if stage in BEGUN],
        is_open=True, hide_empty=True,
    )  # fmt: skip
    purpose = Facet(
        "version__template__purpose", _("Subject"),
        [(each.value, each.value, each.label) for each in Purpose], is_open=True, hide_empty=True,
    )  # fmt: skip
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, hide_empty=True)
