"""What the lists of surveys can be narrowed by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.facets import Facet, Filters, term_choices
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.surveys.models.rounds import BEGUN, Stage
from cluster_portal.surveys.models.templates import Purpose
from members.filters import cluster_choices

_REGION = ("region", _("Region"), term_choices(Scheme.REGION))


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


class SkillFilters(Filters):
    shortage = Facet("shortage", _("Shortage"), is_open=True)
    field = Facet(
        "field", _("Field of education"), term_choices(Scheme.EDUCATION_FIELD), hide_empty=True
    )
    region = Facet(*_REGION, hide_empty=True)
    year = Facet("year", _("Year"), hide_empty=True)


class InfrastructureFilters(Filters):
    urgency = Facet("urgency", _("How urgent"), is_open=True)
    need_type = Facet("need_type", _("What is needed"), is_open=True)
    sector = Facet(
        "sector", _("Critical sector"), term_choices(Scheme.CRITICAL_SECTOR), hide_empty=True
    )
    region = Facet(*_REGION, hide_empty=True)


class CircularFilters(Filters):
    sector = Facet("sector", _("For what"), is_open=True)
    readiness = Facet(
        "readiness", _("Readiness"), [(level, str(level), str(level)) for level in range(1, 10)],
        hide_empty=True,
    )  # fmt: skip
    quantity = Facet("quantity", _("Quantity"), hide_empty=True)
    region = Facet(*_REGION, hide_empty=True)


class FundingFilters(Filters):
    priority = Facet("priority", _("Priority"), is_open=True)
    amount = Facet("amount", _("Amount"), is_open=True)
    theme = Facet(
        "theme", _("Vital function of society"), term_choices(Scheme.VITAL_FUNCTION),
        hide_empty=True,
    )  # fmt: skip
    region = Facet(*_REGION, hide_empty=True)
    cluster = Facet("home_cluster", _("Cluster"), cluster_choices, hide_empty=True)
