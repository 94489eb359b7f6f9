"""Ready reasons of a refusal: short labels for those who decide, sentences for the student."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

if TYPE_CHECKING:
    from members.models import User


class Reason(models.TextChoices):
    GIVEN = "given", gettext_lazy("The place is given to another")
    REQUIREMENTS = "requirements", gettext_lazy("The requirements are not met")
    OUTDATED = "outdated", gettext_lazy("The topic is no longer timely")
    NO_CAPACITY = "no_capacity", gettext_lazy("We have no time to guide the work")


def sentence(reason: Reason, student: User) -> str:
    """What the student reads, in her language."""
    with override(student.language):
        return {
            Reason.GIVEN: _(
                "The place was given to another applicant. Thank you for your interest."
            ),
            Reason.REQUIREMENTS: _(
                "The topic needs studies or skills that your application did not show. "
                "Thank you for your interest."
            ),
            Reason.OUTDATED: _(
                "The topic is no longer timely for us, so we chose nobody for it. "
                "Thank you for your interest."
            ),
            Reason.NO_CAPACITY: _(
                "We do not have the time to guide the work now. Thank you for your interest."
            ),
        }[reason]
