"""Results as a content type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Demo,
    Figure,
    Following,
    Found,
    OrganisationSection,
    PersonalData,
    Queue,
    Yearly,
)
from cluster_portal.core.origin import Origin, Start
from cluster_portal.core.reporting import Report
from projects import digest, exports
from projects.demo import results as demo
from projects.models import Challenge, Measure, Pilot, Project, Result
from projects.pages import counts, funder_report, result_desk, result_knot, results, thread, yearly
from projects.services.results import move_measures, sweep_files

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation

ON_ORGANISATION = 12


def results_of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    """Those that it has made, alone or with others."""
    made = Result.objects.visible_to(user).out().with_use().filter(makers=organisation)
    rows = made.defer("search").order_by("-published_at", "-pk")
    return [results.row(result) for result in rows[:ON_ORGANISATION]]


RESULTS_TITLE = pgettext_lazy("of work", "Results")

RESULTS = Content(
    "results", 55, RESULTS_TITLE, Result,
    reports=(Report("results", funder_report.results, yearly.results),),
    expected="brand",
    knot=result_knot.RESULT, ties=result_knot.RESULT_TIES, breaks=result_knot.OF_RESULTS,
    came_from=thread.sources_of_result,
    came_of=(
        Origin("results-of-challenges", Challenge, thread.results_by("challenge")),
        Origin("results", Project, thread.results_by("project")),
        Origin("results-of-pilots", Pilot, thread.results_by("pilot")),
        Origin("results", Measure, thread.results_by("measures"), move_measures),
    ),
    starts=(
        Start("result", Project, _("Tell a result"), thread.result_of_project),
        Start("result-of-challenge", Challenge, _("Tell a result"), thread.result_of_challenge),
        Start("result-of-pilot", Pilot, _("Tell a result"), thread.result_of_pilot),
    ),
    lists=(results.RESULTS,),
    search=(Found("results", RESULTS_TITLE, Result.objects.visible_to),),
    figures=(
        Figure("results", _("Published results"),
               lambda user: Result.objects.visible_to(user).out(), "projects:results"),
        Figure("used-results", _("Results used in decisions"),
               lambda user: Result.objects.visible_to(user).out().used(), "projects:results"),
    ),
    counts=(counts.RESULTS, counts.USED_RESULTS),
    yearly=(
        Yearly("results", _("Results published"),
               lambda user: Result.objects.visible_to(user).out(), "published_at"),
    ),
    organisation=(OrganisationSection("results", RESULTS_TITLE, results_of_organisation),),
    desk=(
        Card("projects-uses", _("Uses of our results to confirm"), result_desk.uses_to_confirm,
             urgent=True, among=result_desk.ours),
        Card("projects-results", _("Results of my organisation"), result_desk.my_results,
             among=result_desk.ours),
    ),
    queues=(
        Queue("results-to-review", result_desk.to_review, days=7),
        Queue("uses-to-confirm", result_desk.to_confirm, days=14, order=56),
    ),
    digest=digest.RESULTS,
    following=(
        Following(
            "results", RESULTS_TITLE, Result.objects.visible_to, Result.get_stage_display,
            {
                "moved": _("The result has moved on."),
                "followed_up": _("There is news of a recommendation."),
                "used": _("The result was used in a decision."),
            },
        ),
    ),
    exports=(
        PersonalData("results", _("Results that I have told"), exports.results),
        PersonalData("result-uses", _("Uses of results that I have told"), exports.result_uses),
        PersonalData("outcomes", _("Business outcomes that I have told"), exports.outcomes),
    ),
    chores=(Chore("result-files", sweep_files),),
    demo=(Demo("results", demo.load),),
)  # fmt: skip
