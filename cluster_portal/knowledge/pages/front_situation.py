"""The regional situation on other pages: the front page, a region's sheet, what began from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from cluster_portal.knowledge.models import BegunChallenge, Indicator, Measurement, SituationReview
from cluster_portal.knowledge.models.reviews import Level
from cluster_portal.knowledge.pages import figures
from cluster_portal.knowledge.pages.situation import CHALLENGE_LOOKS, latest_review

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from cluster_portal.core.vocabulary import Term


def latest(user: Reader) -> dict[str, Any] | None:
    """The newest approved review of each region."""
    rows = (
        SituationReview.objects.visible_to(user)
        .approved()
        .select_related("home_cluster__region")
        .prefetch_related("assessments__theme")
    )
    newest: dict[int, SituationReview] = {}
    for review in rows.newest_first()[:12]:
        newest.setdefault(review.home_cluster.region_id, review)
    return {"reviews": [_short(each) for each in newest.values()]} if newest else None


def _short(review: SituationReview) -> dict[str, Any]:
    return {
        "title": review.title, "region": review.region, "url": review.get_absolute_url(),
        "lead": review.lead,
        "themes": [
            {"name": str(row.theme), "look": Level(row.level).look, "words": row.words}
            for row in review.assessments.all()
        ],
    }  # fmt: skip


def of_region(region: Term, user: Reader) -> dict[str, Any] | None:
    review = latest_review(region, user)
    return {"review": _short(review), "region": region} if review else None


def begun_by(pks: list[int], user: Reader) -> dict[int, list[dict[str, Any]]]:
    """Challenges by the keys of the indicators that they began from."""
    rows = BegunChallenge.objects.visible_to(user).filter(indicator__in=pks)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.select_related("challenge"):
        found[row.indicator_id].append({
            "title": row.challenge.title, "url": row.challenge.get_absolute_url(),
            "state": CHALLENGE_LOOKS.get(row.challenge.stage, "waiting"),
            "state_text": row.challenge.get_stage_display(),
        })  # fmt: skip
    return found


def behind_challenges(pks: list[int], user: Reader) -> dict[int, list[dict[str, Any]]]:
    """The indicator and the region whose figure each of the challenges began from."""
    rows = BegunChallenge.objects.visible_to(user).filter(challenge__in=pks)
    return {
        row.challenge_id: [{
            "title": row.indicator.name, "url": row.indicator.get_absolute_url(),
            "kind": gettext("Figure that the challenge began from"), "tags": [str(row.region)],
        }]
        for row in rows.select_related("indicator__theme", "region")
    }  # fmt: skip


def indicator_state(indicator: Indicator) -> str:
    """The newest figure in words."""
    row = Measurement.objects.filter(indicator=indicator).select_related("region")
    newest = row.order_by("-starts_on", "-pk").first()
    if newest is None:
        return ""
    value = figures.words(indicator, newest.value)
    period = indicator.period_name(newest.starts_on)
    return f"{newest.region} {value} {indicator.unit} ({period})"
