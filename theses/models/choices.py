"""The enumerations that topics, profiles and theses share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.workflow import Stages


class Level(models.TextChoices):
    BACHELOR_UAS = "bachelor_uas", _("UAS bachelor's thesis")
    MASTER_UAS = "master_uas", _("UAS master's thesis")
    BACHELOR = "bachelor", _("Bachelor's thesis")
    MASTER = "master", _("Master's thesis")
    MASTER_TECH = "master_tech", _("Master's thesis (technology)")
    DOCTORAL = "doctoral", _("Doctoral dissertation")


class Language(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


class Pay(models.TextChoices):
    """Whether the work is paid; never how much, which the parties agree on themselves."""

    NO = "no", _("Not paid")
    YES = "yes", _("Paid")
    AGREED = "agreed", _("To be agreed")


class Origin(models.TextChoices):
    """Who came first: any of the three parties can put a topic up."""

    ORGANISATION = "organisation", _("Offered by an organisation")
    SUPERVISOR = "supervisor", _("Proposed by a supervisor")
    STUDENT = "student", _("A student’s own idea")


class Contract(models.TextChoices):
    """Whether a commission agreement is made (DOMAIN 2.10: always when there is a commissioner)."""

    MADE = "made", _("An agreement is made with the student and the school")
    OPEN = "open", _("Agreed on when the student is known")
    NOT_NEEDED = "not_needed", _("No agreement is needed")


class Permits(models.TextChoices):
    UNKNOWN = "unknown", _("Not known yet")
    NOT_NEEDED = "not_needed", _("No permits are needed")
    COMMISSIONER = "commissioner", _("The commissioner sees to the permits")
    STUDENT = "student", _("The student applies for a research permit")


class Stage(Stages):
    """The states of a topic."""

    DRAFT = "draft", "", _("Draft")
    IN_REVIEW = "in_review", "waiting", _("In review")
    OPEN = "open", "open", pgettext_lazy("state of a topic", "Open")
    RESERVED = "reserved", "waiting", _("Reserved")
    AGREED = "agreed", "running", _("Agreed")
    IN_PROGRESS = "in_progress", "running", _("In progress")
    FINISHED = "finished", "done", _("Finished")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")
    EXPIRED = "expired", "late", _("Expired")


UNPUBLISHED = frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.WITHDRAWN})
SHOWN = frozenset(Stage) - UNPUBLISHED
TAKEN = frozenset({Stage.RESERVED, Stage.AGREED, Stage.IN_PROGRESS, Stage.FINISHED})
