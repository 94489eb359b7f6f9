"""Messages that somebody writes to an organisation, a person or an organiser through a page."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.constraints import one_of


class Stage(models.TextChoices):
    REQUESTED = "requested", _("Waits for the sender’s confirmation")
    SENT = "sent", _("Sent")


class ContactMessage(models.Model):
    """A guest's message (`sender` empty) is sent once the guest has confirmed the address.

    `mailbox` and `network` are what the limits count; neither is written to. Rows are short-lived.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.BigIntegerField()
    target: Any = GenericForeignKey("target_type", "target_id")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    mailbox = models.CharField(max_length=254)
    network = models.CharField(max_length=50, blank=True, default="")
    message = models.TextField(_("message"))
    stage = models.CharField(_("state"), max_length=10, choices=Stage, default=Stage.REQUESTED)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("message through a page")
        verbose_name_plural = _("messages through pages")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at"], name="members_contact_by_time")]
        constraints = [
            one_of("stage", Stage, name="members_contactmessage_stage_known"),
            models.CheckConstraint(
                condition=Q(sender__isnull=True) | Q(stage=Stage.SENT),
                name="members_contactmessage_only_guests_confirm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.created_at:%Y-%m-%d}"
