"""Who comes, as the columns and rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from events.pages import answers
from events.pages.words import registration_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from events.models import Event, Registration


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


def for_signing(event: Event) -> list[Registration]:
    """Who has a place, by name: the list that a funder asks to be signed."""
    held = event.registrations.holding().select_related("seats")
    return list(held.order_by("seats__mode", Lower("name"), "pk"))
