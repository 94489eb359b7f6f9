"""Where threads of needs, challenges and projects end that should go on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import thread
from cluster_portal.core.knots import Break, Column
from members.models import Need
from members.models.needs import Kind as NeedKind
from members.models.needs import Stage as NeedStage
from projects.models import Challenge, Project
from projects.models.challenges import Stage as ChallengeStage
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

# How long each may stand before it counts as broken.
NEED_WAITS, CHALLENGE_WAITS, PROJECT_WAITS = timedelta(30), timedelta(30), timedelta(60)
SOLVABLE = (NeedKind.SOLUTION, NeedKind.KNOWLEDGE)


def needs_alone(user: Reader) -> Any:
    """Open needs that challenges and theses can answer, of which nothing has come."""
    waiting = Need.objects.managed_by(user).filter(
        stage=NeedStage.OPEN, kind__in=SOLVABLE, published_at__lt=timezone.now() - NEED_WAITS
    )
    return waiting.exclude(thread.led_on(Need))


def challenges_alone(user: Reader) -> Any:
    """Decided ones, solved or not, of which nothing has come."""
    decided = Challenge.objects.managed_by(user).filter(
        stage=ChallengeStage.SOLVED, decided_at__lt=timezone.now() - CHALLENGE_WAITS
    )
    return decided.exclude(thread.led_on(Challenge))


def projects_without_result(user: Reader) -> Any:
    ended = Project.objects.managed_by(user).filter(
        stage__in=[ProjectStage.ENDED, ProjectStage.FOLLOW_UP],
        ends_on__lt=timezone.localdate() - PROJECT_WAITS,
    )
    return ended.exclude(thread.led_on(Project, columns=(Column.RESULT,)))


def projects_without_measure(user: Reader) -> Any:
    """Running ones that serve no measure of the programme."""
    running = Project.objects.managed_by(user).filter(stage=ProjectStage.RUNNING)
    return running.exclude(starts_on=None).exclude(
        thread.led_on(Project, columns=(Column.MEASURE,))
    )


def _tell_result(project: Project) -> str:
    return f"{reverse('projects:result_propose')}?project={project.slug}"


def _choose_measures(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk]) + "#id_measures_0"


OF_CHALLENGES = (
    Break("needs", _("Need without a challenge"), needs_alone, "published_at",
          _("Make this a challenge"),
          lambda need: f"{reverse('projects:challenge_propose')}?need={need.slug}", order=1),
    Break("challenges", _("Solved challenge without a follow-up"), challenges_alone, "decided_at",
          _("Start the follow-up"), lambda challenge: challenge.get_absolute_url(), order=2),
)  # fmt: skip
OF_PROJECTS = (
    Break("projects", _("Ended project without a result"), projects_without_result, "ends_on",
          _("Tell a result"), _tell_result, order=4),
    Break("measures", _("Running project that serves no measure"), projects_without_measure,
          "starts_on", _("Choose its measures"), _choose_measures, order=5),
)  # fmt: skip
