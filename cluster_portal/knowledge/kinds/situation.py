"""The kinds of message about the regional situation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.knowledge.models import Measurement, SituationReview
from cluster_portal.knowledge.models.situation import Mark
from cluster_portal.knowledge.pages import figures
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_measurement(mail: OutboxMail) -> dict[str, Any]:
    """Nothing where the figure has been corrected meanwhile."""
    row = mail.about
    if not isinstance(row, Measurement) or row.mark != Mark.ALARM:
        raise NothingToSay
    indicator = row.indicator
    return {
        "title": f"{indicator.name}, {row.region}",
        "name": indicator.name,
        "region": str(row.region),
        "value": figures.words(indicator, row.value),
        "unit": indicator.unit,
        "period": indicator.period_name(row.starts_on),
        "limits": figures.limits_in_words(indicator),
        "state": figures.state_words(row.mark, indicator),
    }


def _of_review(mail: OutboxMail) -> dict[str, Any]:
    review = mail.about
    if not isinstance(review, SituationReview):
        raise NothingToSay
    rows = review.assessments.select_related("theme")
    return {
        "title": review.title,
        "lead": review.lead,
        "themes": [{"name": str(row.theme), "words": row.words} for row in rows],
    }


KINDS = (
    Kind("limit_exceeded", _("A figure of my region is beyond its alarm limit"),
         KindGroup.KNOWLEDGE, _of_measurement),
    Kind("review_proposed", _("A situation review asks for my organisation’s opinion"),
         KindGroup.KNOWLEDGE, _of_review),
)  # fmt: skip
