"""What the list of articles can be narrowed by."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.facets import Facet, Filters, term_choices
from cluster_portal.core.vocabulary import Scheme
from projects.filters import cluster_facet, theme_facet


class ArticleFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    theme = theme_facet()
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    sector = Facet("sectors", _("Sector"), hide_empty=True)
    language = Facet("languages", _("Language"), hide_empty=True)
    cluster = cluster_facet()


class IndicatorFilters(Filters):
    theme = Facet("theme", _("Theme"), term_choices(Scheme.ATT_THEME), is_open=True)
    interval = Facet("interval", _("Measured"), hide_empty=True)
    cluster = cluster_facet()


class ReviewFilters(Filters):
    cluster = cluster_facet()


class EvaluationFilters(Filters):
    verdict = Facet(
        "verdict", pgettext_lazy("of an evaluation", "What follows"), is_open=True, hide_empty=True
    )
    cluster = cluster_facet()


class SignalFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True)
    horizon = Facet("horizon", _("Horizon"), hide_empty=True)
    theme = theme_facet()
    region = Facet("region", _("Region"), term_choices(Scheme.REGION), hide_empty=True)
    cluster = cluster_facet()


class LibraryFilters(Filters):
    kind = Facet("kind", _("Kind"), is_open=True, hide_empty=True)
    theme = theme_facet()
    cluster = cluster_facet()
