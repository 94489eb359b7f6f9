"""Events on the thread: the challenge, idea or project that one continues, and back again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience
from events.models import Event
from events.models.events import Stage
from projects.models import Challenge, Project
from projects.pages import challenges, projects

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cluster_portal.core.origin import Row
    from cluster_portal.core.visibility import Reader


def sources_of(event: Event, user: Reader) -> list[Row]:
    told: list[Row] = []
    if event.from_challenge_id is not None:
        asked = Challenge.objects.visible_to(user).filter(pk=event.from_challenge_id)
        told += map(challenges.row, asked.defer("search"))
    if event.from_project_id is not None:
        work = Project.objects.visible_to(user).filter(pk=event.from_project_id)
        told += map(projects.row, work.defer("search"))
    return told


def events_by(link: str) -> Callable[[list[int], Any], dict[int, list[Row]]]:
    """Events of challenges, projects or measures, by the name of the event's field."""

    def found_by(pks: list[int], user: Reader) -> dict[int, list[Row]]:
        rows = Event.objects.visible_to(user).exclude(stage=Stage.WITHDRAWN)
        found: dict[int, list[Row]] = defaultdict(list)
        for event in rows.filter(**{f"{link}__in": pks}).annotate(source=F(link)).defer("search"):
            found[event.source].append(
                {"kind": _("Event"), "title": event.title, "url": event.get_absolute_url()}
            )
        return found

    return found_by


def move_events(earlier: int, later: int) -> None:
    """Events go on being evidence of the measure that continues theirs."""
    for event in Event.objects.filter(measures=earlier).order_by("pk"):
        event.measures.add(later)
        event.measures.remove(earlier)


def event_of_challenge(challenge: Challenge, user: Reader) -> str:
    """For who speaks for the challenge: its organisation's people and the coordinators."""
    return _propose("challenge", challenge, user)


def event_of_project(project: Project, user: Reader) -> str:
    return _propose("project", project, user)


def _propose(name: str, source: Challenge | Project, user: Reader) -> str:
    """The form of an event, which keeps the tie to what it was begun from."""
    known = audience(user)
    speaks = known.is_admin or known.organisations or known.coordinates
    if not speaks or not source.is_editable_by(user):
        return ""
    return f"{reverse('events:propose')}?{urlencode({name: source.slug})}"
