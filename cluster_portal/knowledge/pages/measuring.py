"""The forms by which figures come in, and the challenge that begins from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.knowledge.pages import figures
from cluster_portal.knowledge.pages.situation import INDICATORS_TITLE, measured_regions, trail

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term
    from cluster_portal.knowledge.models import Indicator
    from cluster_portal.knowledge.services.survey_figures import SurveyFigure


def form_values(indicator: Indicator, heading: str) -> dict[str, Any]:
    above = (INDICATORS_TITLE, reverse("situation:indicators"))
    return {
        "trail": trail(above, (indicator.name, indicator.get_absolute_url()), heading),
        "current": "situation", "indicator": indicator, "heading": heading,
        "limits": figures.limits_in_words(indicator),
    }  # fmt: skip


def survey_words(one: SurveyFigure) -> str:
    """Round, question, and what each region would get."""
    told = ", ".join(f"{region} {value}" for region, value in one.values.items())
    return f"{one.survey_round.title}: {one.question} ({told})"


def region_of(code: str, indicator: Indicator, user: Reader) -> Term | None:
    """A region that has a figure of this indicator; the first one where none is named."""
    regions = measured_regions(user)
    keys = set(indicator.measurements.order_by().values_list("region", flat=True))
    mine = [term for term in regions if term.pk in keys]
    if not code:
        return mine[0] if mine else None
    return next((term for term in mine if term.code == code), None)


def begun_from(indicator: Indicator, region: Term) -> dict[str, Any]:
    """What a challenge that answers to the figure begins with, in Finnish as challenges are."""
    series = figures.series_of([indicator], [region])[indicator.pk, region.pk]
    values = {
        "name": indicator.name, "region": region, "unit": indicator.unit,
        "value": figures.words(indicator, series.last or 0),
        "period": indicator.period_name(series.last_day) if series.last_day else "",
        "state": figures.state_words(series.mark, indicator),
        "limits": figures.limits_in_words(indicator), "definition": indicator.definition,
    }  # fmt: skip
    return {
        "title_fi": _("%(name)s, %(region)s: what would help?") % values,
        "background": _(
            "%(name)s in %(region)s: %(value)s %(unit)s (%(period)s). %(state)s. %(limits)s.\n\n"
            "%(definition)s"
        ) % values,
    }  # fmt: skip
