"""Indicators, situation reviews and evaluations of pilots as content types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Content,
    Demo,
    Destination,
    Erasure,
    Following,
    Found,
    FrontSection,
    PersonalData,
    Queue,
    RegionSection,
    Yearly,
)
from cluster_portal.core.interests import REGION, TERM, Tagging, tag
from cluster_portal.core.origin import Origin, Start
from cluster_portal.knowledge import desk, digest, erasure, exports
from cluster_portal.knowledge.demo import situation as demo
from cluster_portal.knowledge.models import Evaluation, Indicator, SituationReview
from cluster_portal.knowledge.models.evaluations import Verdict
from cluster_portal.knowledge.pages import front_situation, reviews, situation
from projects.models import Challenge

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model

    from cluster_portal.core.interests import Tag
    from cluster_portal.core.visibility import Reader


def in_use(user: Reader) -> Any:
    return Indicator.objects.visible_to(user).in_use()


def approved(user: Reader) -> Any:
    return SituationReview.objects.visible_to(user).approved()


def _themes(model: type[Model], pks: Collection[int]) -> dict[int, set[Tag]]:
    """An indicator is about its theme; a review about its region."""
    if model is Indicator:
        rows = Indicator.objects.filter(pk__in=pks).values_list("pk", "theme")
        return {pk: {tag(TERM, theme)} for pk, theme in rows}
    if model is SituationReview:
        found = SituationReview.objects.filter(pk__in=pks)
        return {
            pk: {tag(REGION, region)}
            for pk, region in found.values_list("pk", "home_cluster__region")
        }
    return {}


INDICATORS = Content(
    "indicators", 81, situation.INDICATORS_TITLE, Indicator,
    navigation=(Destination("situation", _("Situation"), "situation:overview", order=81),),
    lists=(situation.INDICATORS,),
    search=(Found("indicators", situation.INDICATORS_TITLE, in_use),),
    came_of=(
        Origin("challenges-of-indicators", Indicator, front_situation.begun_by),
        Origin("indicators-behind-challenges", Challenge, front_situation.behind_challenges),
    ),
    starts=(
        Start("challenge-of-indicator", Indicator, _("Begin a challenge from this"),
              situation.challenge_of_indicator),
    ),
    regions=(RegionSection("situation", front_situation.of_region,
                           "knowledge/_region_situation.html"),),
    following=(
        Following(
            "indicators", situation.INDICATORS_TITLE, Indicator.objects.visible_to,
            front_situation.indicator_state,
            {"measured": _("A new figure."), "alarm": _("A figure is beyond the alarm limit.")},
        ),
    ),
    tagging=(Tagging("indicator-themes", _themes),),
    exports=(PersonalData("measurements", _("Figures that I have entered"),
                          exports.measurements),),
    erasure=(Erasure("measurements", situation.INDICATORS_TITLE, erasure.situation_effects,
                     erasure.leave_situation),),
    demo=(Demo("situation", demo.load, order=72),),
)  # fmt: skip
REVIEWS = Content(
    "situation-reviews", 82, reviews.REVIEWS_TITLE, SituationReview,
    lists=(reviews.REVIEWS,),
    search=(Found("situation-reviews", reviews.REVIEWS_TITLE, approved),),
    front=(FrontSection("situation", front_situation.latest, "knowledge/_front_situation.html",
                        order=44),),
    desk=(
        Card("review-opinions", _("Situation reviews that ask for our opinion"),
             desk.opinions_asked, urgent=True, order=9, among=desk.asked_opinion),
    ),
    queues=(Queue("reviews-to-approve", desk.reviews_to_approve, days=14),),
    digest=digest.REVIEWS,
    following=(
        Following(
            "situation-reviews", reviews.REVIEWS_TITLE, SituationReview.objects.visible_to,
            SituationReview.get_stage_display, {"approved": _("The review was approved.")},
        ),
    ),
    exports=(PersonalData("review-opinions", _("Opinions on situation reviews that I have given"),
                          exports.opinions),),
    yearly=(Yearly("situation-reviews", _("Situation reviews approved"), approved,
                   "approved_at"),),
)  # fmt: skip
EVALUATIONS = Content(
    "evaluations", 83, reviews.EVALUATIONS_TITLE, Evaluation,
    lists=(reviews.EVALUATIONS,),
    search=(Found("evaluations", reviews.EVALUATIONS_TITLE, Evaluation.objects.visible_to),),
    digest=digest.EVALUATIONS,
    following=(
        Following(
            "evaluations", reviews.EVALUATIONS_TITLE, Evaluation.objects.visible_to,
            lambda evaluation: str(Verdict(evaluation.verdict).label), {},
        ),
    ),
)  # fmt: skip

TYPES = (INDICATORS, REVIEWS, EVALUATIONS)
