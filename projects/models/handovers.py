"""What a project leaves behind at its end: the operating model, and who takes over what."""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.workflow import Stages
from members.models import Organisation
from projects.models.parts import OfProject
from projects.models.projects import Project
from projects.models.shared import stamp_of


class TransferState(Stages):
    OPEN = "open", "waiting", _("No new owner yet")
    AGREED = "agreed", "running", pgettext_lazy("transfer", "Agreed")
    DONE = "done", "done", pgettext_lazy("transfer", "Handed over")
    DROPPED = "dropped", "stopped", pgettext_lazy("transfer", "Ends with the project")


@audit.tracked()
class ProjectLegacy(models.Model):
    """How the work goes on without the project: DOMAIN row 53."""

    project = models.OneToOneField(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="legacy"
    )
    operating_model = models.TextField(
        _("operating model"), max_length=4000, blank=True, default="",
        help_text=_("Who does what after the project, with what money, and who coordinates it."),
    )  # fmt: skip
    summary = models.TextField(
        _("what was achieved"), max_length=2000, blank=True, default="",
        help_text=_("In a few sentences, for someone who did not take part."),
    )  # fmt: skip
    learnings = models.TextField(
        _("what was learned"), max_length=4000, blank=True, default="",
        help_text=_("What went well, what did not, and what the next project should do otherwise."),
    )  # fmt: skip
    no_result_reason = models.TextField(
        _("why there is no result"), max_length=1000, blank=True, default="",
        help_text=_("Only where the project ends without a published result."),
    )  # fmt: skip
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("operating model after a project")
        verbose_name_plural = _("operating models after projects")

    def __str__(self) -> str:
        return str(self.project)

    def get_absolute_url(self) -> str:
        return reverse("projects:package", args=[self.project.slug])

    def clean(self) -> None:
        refuse_marked(self.operating_model, self.summary, self.learnings, self.no_result_reason)

    @property
    def stamp(self) -> str:
        return self.updated_at.isoformat()


@audit.tracked()
class TransferItem(models.Model):
    """Something that has to live on: what, to whom, when, with what money."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="transfers"
    )
    what = models.CharField(_("what is handed over"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("new owner"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    other_owner = models.CharField(
        _("new owner outside the portal"), max_length=160, blank=True, default=""
    )
    on = models.DateField(_("handed over on"), null=True, blank=True)
    funding = models.CharField(_("with what money"), max_length=160, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=20, choices=TransferState, default=TransferState.OPEN
    )

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("thing to hand over")
        verbose_name_plural = _("things to hand over")
        ordering = ["pk"]
        constraints = [
            one_of("state", TransferState, name="projects_transferitem_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "dropped"])
                | models.Q(organisation__isnull=False)
                | ~models.Q(other_owner=""),
                name="projects_transferitem_has_owner",
                violation_error_message=_("Name who takes it over."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("projects:package", args=[self.project.slug])

    def clean(self) -> None:
        refuse_marked(self.what, self.other_owner, self.funding)

    @property
    def stamp(self) -> str:
        """Tells whether somebody else has changed a value."""
        return stamp_of(
            self.what, self.organisation_id, self.other_owner, self.on, self.funding, self.state
        )
