"""The lists of pilots, of what was learned in them, and of test environments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from cluster_portal.core.lists import ListPage
from projects.filters import LearningFilters, PilotFilters, TestbedFilters
from projects.models import Learning, Pilot, TestEnvironment
from projects.models.learnings import Kind
from projects.models.pilots import OVER
from projects.models.testbeds import PUBLISHED
from projects.pages import pilots, testbeds

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader

LOOKS = {Kind.ADVICE: "open", Kind.WORKED: "done", Kind.FAILED: "stopped"}


def _pilots(user: Reader) -> Any:
    return Pilot.objects.visible_to(user).newest_first().defer("search", "how")


def _learnings(user: Reader) -> Any:
    """What is told, the newest pilot first."""
    told = Learning.objects.visible_to(user).told().select_related("pilot")
    return told.order_by("-pilot__closed_at", "pilot", "number")


def _testbeds(user: Reader) -> Any:
    return testbeds.complete(TestEnvironment.objects.visible_to(user), user)


def learning_row(learning: Learning) -> dict[str, Any]:
    pilot = learning.pilot
    closed = date_format(localtime(pilot.closed_at)) if pilot.closed_at else ""
    return {
        "url": learning.get_absolute_url(),
        "title": learning.title,
        "kind": ", ".join(filter(None, [pilot.title, closed])),
        "text": learning.text,
        "state": LOOKS[Kind(learning.kind)],
        "state_text": learning.get_kind_display(),
    }


def _beside_testbeds(_found: Found) -> dict[str, Any]:
    return {"related_lists": testbeds.related_lists()}


PILOTS = ListPage(
    "pilots",
    _("Pilots"),
    "projects:pilots",
    rows=_pilots,
    filters=PilotFilters,
    counted=ngettext_lazy("%(count)s pilot", "%(count)s pilots", "count"),
    page="projects/pilot_list.html",
    results="projects/_challenge_results.html",
    row=pilots.card,
    told=Q(published_at__isnull=False),
)
LEARNINGS = ListPage(
    "learnings",
    pgettext_lazy("of pilots", "Learnings"),
    "projects:learnings",
    rows=_learnings,
    filters=LearningFilters,
    counted=ngettext_lazy("%(count)s learning", "%(count)s learnings", "count"),
    page="projects/learning_list.html",
    results="components/results_rows.html",
    row=learning_row,
    above=((_("Pilots"), "projects:pilots"),),
    told=Q(pilot__stage__in=sorted(OVER)),
)
TESTBEDS = ListPage(
    "testbeds",
    _("Test environments"),
    "projects:testbeds",
    rows=_testbeds,
    filters=TestbedFilters,
    counted=ngettext_lazy("%(count)s test environment", "%(count)s test environments", "count"),
    page="projects/testbed_list.html",
    results="projects/_challenge_results.html",
    row=testbeds.card,
    around=_beside_testbeds,
    told=Q(stage__in=sorted(PUBLISHED)),
)
