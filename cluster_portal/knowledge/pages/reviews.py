"""A situation review: its page, its state for those who write it, who agreed, its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from cluster_portal.core.lists import ListPage
from cluster_portal.knowledge.filters import EvaluationFilters, ReviewFilters
from cluster_portal.knowledge.models import Evaluation, Indicator, SituationReview, periods
from cluster_portal.knowledge.models.evaluations import Verdict
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.knowledge.models.reviews import MOVES, Stage
from cluster_portal.knowledge.pages import figures
from cluster_portal.knowledge.pages.situation import agreed, begun, columns, trail
from cluster_portal.knowledge.services.situation import may_agree_for
from members.models import Cluster
from projects.models import Pilot

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

REVIEWS_TITLE = gettext_lazy("Situation reviews")
EVALUATIONS_TITLE = gettext_lazy("Evaluations of pilots")


def of_reader(user: Reader) -> Any:
    return SituationReview.objects.visible_to(user).select_related("home_cluster__region")


def values(review: SituationReview, user: Reader) -> dict[str, Any]:
    own = review.region
    indicators = list(
        Indicator.objects.visible_to(user).in_use().select_related("theme").in_order()
    )
    series = _until(review, figures.series_of(indicators, [own]))
    measured = [each for each in indicators if (each.pk, own.pk) in series and each.is_headline]
    is_writer = review.is_editable_by(user)
    return {
        "trail": trail((REVIEWS_TITLE, reverse("situation:reviews")), review.title),
        "current": "situation", "review": review, "own": own,
        "columns": columns(review, measured, series, own, None),
        "tables": figures.tables([series[each.pk, own.pk] for each in measured], str(own)),
        "begun": begun(user, own),
        "agreed": agreed(review, user),
        "state": _state(review, user) if is_writer else None,
        "asked": _asked(review, user),
        "approved": _approved(review),
    }  # fmt: skip


def _until(review: SituationReview, series: Any) -> Any:
    """What was known of the review's period: later figures are not its own."""
    end = periods.moved(review.starts_on, Interval.QUARTER, 1)
    kept = {}
    for key, each in series.items():
        early = {day: value for day, value in each.values.items() if day < end}
        if early:
            kept[key] = figures.Series(each.indicator, early)
    return kept


def _approved(review: SituationReview) -> str:
    """Approved 4.11.2026, steering group 4/2026"""
    if review.approved_at is None:
        return ""
    day = date_format(timezone.localtime(review.approved_at), "SHORT_DATE_FORMAT")
    return _("Approved %(day)s: %(where)s") % {"day": day, "where": review.approved_in}


def _state(review: SituationReview, user: Reader) -> dict[str, Any]:
    stage = Stage(review.stage)
    turns = {
        Stage.DRAFT: _("Assess each theme, then propose the review to the members."),
        Stage.PROPOSED: _(
            "The members’ contacts have been asked whether they agree. Approve the review when "
            "it has been dealt with; say where."
        ),
        Stage.APPROVED: _("Everyone can read the review. Send it as a letter to the members."),
    }
    return {
        "label": stage.label, "look": stage.look, "turn": turns[stage],
        "moves": MOVES.open_to(review, user), "answer": review.answer,
        "missing": review.missing if stage == Stage.DRAFT else [],
        "edit_url": _address("review_edit", review) if stage == Stage.DRAFT else "",
        "letter_url": _address("review_letter", review) if stage == Stage.APPROVED else "",
    }  # fmt: skip


def _address(name: str, review: SituationReview) -> str:
    return reverse(f"situation:{name}", args=[review.slug])


def _asked(review: SituationReview, user: Reader) -> list[dict[str, Any]]:
    """The reader's organisations that may say whether they agree."""
    if review.stage != Stage.PROPOSED or not user.is_authenticated:
        return []
    said = {row.organisation_id: row for row in review.agreements.all()}
    return [
        {"organisation": each, "said": said.get(each.pk)}
        for each in may_agree_for(review, user).order_by("sort_name", "pk")
    ]


def review_row(review: Any) -> dict[str, Any]:
    return {
        "title": review.title, "url": review.get_absolute_url(), "text": review.lead,
        "kind": review.home_cluster.name, "state": Stage(review.stage).look,
        "state_text": review.get_stage_display(),
    }  # fmt: skip


def _around(found: Found) -> dict[str, Any]:
    """Coordinators begin a review of their region here."""
    user: Any = found.user
    mine = Cluster.objects.managed_by(user) if user.is_authenticated else Cluster.objects.none()
    return {
        "feed_query": found.params.urlencode(), "current": "situation",
        "clusters": mine.select_related("region").order_by("pk"),
        "quarter": periods.name(
            periods.first_day(timezone.localdate(), Interval.QUARTER), Interval.QUARTER
        ),
    }  # fmt: skip


REVIEWS = ListPage(
    "situation-reviews",
    REVIEWS_TITLE,
    "situation:reviews",
    rows=lambda user: of_reader(user).defer("search").newest_first(),
    filters=ReviewFilters,
    counted=ngettext_lazy("%(count)s review", "%(count)s reviews", "count"),
    page="knowledge/review_list.html",
    results="components/results_rows.html",
    row=review_row,
    around=_around,
    above=((gettext_lazy("Regional situation"), "situation:overview"),),
    told=Q(stage=Stage.APPROVED),
)


def evaluation_row(evaluation: Any) -> dict[str, Any]:
    return {
        "title": evaluation.title, "url": evaluation.get_absolute_url(),
        "text": evaluation.told, "kind": evaluation.home_cluster.name,
        "state": Verdict(evaluation.verdict).look,
        "state_text": evaluation.get_verdict_display(),
    }  # fmt: skip


EVALUATIONS = ListPage(
    "evaluations",
    EVALUATIONS_TITLE,
    "situation:evaluations",
    rows=lambda user: Evaluation.objects.visible_to(user).select_related("home_cluster")
    .defer("search").newest_first(),
    filters=EvaluationFilters,
    counted=ngettext_lazy("%(count)s evaluation", "%(count)s evaluations", "count"),
    page="knowledge/evaluation_list.html",
    results="components/results_rows.html",
    row=evaluation_row,
    around=lambda found: {
        "feed_query": found.params.urlencode(), "current": "situation",
        "may_write": bool(
            found.user.is_authenticated and Cluster.objects.managed_by(found.user).exists()
        ),
    },
    above=((gettext_lazy("Regional situation"), "situation:overview"),),
)  # fmt: skip


def evaluation_values(evaluation: Evaluation, user: Reader) -> dict[str, Any]:
    return {
        "trail": trail((EVALUATIONS_TITLE, reverse("situation:evaluations")), evaluation.title),
        "current": "situation", "evaluation": evaluation,
        "verdict": Verdict(evaluation.verdict),
        "indicators": evaluation.indicators.filter(
            pk__in=Indicator.objects.visible_to(user).order_by().values("pk")
        ),
        "pilot_url": _pilot_url(evaluation, user),
        "edit_url": (
            reverse("situation:evaluation_edit", args=[evaluation.slug])
            if evaluation.is_managed_by(user) else ""
        ),
    }  # fmt: skip


def _pilot_url(evaluation: Evaluation, user: Reader) -> str:
    pilot = evaluation.pilot
    is_seen = pilot is not None and Pilot.objects.visible_to(user).contains(pilot)
    return pilot.get_absolute_url() if pilot is not None and is_seen else ""
