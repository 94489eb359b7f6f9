"""Who comes, as a file that opens in a spreadsheet without any cell being run as a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from events.models import Event, Registration

RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")  # noqa: RUF001
BYTE_ORDER_MARK = "\ufeff"


def as_csv(event: Event) -> str:
    """Semicolons and a byte order mark: what a Finnish spreadsheet program opens as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(
        [
            *(_("Name"), _("E-mail address"), _("Organisation"), _("Way of taking part")),
            *(_("State"), _("Dietary needs"), _("Accessibility needs"), _("Registered")),
        ]
    )
    rows = event.registrations.active().select_related("seats")
    for registration in rows.order_by("seats__mode", "stage", "queued_at", "pk"):
        writer.writerow([safe(cell) for cell in _cells(registration)])
    return BYTE_ORDER_MARK + out.getvalue()


def _cells(registration: Registration) -> list[str]:
    return [
        registration.name,
        registration.email,
        registration.organisation_name,
        registration.seats.get_mode_display(),
        registration.get_stage_display(),
        registration.diet,
        registration.accessibility,
        timezone.localtime(registration.created_at).strftime("%Y-%m-%d %H:%M"),
    ]


def safe(cell: str) -> str:
    """Led by an apostrophe when a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(RUN_AS_FORMULA) else cell
