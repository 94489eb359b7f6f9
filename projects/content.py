"""The content types of the projects app: what is searched, listed and shown elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Organisation
from projects import challenge_page, programme_page
from projects.desk import challenge_rows, project_rows, projects_of
from projects.models import Challenge, Measure, Programme, Project
from projects.models.challenges import Stage as ChallengeStage
from projects.models.projects import Stage as ProjectStage

ON_FRONT, ON_ORGANISATION = 3, 12


RUNNING = {ProjectStage.RUNNING, ProjectStage.AMENDMENT, ProjectStage.CLOSING}


def of_organisation(organisation: Organisation, user: Any) -> list[dict[str, Any]]:
    projects = Project.objects.visible_to(user).filter(projects_of([organisation.pk]))
    return project_rows(projects.order_by("-pk")[:ON_ORGANISATION])


def challenges_of_organisation(organisation: Organisation, user: Any) -> list[dict[str, Any]]:
    challenges = Challenge.objects.visible_to(user).filter(organisation=organisation)
    return challenge_rows(
        challenges.exclude(stage=ChallengeStage.WITHDRAWN).order_by("-pk")[:ON_ORGANISATION]
    )


def searchable_projects(user: Any) -> Any:
    return Project.objects.visible_to(user)


def searchable_challenges(user: Any) -> Any:
    return Challenge.objects.visible_to(user)


def searchable_measures(user: Any) -> Any:
    """Of the versions in force."""
    return Measure.objects.visible_to(user).current().with_programme()


def open_challenges(user: Any) -> dict[str, Any] | None:
    """Cards of the front page, the nearest deadlines first."""
    owner = Organisation.objects.visible_to(user).filter(pk=OuterRef("organisation"))
    found = Challenge.objects.visible_to(user).open().annotate(owner_seen=Exists(owner))
    rows = found.select_related("organisation").order_by("closes_at", "pk")[:ON_FRONT]
    cards = [challenge_page.card(challenge) for challenge in rows]
    if not cards:
        return None
    running = Project.objects.visible_to(user).filter(stage__in=sorted(RUNNING))
    figures = [
        {"label": _("Open challenges"), "value": found.order_by().count()},
        {"label": _("Running projects"), "value": running.order_by().count()},
    ]
    return {"cards": cards, "list_url": reverse("projects:challenges"), "figures": figures}


def progress(user: Any) -> dict[str, Any] | None:
    """The goals of the programme in force as bars."""
    programmes = Programme.objects.visible_to(user).approved().select_related("home_cluster")
    programme = programmes.order_by("-approved_on", "-pk").first()
    if programme is None:
        return None
    goals = programme_page.goals_in_short(programme)
    return {"goals": goals, "programme": programme}
