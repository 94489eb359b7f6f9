"""What one must have passed before one takes a course, by whatever way one registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from events.models import Course, CourseCertificate

if TYPE_CHECKING:
    from django.db.models import Q

    from events.models import Event


def refuse_outside_course(event: Event, person: Q) -> None:
    """A part of a course is for those who have the certificate of the course before it."""
    rows = Course.objects.filter(parts__event=event, requires__isnull=False)
    for course in rows.select_related("requires"):
        refuse_without_certificate(course, person)


def refuse_without_certificate(course: Course, person: Q) -> None:
    if course.requires is None:
        return
    held = CourseCertificate.objects.filter(course=course.requires)
    if not held.filter(person).exists():
        raise Refused(
            _("This course is for those who have the certificate of “%(title)s”. Ask the trainer "
              "if you have learnt the same elsewhere.") % {"title": course.requires.title}
        )  # fmt: skip
