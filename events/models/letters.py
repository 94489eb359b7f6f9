"""What an organiser writes to the participants of an event."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from events.models.events import Event, Mode
from events.models.registrations import Stage

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class ParticipantLetterQuerySet(models.QuerySet["ParticipantLetter"]):
    def visible_to(self, user: Reader) -> Self:
        """Letters of an event stay with those who organise it."""
        return self.filter(event__in=Event.objects.editable_by(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)


@audit.tracked(exclude=("subject", "text"))
class ParticipantLetter(models.Model):
    """`stage` and `mode` narrow whom it went to; empty means all who come or wait.

    `form_key` comes with the form, so that sending it twice makes one letter.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="letters")
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, blank=True, default="")
    mode = models.CharField(
        _("way of taking part"), max_length=10, choices=Mode, blank=True, default=""
    )
    receivers = models.PositiveIntegerField(_("receivers"), default=0)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sender"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    objects = ParticipantLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to participants")
        verbose_name_plural = _("letters to participants")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text=""), name="events_participantletter_says_it"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["", *Stage.values], mode__in=["", *Mode.values]),
                name="events_participantletter_readers_known",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
