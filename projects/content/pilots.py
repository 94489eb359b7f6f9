"""Pilots, what was learned in them, and test environments: declared as content types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Cooperation,
    Deadlines,
    Demo,
    Erasure,
    Figure,
    Following,
    Found,
    OrganisationSection,
    PersonalData,
    Queue,
    Yearly,
)
from cluster_portal.core.origin import Origin, Start
from members.models import Capability
from members.pages.tagging import tagging
from projects import digest, erasure, exports
from projects.demo import pilots as demo
from projects.models import (
    Challenge,
    Learning,
    Measure,
    Pilot,
    PilotMaker,
    Project,
    Proposal,
    TestEnvironment,
)
from projects.pages import pilot_counts, pilot_desk, pilot_lists
from projects.pages import pilot_knots as knots
from projects.pages import pilot_thread as thread
from projects.services.pilots import end_overdue
from projects.services.testbed_answers import TESTBEDS as ANSWERS

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def running(user: Reader) -> Any:
    return Pilot.objects.visible_to(user).running()


def begun(user: Reader) -> Any:
    return Pilot.objects.visible_to(user).filter(published_at__isnull=False)


def told_learnings(user: Reader) -> Any:
    return Learning.objects.visible_to(user).told()


def searchable_learnings(user: Reader) -> Any:
    return told_learnings(user).select_related("pilot")


def makers(user: Reader) -> Any:
    """Who is with which pilot."""
    told = PilotMaker.objects.visible_to(user).accepted()
    return told.order_by().values_list("pilot", "organisation")


PILOTS = Content(
    "pilots", 46, _("Pilots"), Pilot,
    expected="testing",
    knot=knots.PILOT, ties=knots.TIES, breaks=knots.BREAKS,
    came_from=thread.sources,
    came_of=(
        Origin("pilots-of-challenges", Challenge, thread.pilots_by("challenge")),
        Origin("pilots-of-projects", Project, thread.pilots_by("project")),
        Origin("pilots-of-measures", Measure, thread.pilots_by("measures"), thread.move_pilots),
        Origin("pilots-in-testbeds", TestEnvironment, thread.pilots_by("testbed")),
    ),
    starts=(
        Start("pilot", Challenge, _("Start a pilot"), thread.pilot_of_challenge),
        Start("pilot-of-proposal", Proposal, _("Start a pilot"), thread.pilot_of_proposal),
        Start("pilot-of-project", Project, _("Start a pilot"), thread.pilot_of_project),
        Start("pilot-in-testbed", TestEnvironment, _("Plan a pilot here"),
              thread.pilot_in_testbed),
    ),
    lists=(pilot_lists.PILOTS,),
    search=(Found("pilots", _("Pilots"), Pilot.objects.visible_to),),
    counts=(pilot_counts.PILOTS,),
    figures=(Figure("pilots", _("Pilots under way"), running, "projects:pilots"),),
    yearly=(Yearly("pilots", _("Pilots begun"), begun, "starts_on"),),
    cooperation=(Cooperation("pilots", _("pilots"), makers),),
    organisation=(OrganisationSection("pilots", _("Pilots"), pilot_desk.pilots_of),),
    desk=(
        Card("pilots-asked", _("Invited to a pilot"), pilot_desk.asked_of_us, urgent=True),
        Card("pilots-waiting", _("Pilots that wait for you"), pilot_desk.waiting_for_us,
             urgent=True, order=47),
        Card("pilots-mine", _("Pilots of my organisation"), pilot_desk.mine, order=55),
    ),
    deadlines=(Deadlines("pilots", pilot_desk.coming, is_own=True),),
    digest=digest.PILOTS,
    following=(
        Following(
            "pilots", _("Pilots"), Pilot.objects.visible_to, Pilot.get_stage_display,
            {"moved": _("The pilot has moved on.")},
        ),
    ),
    queues=(Queue("pilots-without-learnings", pilot_desk.without_learnings, days=30),),
    exports=(PersonalData("pilots", _("Pilots that I have entered"), exports.pilots),),
    erasure=(
        Erasure("pilots", _("Pilots"), erasure.pilot_effects, erasure.erase_from_pilots),
    ),
    chores=(Chore("end-pilots", end_overdue),),
    demo=(Demo("pilots", demo.load, order=56),),
)  # fmt: skip

LEARNINGS = Content(
    "learnings", 47, pgettext_lazy("of pilots", "Learnings"), Learning,
    expected="learning", tagging=(tagging("learnings", Learning, "pilot"),),
    lists=(pilot_lists.LEARNINGS,),
    search=(
        Found("learnings", pgettext_lazy("of pilots", "Learnings"), searchable_learnings,
              has_pages=False),
    ),
    counts=(pilot_counts.LEARNINGS,),
    figures=(
        Figure("learnings", _("Learnings of pilots"), told_learnings, "projects:learnings"),
    ),
    digest=digest.LEARNINGS,
)  # fmt: skip

TESTBEDS = Content(
    "testbeds", 48, _("Test environments"), TestEnvironment,
    expected="testing",
    came_of=(
        Origin("testbeds-of-capabilities", Capability, thread.testbeds_by_capability),
    ),
    lists=(pilot_lists.TESTBEDS,),
    answers=(ANSWERS,),
    search=(
        Found("testbeds", _("Test environments"), TestEnvironment.objects.visible_to),
    ),
    counts=(pilot_counts.TESTBEDS,), offerings=(pilot_counts.OFFERING,),
    figures=(
        Figure("testbeds", _("Test environments"),
               lambda user: TestEnvironment.objects.visible_to(user).open(), "projects:testbeds"),
    ),
    yearly=(
        Yearly("testbeds", _("New test environments"),
               lambda user: TestEnvironment.objects.visible_to(user).exclude(published_at=None),
               "published_at"),
    ),
    organisation=(
        OrganisationSection("testbeds", _("Test environments"), pilot_desk.testbeds_of),
    ),
    digest=digest.TESTBEDS,
    following=(
        Following(
            "testbeds", _("Test environments"), TestEnvironment.objects.visible_to,
            TestEnvironment.get_stage_display,
            {"changed": _("The test environment has changed: its text or its availability.")},
        ),
    ),
    exports=(
        PersonalData("testbeds", _("Test environments that I have entered"), exports.testbeds),
    ),
)  # fmt: skip

TYPES = (PILOTS, LEARNINGS, TESTBEDS)
