"""The lists of projects and challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cluster_portal.core.lists import ListPage
from projects.filters import ChallengeFilters, ProjectFilters
from projects.models import Challenge, Project
from projects.models.challenges import PUBLISHED
from projects.pages import challenges, projects

if TYPE_CHECKING:
    from cluster_portal.core.lists import Found
    from cluster_portal.core.visibility import Reader


def _challenges(user: Reader) -> Any:
    return challenges.with_owner(Challenge.objects.visible_to(user).soonest_first(), user)


def _around_challenges(found: Found) -> dict[str, Any]:
    return {"teasers": challenges.teasers(found.user), "stats": challenges.figures(found)}


PROJECTS = ListPage(
    "projects",
    _("Projects"),
    "projects:list",
    rows=lambda user: Project.objects.visible_to(user).select_related("home_cluster"),
    filters=ProjectFilters,
    counted=ngettext_lazy("%(count)s project", "%(count)s projects", "count"),
    page="projects/project_list.html",
    results="projects/_project_results.html",
    row=projects.card,
    told=Q(published_at__isnull=False),
)
CHALLENGES = ListPage(
    "challenges",
    _("Challenges"),
    "projects:challenges",
    rows=_challenges,
    filters=ChallengeFilters,
    counted=ngettext_lazy("%(count)s challenge", "%(count)s challenges", "count"),
    page="projects/challenge_list.html",
    results="projects/_challenge_results.html",
    row=challenges.card,
    around=_around_challenges,
    told=Q(stage__in=PUBLISHED),  # its own side sees drafts, which are news to nobody
)
