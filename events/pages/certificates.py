"""Certificates of attendance: as a PDF for the holder, and what whoever holds one can check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import CourseCertificate, Registration
from events.models.events import Mode
from events.models.events import Stage as EventStage
from events.models.registrations import Stage
from events.pages.words import span

if TYPE_CHECKING:
    from events.models.registrations import RegistrationQuerySet

SHEET = Path(__file__).parent.parent / "data" / "certificate.typ"
NAMELESS = "–"


def valid() -> RegistrationQuerySet:
    """Of those who attended an event that gives certificates, and have not been forgotten."""
    attended = Registration.objects.filter(stage=Stage.ATTENDED, event__gives_certificate=True)
    held = attended.filter(event__stage=EventStage.PUBLISHED).exclude(name=NAMELESS)
    return held.select_related(
        "event", "event__organisation", "event__home_cluster", "seats", "user"
    )


def number_of(registration: Registration) -> str:
    """ABCDE-12345, as it stands on the certificate."""
    code = registration.certificate_code
    return f"{code[:5]}-{code[5:]}"


def address_of(registration: Registration) -> str:
    path = reverse("certificates:check", args=[registration.certificate_code])
    return f"{settings.SITE_URL}{path}"


def checked(code: str) -> dict[str, Any] | None:
    """What whoever checks a code is told: of an event, or of a whole course."""
    row = valid().filter(certificate_code=code).first()
    if row is not None:
        event = row.event
        return {
            "name": row.name, "title": event.title, "when": span(event.starts_at, event.ends_at),
            "by": event.named_owner or event.home_cluster,
        }  # fmt: skip
    rows = CourseCertificate.objects.exclude(name=NAMELESS).select_related(
        "course__organisation", "course__home_cluster"
    )
    found = rows.filter(code=code).first()
    if found is None:
        return None
    given = date_format(timezone.localdate(found.given_at), "SHORT_DATE_FORMAT")
    return {
        "name": found.name, "title": found.course.title,
        "when": _("Given %(day)s") % {"day": given},
        "by": found.course.named_owner or found.course.home_cluster,
    }  # fmt: skip


def as_pdf(registration: Registration) -> bytes:
    """A tagged PDF in the active language; names are data, whatever characters they hold."""
    event = registration.event
    organiser = event.named_owner or event.home_cluster
    is_remote = registration.mode == Mode.REMOTE
    day = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    told = {
        "lang": (get_language() or "fi")[:2], "title": _("Certificate of attendance"),
        "issuer": str(event.home_cluster), "name": registration.name,
        "organisation": registration.organisation_name,
        "attended": _("has taken part in the event"), "event": event.title,
        "when": span(event.starts_at, event.ends_at),
        "where": str(Mode.REMOTE.label) if is_remote else event.municipality,
        "organiser": _("Organiser: %(organiser)s") % {"organiser": organiser},
        "check": _("Whoever gets this can check it with the code %(code)s at")
        % {"code": number_of(registration)},
        "address": address_of(registration),
        "issued": _("Printed on %(day)s.") % {"day": day},
    }  # fmt: skip
    made: bytes = typst.compile(SHEET, sys_inputs=told, ignore_system_fonts=True)
    return made
