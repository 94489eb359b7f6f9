"""Certificates of whole courses: the PDF, the letter, the link that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typst
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.visibility import Visibility
from events.models import CourseCertificate
from events.models.courses import Stage
from events.pages.certificates import SHEET
from events.pages.words import span

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail

SALT = "events.course_certificate"


def link_of(certificate: CourseCertificate) -> str:
    token = signing.dumps(str(certificate.public_id), salt=SALT)
    return f"{settings.SITE_URL}{reverse('events:course_certificate_by_link', args=[token])}"


def of_link(token: str) -> CourseCertificate | None:
    """What a link of a letter opens; None for one that is broken or altered."""
    try:
        public_id = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = CourseCertificate.objects.select_related("course__organisation", "course__home_cluster")
    return rows.filter(public_id=public_id).first()


def number_of(certificate: CourseCertificate) -> str:
    return f"{certificate.code[:5]}-{certificate.code[5:]}"


def when_of(certificate: CourseCertificate) -> str:
    """From the first required part to the last."""
    parts = certificate.course.parts.filter(is_required=True).select_related("event")
    events = [part.event for part in parts]
    if not events:
        return date_format(timezone.localdate(certificate.given_at), "SHORT_DATE_FORMAT")
    return span(events[0].starts_at, max(event.ends_at for event in events))


def as_pdf(certificate: CourseCertificate) -> bytes:
    """A tagged PDF in the active language; names are data, whatever characters they hold."""
    course = certificate.course
    path = reverse("certificates:check", args=[certificate.code])
    titles = [part.event.title for part in course.parts.filter(is_required=True)
              .select_related("event")]  # fmt: skip
    told = {
        "lang": (get_language() or "fi")[:2], "title": _("Certificate of a course"),
        "issuer": str(course.home_cluster), "name": certificate.name,
        "organisation": certificate.organisation_name,
        "attended": _("has attended all parts of the course"), "event": course.title,
        "when": when_of(certificate), "where": " · ".join(titles),
        "organiser": _("Organiser: %(organiser)s")
        % {"organiser": course.named_owner or course.home_cluster},
        "check": _("Whoever gets this can check it with the code %(code)s at")
        % {"code": number_of(certificate)},
        "address": f"{settings.SITE_URL}{path}",
        "issued": _("Printed on %(day)s.")
        % {"day": date_format(timezone.localdate(), "SHORT_DATE_FORMAT")},
    }  # fmt: skip
    made: bytes = typst.compile(SHEET, sys_inputs=told, ignore_system_fonts=True)
    return made


def about_certificate(mail: OutboxMail) -> dict[str, Any]:
    certificate: Any = mail.about
    return {
        "course": certificate.course, "code": number_of(certificate),
        "certificate_url": link_of(certificate), "has_account": mail.recipient_id is not None,
    }  # fmt: skip


def about_course(mail: OutboxMail) -> dict[str, Any]:
    course: Any = mail.about
    stage = mail.values.get("stage", "")
    return {
        "course": course, "stage": Stage(stage).label if stage else "",
        "reason": mail.values.get("reason", ""), "organiser": course.named_owner or "",
        "is_shown": mail.recipient_id is not None or course.visibility == Visibility.PUBLIC,
    }  # fmt: skip


def about_output(mail: OutboxMail) -> dict[str, Any]:
    return {"output": mail.about}
