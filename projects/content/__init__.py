"""The content types of the projects app: search, lists, desk, digest and chores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.answers import Asks
from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Cooperation,
    Deadlines,
    Demo,
    Destination,
    Erasure,
    Figure,
    Following,
    Found,
    FrontSection,
    OrganisationSection,
    PersonalData,
    Queue,
    Waits,
    Yearly,
    deadlines_at,
)
from cluster_portal.core.origin import Origin, Start
from cluster_portal.core.reporting import Report
from members.models import Need, Organisation
from projects import demo, desk, digest, erasure, exports
from projects.content import pilots
from projects.content.ideas import IDEAS
from projects.content.initiatives import INITIATIVES
from projects.content.measures import MEASURES
from projects.content.papers import PAPERS
from projects.content.results import RESULTS
from projects.desk import challenge_rows, project_rows, projects_of
from projects.models import Challenge, FundingCall, Measure, Partnership, Project
from projects.models.challenges import Stage as ChallengeStage
from projects.models.projects import Stage as ProjectStage
from projects.pages import (
    breaks,
    calls,
    counts,
    funder_report,
    knots,
    letters,
    lists,
    proposal_desk,
    thread,
    thread_breaks,
    yearly,
)
from projects.pages import challenges as challenge_page
from projects.pages.call_words import state_words
from projects.pages.partners import PARTNERS
from projects.services import challenge_matching, proposal_files
from projects.services.applications import remind_of_completions
from projects.services.arrivals import announce_opened
from projects.services.call_answers import CALLS as ANSWERS
from projects.services.calls import remind_of_closing
from projects.services.programmes import move_projects
from projects.services.proposal_reminders import remind_of_drafts

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_FRONT, ON_ORGANISATION = 3, 12


RUNNING = {
    ProjectStage.RUNNING, ProjectStage.AMENDMENT, ProjectStage.CLOSING, ProjectStage.REPORTED,
}  # fmt: skip


def of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    projects = Project.objects.visible_to(user).filter(projects_of([organisation.pk]))
    return project_rows(projects.order_by("-pk")[:ON_ORGANISATION])


def challenges_of_organisation(organisation: Organisation, user: Reader) -> list[dict[str, Any]]:
    challenges = Challenge.objects.visible_to(user).filter(organisation=organisation)
    return challenge_rows(
        challenges.exclude(stage=ChallengeStage.WITHDRAWN).order_by("-pk")[:ON_ORGANISATION]
    )


def running(user: Reader) -> Any:
    return Project.objects.visible_to(user).filter(stage__in=sorted(RUNNING))


def partners(user: Reader) -> Any:
    """Who has accepted a part in which project."""
    told = Partnership.objects.visible_to(user).accepted()
    return told.order_by().values_list("project", "organisation")


def open_challenges(user: Reader) -> dict[str, Any] | None:
    """Cards of the front page, the nearest deadlines first."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    found = Challenge.objects.visible_to(user).open().annotate(owner_seen=Exists(owner))
    rows = found.select_related("organisation").order_by("closes_at", "pk")[:ON_FRONT]
    cards = [challenge_page.card(challenge) for challenge in rows]
    if not cards:
        return None
    figures = [
        {"label": gettext("Open challenges"), "value": found.order_by().count()},
        {"label": gettext("Running projects"), "value": running(user).order_by().count()},
    ]
    return {"cards": cards, "list_url": reverse("projects:challenges"), "figures": figures}


PROJECTS = Content(
    "projects", 50, _("Projects"), Project,
    reports=(
        Report("indicators", funder_report.indicators, order=21),
        Report("costs", funder_report.costs, order=22),
        Report("projects", of_cluster=yearly.projects),
    ),
    expected="projects",
    knot=knots.PROJECT, ties=knots.PROJECT_TIES, breaks=breaks.OF_PROJECTS,
    came_from=thread.sources,
    came_of=(
        Origin("projects", Challenge, thread.projects_by("challenges")),
        Origin("projects", Measure, thread.projects_by("measures"), move_projects),
    ),
    starts=(Start("project", Challenge, _("Start a project"), thread.project_of_challenge),),
    navigation=(Destination("projects", _("Projects"), "projects:list"),),
    lists=(lists.PROJECTS, PARTNERS),
    search=(Found("projects", _("Projects"), Project.objects.visible_to),),
    figures=(Figure("projects", _("Running projects"), running, "projects:list"),),
    counts=(counts.PROJECTS,),
    yearly=(Yearly("projects", _("Projects begun"), Project.objects.visible_to, "starts_on"),),
    cooperation=(Cooperation("projects", _("projects"), partners),),
    organisation=(OrganisationSection("projects", _("Projects"), of_organisation),),
    desk=(
        Card("projects-projects", _("Projects of my organisation"), desk.my_projects,
             order=51),
        Card("projects-completions", _("Completions that funders wait for"),
             desk.completions, urgent=True, order=47),
    ),
    chores=(Chore("remind-of-completions", remind_of_completions),),
    digest=digest.PROJECTS,
    letters=letters.AUDIENCES,
    following=(
        Following(
            "projects", _("Projects"), Project.objects.visible_to, Project.get_stage_display,
            {
                "moved": _("The project has moved on."),
                "partner": _("The idea has a new partner."),
            },
        ),
    ),
    demo=(Demo("projects", demo.load), Demo("threads", demo.load_threads, order=68),
          Demo("figures", demo.load_figures, order=90)),
)  # fmt: skip

