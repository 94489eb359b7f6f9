"""What indicators can count of projects and challenges."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.counting import Count, by_field, of_cluster
from projects.models import Challenge, FundingCall, Project
from projects.models.challenges import Stage
from projects.models.projects import Stage as ProjectStage

PROJECTS = Count(
    "projects", _("Projects"), of_cluster(Project.objects.all), moment="starts_on",
    by=(by_field("stage", _("State"), ProjectStage.choices),),
    url=lambda _chosen: reverse("projects:list"),
)  # fmt: skip
CHALLENGES = Count(
    "challenges", _("Challenges"),
    of_cluster(lambda: Challenge.objects.exclude(stage__in=[Stage.DRAFT, Stage.IN_REVIEW])),
    moment="published_at",
    url=lambda _chosen: reverse("projects:challenges"),
)  # fmt: skip
CALLS = Count(
    "calls", _("Funding calls"), of_cluster(FundingCall.objects.all), moment="opens_at",
    url=lambda _chosen: reverse("projects:calls"),
)  # fmt: skip
