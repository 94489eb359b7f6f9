"""Events that repeat, and what an organisation begins its events from."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import Reader, audience
from members.models import Organisation

if TYPE_CHECKING:
    from typing import Self


class EventSeries(models.Model):
    """Each occurrence is an event of its own, with its own places and registrations."""

    title = models.CharField(_("title"), max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="events_eventseries_title_given")
        ]

    def __str__(self) -> str:
        return self.title


class EventTemplateQuerySet(models.QuerySet["EventTemplate"]):
    def visible_to(self, user: Reader) -> Self:
        """The organisation's own people."""
        known = audience(user)
        return self if known.is_admin else self.filter(organisation__in=known.organisations)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)


class EventTemplate(models.Model):
    """`values` are those of `events.services.copies.described`: texts, length, places, no days."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=100)
    values = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = EventTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of events")
        verbose_name_plural = _("templates of events")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="events_eventtemplate_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