CHALLENGES = Content(
    "challenges", 40, _("Challenges"), Challenge,
    reports=(Report("challenges", of_cluster=yearly.challenges),),
    expected="projects",
    knot=knots.CHALLENGE, ties=knots.CHALLENGE_TIES, breaks=breaks.OF_CHALLENGES,
    came_from=thread.needs_of,
    came_of=(Origin("challenges-of-needs", Need, thread.challenges_by_need),),
    starts=(Start("challenge", Need, _("Make this a challenge"), thread.challenge_of_need),),
    asks=(Asks("challenges", challenge_matching.capability_came),),
    navigation=(Destination("challenges", _("Challenges"), "projects:challenges"),),
    lists=(lists.CHALLENGES,),
    search=(Found("challenges", _("Challenges"), Challenge.objects.visible_to),),
    counts=(counts.CHALLENGES,),
    front=(FrontSection("challenges", open_challenges, "projects/_front_challenges.html"),),
    figures=(
        Figure("challenges", _("Open challenges"),
               lambda user: Challenge.objects.visible_to(user).open(), "projects:challenges"),
        Figure("unmatched", _("Challenges nobody could solve"),
               lambda user: Challenge.objects.visible_to(user).unmatched(),
               "projects:challenges", query="?stage=unmatched"),
    ),
    organisation=(
        OrganisationSection("challenges", _("Challenges"), challenges_of_organisation),
    ),
    desk=(
        Card("projects-review", _("Challenges to review"), desk.challenges_to_review,
             urgent=True, order=48, among=desk.waiting_for_review),
        Card("projects-decide", _("Challenges to decide"), desk.challenges_to_decide,
             urgent=True, order=50),
        Card("projects-questions", _("Questions to answer"), desk.questions_to_answer,
             urgent=True, order=49),
        Card("projects-proposals", _("Our proposals"), proposal_desk.my_proposals, order=54,
             among=proposal_desk.live_proposals),
        Card("projects-challenges", _("Challenges of my organisation"), desk.my_challenges,
             order=52),
    ),
    deadlines=(Deadlines("challenges", desk.coming_deadlines),),
    digest=digest.CHALLENGES,
    following=(
        Following(
            "challenges", _("Challenges"), Challenge.objects.visible_to,
            Challenge.get_stage_display, {"moved": _("The challenge has moved on.")},
            moment="closes_at", moment_label=_("The challenge closes"),
        ),
    ),
    queues=(
        Queue("challenges-to-review", desk.to_review, days=7),
        Queue("challenges-to-decide", desk.to_decide, days=30, order=41),
        Queue("broken-threads", thread_breaks.queue, waits=Waits.OPEN, order=71),
    ),
    exports=(
        PersonalData("challenges", _("Challenges with me as contact"), exports.named_in),
        PersonalData("proposals", _("Proposals that I have written"), exports.proposals),
        PersonalData(
            "decision-drafts", _("Decisions that I have kept half-made"), exports.decision_drafts
        ),
        PersonalData("questions", _("Questions that I have asked"), exports.questions),
    ),
    erasure=(
        Erasure("challenges", _("Challenges"), erasure.effects, erasure.erase, erasure.blockers),
    ),
    chores=(
        Chore("proposal-files", proposal_files.sweep_files),
        Chore("proposal-drafts", remind_of_drafts),
    ),
)  # fmt: skip

CALLS = Content(
    "calls", 45, _("Funding calls"), FundingCall,
    expected="projects",
    lists=(calls.CALLS,),
    answers=(ANSWERS,),
    counts=(counts.CALLS,),
    figures=(
        Figure("calls", _("Open funding calls"),
               lambda user: FundingCall.objects.visible_to(user).open(), "projects:calls"),
    ),
    yearly=(
        Yearly("calls", _("Funding calls opened"), FundingCall.objects.visible_to, "opens_at"),
    ),
    search=(Found("calls", _("Funding calls"), FundingCall.objects.visible_to),),
    deadlines=(
        Deadlines("calls", deadlines_at("closes_at", _("Funding call"), calls.listed)),
    ),
    digest=digest.CALLS,
    following=(
        Following(
            "calls", _("Funding calls"), FundingCall.objects.visible_to, state_words,
            {
                "changed": _("The call has changed: its times, conditions or address."),
                "closes_soon": _("The call closes soon."),
            },
            moment="closes_at", moment_label=_("The call closes"),
        ),
    ),
    chores=(
        Chore("opened-calls", announce_opened),
        Chore("closing-calls", remind_of_closing),
    ),
)  # fmt: skip

TYPES = (
    PROJECTS, IDEAS, CHALLENGES, CALLS, MEASURES, INITIATIVES, RESULTS, PAPERS,
    *pilots.TYPES,
)  # fmt: skip
