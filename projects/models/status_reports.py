"""Status reports: what was done in a period, what comes next, how the project stands."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text.classified import refuse_marked
from projects.models.projects import Project
from projects.models.workspace import PaperQuerySet, ReadBy

FIRST_AFTER = datetime.timedelta(days=182)  # from the start of the project


class Light(models.TextChoices):
    GREEN = "green", _("Goes to plan")
    YELLOW = "yellow", _("Needs attention")
    RED = "red", _("In trouble")

    @property
    def look(self) -> str:
        return {"green": "done", "yellow": "waiting", "red": "late"}[self.value]


@audit.tracked()
class StatusReport(models.Model):
    """`next_on` is the day by which the next one is written.

    `form_key` comes with the form, so that sending it twice makes one report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="status_reports",
    )  # fmt: skip
    starts_on = models.DateField(_("period begins"))
    ends_on = models.DateField(_("period ends"))
    light = models.CharField(_("state"), max_length=10, choices=Light, default=Light.GREEN)
    reason = models.CharField(_("reason of the state"), max_length=300, blank=True, default="")
    done = models.TextField(_("what was done"), max_length=3000)
    coming = models.TextField(_("what comes next"), max_length=2000)
    risks = models.TextField(_("risks"), max_length=2000, blank=True, default="")
    next_on = models.DateField(_("next report by"), null=True, blank=True)
    read_by = models.CharField(_("readers"), max_length=10, choices=ReadBy, default=ReadBy.PARTNERS)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            one_of("light", Light, name="projects_statusreport_light_known"),
            one_of("read_by", ReadBy, name="projects_statusreport_readers_known"),
            in_order("starts_on", "ends_on", name="projects_statusreport_days_in_order"),
            models.CheckConstraint(
                condition=Q(light=Light.GREEN) | ~Q(reason=""),
                name="projects_statusreport_trouble_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(done="") & ~Q(coming=""), name="projects_statusreport_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.starts_on)}–{date_format(self.ends_on)}"

    def get_absolute_url(self) -> str:
        return reverse("projects:status_report", args=[self.project.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.reason, self.done, self.coming, self.risks)

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()
