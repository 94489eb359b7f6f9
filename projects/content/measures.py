"""The action programme: its measures in search and on the desk, what its owners report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Deadlines,
    Demo,
    Destination,
    Erasure,
    Following,
    Found,
    FrontSection,
    PersonalData,
    Queue,
)
from cluster_portal.core.reporting import Report
from projects import desk, erasure, exports
from projects.demo import programme_life
from projects.models import Measure, Programme
from projects.models.programmes import Stage
from projects.pages import funder_report, knots, yearly
from projects.pages import programmes as programme_page
from projects.pages.measure_lines import MeasureLine
from projects.services.figures import count_figures
from projects.services.programmes import delay_overdue
from projects.services.report_reminders import forget_requests, remind_owners

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def searchable_measures(user: Reader) -> Any:
    """Of the versions in force."""
    return Measure.objects.visible_to(user).current().with_programme()


def followed(user: Reader) -> Any:
    """Those of drafts are not followed: nothing becomes of them before they are in force."""
    rows = Measure.objects.visible_to(user).exclude(goal__programme__stage=Stage.DRAFT)
    return rows.with_programme()


def how_it_stands(measure: Measure) -> str:
    return MeasureLine(measure).words


def progress(user: Reader) -> dict[str, Any] | None:
    """The goals of the programme in force as bars."""
    programmes = Programme.objects.visible_to(user).approved().select_related("home_cluster")
    programme = programmes.order_by("-approved_on", "-pk").first()
    if programme is None:
        return None
    goals = programme_page.goals_in_short(programme)
    return {"goals": goals, "programme": programme}


MEASURES = Content(
    "measures", 70, _("Measures of the action programme"), Measure,
    reports=(Report("measures", funder_report.measures, yearly.measures),),
    knot=knots.MEASURE,
    navigation=(Destination("programme", _("Action programme"), "projects:programme"),),
    search=(
        Found("measures", _("Measures of the action programme"), searchable_measures,
              has_pages=False),
    ),
    front=(FrontSection("programme", progress, "projects/_front_programme.html"),),
    following=(
        Following(
            "measures", _("Measures of the action programme"), followed, how_it_stands,
            {
                "reported": _("Its owner has told how it goes on."),
                "late": _("Its deadline has passed."),
                "dropped": _("The new version of the programme has it no more."),
            },
            address="public_id",
        ),
    ),
    erasure=(Erasure("reports", _("Reports of measures"), erasure.report_effects,
                     erasure.erase_reports),),
    deadlines=(Deadlines("comment-rounds", desk.comment_rounds, is_own=True),),
    desk=(
        Card("goal-parts", _("Parts in goals that wait for your answer"), desk.parts_to_answer,
             urgent=True, order=46),
        Card("projects-report", _("Tell how it goes on"), desk.measures_to_report, urgent=True,
             order=48),
        Card("projects-measures", _("Measures of my organisation"), desk.my_measures,
             order=53),
    ),
    queues=(
        Queue("late-measures", desk.late_measures),
        Queue("unreported-measures", desk.unreported_measures),
        Queue("reviews-due", desk.reviews_due, days=14),
        Queue("programme-comments", desk.new_comments, days=30),
    ),
    exports=(
        PersonalData("programme-comments", _("Comments on the programme"), exports.comments),
        PersonalData("reports", _("Reports of measures that I have given"), exports.reports),
        PersonalData(
            "comment-rounds", _("Comment rounds of action programmes"), exports.comment_rounds
        ),
    ),
    demo=(Demo("programme-life", programme_life.load, order=91),),
    chores=(
        Chore("delay-measures", delay_overdue),
        Chore("count-figures", count_figures),
        Chore("remind-owners", remind_owners),
        Chore("forget-report-requests", forget_requests),
    ),
)  # fmt: skip
