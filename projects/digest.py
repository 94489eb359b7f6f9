"""What a digest says about projects and challenges."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import DigestSection
from projects.models import Challenge, Project

if TYPE_CHECKING:
    from datetime import datetime


IN_DIGEST = 24


NEAR = timedelta(days=30)


def new_projects(user: Any, since: datetime) -> Any:
    projects = Project.objects.visible_to(user).filter(created_at__gte=since)
    return projects.order_by("-created_at", "-pk")[:IN_DIGEST]


def new_challenges(user: Any, since: datetime) -> Any:
    challenges = Challenge.objects.visible_to(user).open().filter(published_at__gte=since)
    return challenges.order_by("-published_at", "-pk")[:IN_DIGEST]


def closing_challenges(user: Any, since: datetime) -> Any:
    near = timezone.now() + NEAR
    challenges = Challenge.objects.visible_to(user).open().filter(closes_at__lte=near)
    return challenges.order_by("closes_at", "pk")[:IN_DIGEST]


PROJECTS = (DigestSection("new-projects", _("New projects"), new_projects, per_audience=True),)
CHALLENGES = (
    DigestSection("new-challenges", _("New challenges"), new_challenges, per_audience=True),
    DigestSection(
        "closing-challenges", _("Challenges that close soon"), closing_challenges,
        per_audience=True, order=41, template="projects/_digest_closing.txt", day="closes_at",
    ),
)  # fmt: skip
