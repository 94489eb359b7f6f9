"""Projects, challenges, pilots and the like that come to their lists, or change there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.notifications import saved_searches
from members.services.arrivals import HIDDEN, came
from projects.models import Challenge, FundingCall, Pilot, Project, Result, TestEnvironment
from projects.models.challenges import PUBLISHED
from projects.models.results import Stage as ResultStage
from projects.models.testbeds import PUBLISHED as TESTBED_PUBLISHED

if TYPE_CHECKING:
    from django.db.models import Model

# A round that did not run for some hours catches up; nothing is told twice (a hit is unique).
LATEST = timedelta(days=1)


def content_came(obj: Model, *, before: str = "") -> None:
    """`before` is the visibility that it had; other things have no list to search."""
    if isinstance(obj, Project):
        _project_came(obj, before)
    elif isinstance(obj, FundingCall):
        if before in HIDDEN and obj.visibility not in HIDDEN:
            obj.published_at = timezone.now()
            obj.save(update_fields=["published_at"])
        came("calls", obj, since=obj.published_at, before=before)
    elif isinstance(obj, Challenge) and obj.stage in PUBLISHED:
        came("challenges", obj, since=obj.published_at, before=before)
    elif isinstance(obj, Pilot) and obj.published_at:
        came("pilots", obj, since=obj.published_at, before=before)
    elif isinstance(obj, TestEnvironment) and obj.stage in TESTBED_PUBLISHED:
        came("testbeds", obj, since=obj.published_at, before=before)
    elif isinstance(obj, Result) and obj.stage == ResultStage.PUBLISHED:
        came("results", obj, since=obj.published_at, before=before)


def _project_came(project: Project, before: str) -> None:
    if project.is_draft:
        return
    came("projects", project, since=project.published_at, before=before)
    if project.is_open_to_partners:
        came("partners", project, since=project.published_at, before=before)


def roles_came(idea: Project) -> None:
    """New roles of a published idea are news to those who search for partners."""
    saved_searches.published("partners", idea.pk)


def announce_opened() -> int:
    """The chore: to the searches of open calls, a call comes when it opens."""
    now = timezone.now()
    opened = FundingCall.objects.not_closed().filter(opens_at__gt=now - LATEST, opens_at__lte=now)
    for call in opened:
        came("calls", call, since=call.opens_at)
    return len(opened)
