"""Projects on the thread: the challenges and measures that they answer to, and back again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.urls import reverse

from cluster_portal.core.visibility import audience
from members.models import Need
from members.pages import needs
from projects.models import Challenge, Measure, Pilot, Project, Result
from projects.models.pilots import Stage as PilotStage
from projects.pages import challenges, measure_lines, pilots, projects, results

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader


TELLS = frozenset({PilotStage.RUNNING, PilotStage.CLOSING, PilotStage.CLOSED, PilotStage.STOPPED})


def sources(project: Project, user: Reader) -> list[Row]:
    answered = Challenge.objects.visible_to(user).filter(projects=project)
    measures = Measure.objects.visible_to(user).filter(projects=project).with_programme()
    lines = [*map(challenges.row, answered), *map(measure_lines.row, measures)]
    if project.from_need_id is None:
        return lines
    behind = Need.objects.visible_to(user).filter(pk=project.from_need_id).defer("search")
    return [*map(needs.line, behind), *lines]


def projects_by(link: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Results of challenges or of measures, by the name of the project's field."""

    def results(pks: list[int], user: Reader) -> dict[int, list[Row]]:
        rows = Project.objects.visible_to(user).filter(**{f"{link}__in": pks})
        found: dict[int, list[Row]] = defaultdict(list)
        for project in rows.annotate(source=F(link)):
            found[project.source].append(projects.row(project))
        return found

    return results


def needs_of(challenge: Challenge, user: Reader) -> list[Row]:
    """The need that the challenge continues."""
    rows = Need.objects.visible_to(user).filter(pk=challenge.from_need_id)
    return [needs.line(need) for need in rows.defer("search")]


def challenges_by_need(pks: list[int], user: Reader) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for challenge in Challenge.objects.visible_to(user).filter(from_need__in=pks).defer("search"):
        if challenge.from_need_id is not None:
            found[challenge.from_need_id].append(challenges.row(challenge))
    return found


def challenge_of_need(need: Need, user: Reader) -> str:
    """The form of a challenge, filled in from the need, for whoever may tell one of it."""
    known = audience(user)
    speaks = known.is_admin or known.organisations or known.coordinates
    if not speaks or not need.is_editable_by(user):
        return ""
    return f"{reverse('projects:challenge_propose')}?need={need.slug}"


def project_of_challenge(challenge: Challenge, user: Reader) -> str:
    """The form of an idea that answers to the challenge, for any member."""
    if not audience(user).is_member:
        return ""
    return f"{reverse('projects:project_propose')}?challenge={challenge.slug}"


def project_of_need(need: Need, user: Reader) -> str:
    if not audience(user).is_member:
        return ""
    return f"{reverse('projects:project_propose')}?need={need.slug}"


def projects_by_need(pks: list[int], user: Reader) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for project in Project.objects.visible_to(user).filter(from_need__in=pks).defer("search"):
        if project.from_need_id is not None:
            found[project.from_need_id].append(projects.row(project))
    return found


def sources_of_result(result: Result, user: Reader) -> list[Row]:
    """The challenge, project and pilot that it came of, and the measures that it serves."""
    needs = Challenge.objects.visible_to(user).filter(pk=result.challenge_id).defer("search")
    work = Project.objects.visible_to(user).filter(pk=result.project_id).defer("search")
    tried = Pilot.objects.visible_to(user).filter(pk=result.pilot_id).defer("search")
    measures = Measure.objects.visible_to(user).filter(results=result).with_programme()
    return [
        *map(challenges.row, needs), *map(projects.row, work), *map(pilots.row, tried),
        *map(measure_lines.row, measures),
    ]  # fmt: skip


def results_by(link: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Published results of challenges, projects or measures, by the name of the field."""

    def found_by(pks: list[int], user: Reader) -> dict[int, list[Row]]:
        rows = Result.objects.visible_to(user).out().with_use().filter(**{f"{link}__in": pks})
        found: dict[int, list[Row]] = defaultdict(list)
        for result in rows.annotate(source=F(link)).defer("search").order_by("-published_at"):
            found[result.source].append(results.row(result))
        return found

    return found_by


def result_of_project(project: Project, user: Reader) -> str:
    return tell_result("project", project.slug, user)


def result_of_challenge(challenge: Challenge, user: Reader) -> str:
    return tell_result("challenge", challenge.slug, user)


def result_of_pilot(pilot: Pilot, user: Reader) -> str:
    """For its makers, once there is something to tell."""
    if pilot.stage not in TELLS or not pilot.is_editable_by(user):
        return ""
    return tell_result("pilot", pilot.slug, user)


def tell_result(name: str, slug: str, user: Reader) -> str:
    """The form of a result, for whoever belongs to a member organisation."""
    known = audience(user)
    if not (known.is_admin or known.organisations or known.coordinates):
        return ""
    return f"{reverse('projects:result_propose')}?{name}={slug}"
