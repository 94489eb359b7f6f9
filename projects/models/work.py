"""What a project does when: work packages and milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.workflow import Stages
from members.models import Organisation
from projects.models.parts import OfProject, ProjectPart

if TYPE_CHECKING:
    import datetime

WHOLE = 100


class WorkState(Stages):
    """Follows from the days and from how much is done; nobody chooses it."""

    PLANNED = "free", "waiting", pgettext_lazy("work package", "Not begun")
    RUNNING = "running", "running", pgettext_lazy("work package", "Running")
    LATE = "late", "late", pgettext_lazy("work package", "Late")
    DONE = "done", "done", pgettext_lazy("work package", "Done")


def work_state(starts_on: datetime.date, ends_on: datetime.date, done: int) -> WorkState:
    today = timezone.localdate()
    if done >= WHOLE:
        return WorkState.DONE
    if ends_on < today:
        return WorkState.LATE
    return WorkState.PLANNED if starts_on > today and not done else WorkState.RUNNING


class OfWork(ProjectPart):
    title_fi = models.CharField(_("title in Finnish"), max_length=120)
    title_sv = models.CharField(_("title in Swedish"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=120, blank=True, default="")

    title = InLanguage()
    objects = OfProject.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        refuse_marked(self.title_fi, self.title_sv, self.title_en)


@audit.tracked()
class WorkPackage(OfWork):
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="work_packages",
    )  # fmt: skip
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("responsible"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    done = models.PositiveSmallIntegerField(
        _("done, per cent"), default=0, validators=[MaxValueValidator(WHOLE)]
    )

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        ordering = ["number", "pk"]
        constraints = [
            in_order("starts_on", "ends_on", name="projects_workpackage_days_in_order"),
            models.CheckConstraint(
                condition=Q(done__lte=WHOLE), name="projects_workpackage_done_percent"
            ),
            models.UniqueConstraint(
                fields=["project", "number"], name="projects_workpackage_number_once",
                violation_error_message=_("The project has a work package with this number."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("projects:part", args=[self.project.slug, "packages", self.public_id])

    @property
    def state(self) -> WorkState:
        return work_state(self.starts_on, self.ends_on, self.done)


@audit.tracked()
class Milestone(OfWork):
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="milestones",
    )  # fmt: skip
    package = models.ForeignKey(
        WorkPackage, verbose_name=_("work package"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="milestones",
    )  # fmt: skip
    due_on = models.DateField(_("due on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.package and self.package.project_id != self.project_id:
            raise ValidationError({"package": _("It belongs to another project.")})

    def get_absolute_url(self) -> str:
        return reverse("projects:part", args=[self.project.slug, "milestones", self.public_id])
