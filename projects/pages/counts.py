"""What indicators can count of projects and challenges."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.counting import By, Count, by_field, of_cluster
from projects.models import Challenge, FundingCall, Project, Result
from projects.models.challenges import Stage
from projects.models.projects import Stage as ProjectStage
from projects.models.results import Kind as ResultKind
from projects.models.results import Level
from projects.models.shared import Scope

PROJECTS = Count(
    "projects", _("Projects"),
    of_cluster(lambda: Project.objects.filter(published_at__isnull=False)), moment="starts_on",
    by=(by_field("stage", _("State"), ProjectStage.choices),),
    url=lambda _chosen: reverse("projects:list"),
)  # fmt: skip
CHALLENGES = Count(
    "challenges", _("Challenges"),
    of_cluster(lambda: Challenge.objects.exclude(stage__in=[Stage.DRAFT, Stage.IN_REVIEW])),
    moment="published_at",
    by=(
        By("level", _("Level of activity"), lambda _cluster: Scope.choices,
           lambda rows, value: rows.filter(scopes__contains=[value])),
    ),
    url=lambda _chosen: reverse("projects:challenges"),
)  # fmt: skip
CALLS = Count(
    "calls", _("Funding calls"), of_cluster(FundingCall.objects.all), moment="opens_at",
    url=lambda _chosen: reverse("projects:calls"),
)  # fmt: skip
RESULTS = Count(
    "results", _("Published results"), of_cluster(Result.objects.out),
    moment="published_at",
    by=(
        by_field("kind", _("Kind"), ResultKind.choices),
        by_field("level", _("Decision level"), Level.choices),
    ),
    url=lambda _chosen: reverse("projects:results"),
)  # fmt: skip
USED_RESULTS = Count(
    "used-results", _("Results used in decisions"),
    of_cluster(lambda: Result.objects.out().used()), moment="published_at",
    by=(by_field("level", _("Decision level"), Level.choices),),
    url=lambda _chosen: reverse("projects:results") + "?used=yes",
)  # fmt: skip
