"""Who comes, as the columns and rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import Event, Registration


def header() -> list[str]:
    return [
        *(_("Name"), _("E-mail address"), _("Organisation"), _("Way of taking part")),
        *(_("State"), _("Dietary needs"), _("Accessibility needs"), _("Registered")),
    ]


def rows(event: Event) -> Iterator[list[str]]:
    found = event.registrations.active().select_related("seats", "user")
    return map(_cells, found.order_by("seats__mode", "stage", "queued_at", "pk"))


def _cells(registration: Registration) -> list[str]:
    return [
        registration.name,
        registration.address,
        registration.organisation_name,
        registration.seats.get_mode_display(),
        registration.get_stage_display(),
        registration.diet,
        registration.accessibility,
        timezone.localtime(registration.created_at).strftime("%Y-%m-%d %H:%M"),
    ]
