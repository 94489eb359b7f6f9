"""Who comes, as the columns and rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from events.pages import answers
from events.pages.words import registration_words
from projects.models import Project
from projects.models.projects import Stage as ProjectStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.core.visibility import Reader
    from events.models import Event, Registration

MOST_PROJECTS = 200


def header(event: Event) -> list[str]:
    return [
        *(_("Name"), _("E-mail address"), _("Organisation"), _("Way of taking part")),
        *(_("State"), *answers.columns(event), _("Registered")),
    ]


def rows(event: Event) -> Iterator[list[str]]:
    found = event.registrations.active().select_related("seats", "user", "event")
    people = list(found.with_position().order_by("seats__mode", "stage", "queued_at", "pk"))
    told = answers.cells(event, people)
    return (_cells(row, told[row.pk]) for row in people)


def _cells(registration: Registration, told: list[str]) -> list[str]:
    return [
        registration.name,
        registration.address,
        registration.organisation_name,
        registration.seats.get_mode_display(),
        registration_words(registration).listed,
        *told,
        timezone.localtime(registration.created_at).strftime("%Y-%m-%d %H:%M"),
    ]


def projects_for_signing(event: Event, user: Reader) -> list[Project]:
    """The project that the event belongs to first, then the others that run: whose funder asks."""
    rows = Project.objects.visible_to(user).select_related("funder")
    rows = rows.filter(Q(pk=event.from_project_id) | Q(stage=ProjectStage.RUNNING))
    found = list(rows.defer("search").order_by("title_fi", "pk")[:MOST_PROJECTS])
    return sorted(found, key=lambda project: project.pk != event.from_project_id)


def chosen(event: Event, projects: list[Project], slug: str) -> Project | None:
    """The one that was asked for; before anything was asked for that of the event."""
    wanted = slug or (event.from_project.slug if event.from_project else "")
    return next((each for each in projects if each.slug == wanted), None)


def for_signing(event: Event) -> list[Registration]:
    """Who has a place, by name: the list that a funder asks to be signed."""
    held = event.registrations.holding().select_related("seats")
    return list(held.order_by("seats__mode", Lower("name"), "pk"))
