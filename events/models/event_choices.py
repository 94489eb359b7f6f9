"""What an event can be: its kind, stage, ways of taking part, who may register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    GATHERING = "gathering", _("Gathering")
    SEMINAR = "seminar", _("Seminar")
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    WEBINAR = "webinar", _("Webinar")
    FORUM = "forum", _("Partnership forum")
    STEERING = "steering_group", _("Steering group")


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("In review")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNPUBLISHED = frozenset({Stage.DRAFT, Stage.PROPOSED, Stage.WITHDRAWN})


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    REMOTE = "remote", _("Remotely")


class Admission(models.TextChoices):
    OPEN = "open", _("Everyone who sees the event")
    APPROVAL = "approval", _("The organiser accepts each registration")
    INVITED = "invited", _("Only people of invited organisations")


class Queue(models.TextChoices):
    """What a place that became free means to the next who waits for it."""

    AT_ONCE = "at_once", _("The place is the next one’s at once")
    OFFER = "offer", _("The place is offered to the next one for a time")


OFFER_HOURS = [
    (12, _("12 hours")), (24, _("24 hours")), (48, _("2 days")), (72, _("3 days")),
]  # fmt: skip
