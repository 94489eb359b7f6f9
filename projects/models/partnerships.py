"""Who takes part in a project, and the dated steps of its way."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from members.models import Organisation
from projects.models.parts import OfProject, ProjectPart
from projects.models.shared import stamp_of

if TYPE_CHECKING:
    import datetime
    from typing import Self

MAX_CENTS = 10**13


class Role(models.TextChoices):
    LEAD = "lead", _("Lead partner")
    CO_IMPLEMENTER = "co_implementer", _("Co-implementer")
    PARTNER = "partner", _("Partner")
    FUNDER = "funder", _("Funder")
    STEERING = "steering", _("Member of the steering group")
    END_USER = "end_user", _("End user or tester")
    SUBCONTRACTOR = "subcontractor", _("Subcontractor")


class Stage(models.TextChoices):
    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", pgettext_lazy("partner", "Declined")
    EXPIRED = "expired", pgettext_lazy("partner", "Not answered in time")


WAITING = frozenset({Stage.INVITED, Stage.INTERESTED})  # somebody has to answer
GONE = frozenset({Stage.DECLINED, Stage.EXPIRED})


class Precision(models.TextChoices):
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    DAY = "day", _("Day")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def accepted(self) -> Self:
        return self.filter(stage=Stage.ACCEPTED)

    def waiting(self) -> Self:
        return self.filter(stage__in=sorted(WAITING))

    def answerable_by(self, user: Reader) -> Self:
        """Invitations that the contacts of the invited organisation answer."""
        return self.filter(stage=Stage.INVITED, organisation__in=audience(user).edits)

    def overdue(self) -> Self:
        """Invitations whose last day has passed."""
        return self.filter(stage=Stage.INVITED, answer_by__lt=timezone.localdate())

    def visible_to(self, user: Reader) -> Self:
        """Who has accepted is told with the project; who was asked, to both sides only."""
        known = audience(user)
        told = self.filter(
            project__in=self._projects().visible_to(user),
            organisation__in=Organisation.objects.visible_to(user),
        )
        if known.user_id is None:
            return told.accepted()
        both = Q(organisation__in=known.organisations) | Q(
            project__in=self._projects().editable_by(user)
        )
        return told.filter(Q(stage=Stage.ACCEPTED) | both)

    def editable_by(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().editable_by(user))

    def _projects(self) -> Any:
        return self.model._meta.apps.get_model("projects", "Project").objects.all()


@audit.tracked()
class Partnership(models.Model):
    """An organisation's part in a project, from the invitation on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="partnerships",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="partnerships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTNER)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.INVITED)
    task_fi = models.CharField(_("task in Finnish"), max_length=120, blank=True, default="")
    task_sv = models.CharField(_("task in Swedish"), max_length=120, blank=True, default="")
    task_en = models.CharField(_("task in English"), max_length=120, blank=True, default="")
    cost_share_cents = models.PositiveBigIntegerField(
        _("cost share"), null=True, blank=True, validators=[MaxValueValidator(MAX_CENTS)]
    )

    wanted_role = models.ForeignKey(
        "projects.WantedRole", verbose_name=_("wanted role"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="partnerships",
    )  # fmt: skip
    note = models.TextField(_("what it brings"), max_length=1000, blank=True, default="")
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("offered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    objects = PartnershipQuerySet.as_manager()
    task = InLanguage()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["pk"]
        constraints = [
            one_of("role", Role, name="projects_partnership_role_known"),
            one_of("stage", Stage, name="projects_partnership_stage_known"),
            models.UniqueConstraint(
                fields=["project", "organisation", "role"], name="projects_partnership_once"
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role=Role.LEAD, stage=Stage.ACCEPTED),
                name="projects_partnership_one_lead",
            ),
            models.UniqueConstraint(
                fields=["wanted_role"],
                condition=Q(stage=Stage.ACCEPTED),
                name="projects_partnership_one_in_a_role",
            ),
            models.CheckConstraint(
                condition=Q(cost_share_cents__isnull=True) | Q(cost_share_cents__lte=MAX_CENTS),
                name="projects_partnership_share_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.part}"

    def get_absolute_url(self) -> str:
        return reverse("projects:partnership", args=[self.project.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.note, self.task_fi, self.task_sv, self.task_en)
        if self.wanted_role and self.wanted_role.project_id != self.project_id:
            raise ValidationError({"wanted_role": _("The role belongs to another project.")})

    @property
    def is_overdue(self) -> bool:
        invited = self.stage == Stage.INVITED and self.answer_by is not None
        return invited and self.answer_by < timezone.localdate()  # type: ignore[operator]

    @property
    def stamp(self) -> str:
        """Of the role and the task."""
        return stamp_of(self.role, self.task_fi, self.task_sv, self.task_en)

    @property
    def part(self) -> str:
        """What they do, in words: the role that the idea looked for, or the kind of partner."""
        return self.wanted_role.name if self.wanted_role else self.get_role_display()


def _speaks(partnership: Partnership, user: Reader) -> bool:
    return partnership.organisation_id in audience(user).edits


def _edits(partnership: Partnership, user: Reader) -> bool:
    return partnership.project.is_editable_by(user)


def _takes_in(partnership: Partnership, user: Reader) -> bool:
    """An editor, but not for an organisation of their own: the other side would not hear of it."""
    return _edits(partnership, user) and not _speaks(partnership, user)


MOVES = Workflow(
    accept=Move(
        frozenset({Stage.INVITED}), Stage.ACCEPTED, may=_speaks, label=_("We are in"),
        style="primary",
    ),
    decline=Move(frozenset({Stage.INVITED}), Stage.DECLINED, may=_speaks, label=_("Not this time")),
    welcome=Move(
        frozenset({Stage.INTERESTED}), Stage.ACCEPTED, may=_takes_in, label=_("Take them in"),
        style="primary",
    ),
    turn_down=Move(
        frozenset({Stage.INTERESTED}), Stage.DECLINED, may=_edits, label=_("Not this time")
    ),
)  # fmt: skip


@audit.tracked()
class ProjectStep(ProjectPart):
    """An entry of a project's timeline; its date is as precise as what is known."""

    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="steps",
    )  # fmt: skip
    on = models.DateField(_("day"))
    until = models.DateField(_("until"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=10, choices=Precision, default=Precision.DAY
    )
    text_fi = models.CharField(_("text in Finnish"), max_length=300)
    text_sv = models.CharField(_("text in Swedish"), max_length=300, blank=True, default="")
    text_en = models.CharField(_("text in English"), max_length=300, blank=True, default="")

    text = InLanguage()
    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["on", "pk"]
        constraints = [
            one_of("precision", Precision, name="projects_projectstep_precision_known"),
            in_order("on", "until", name="projects_projectstep_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.when} {self.text}"

    def get_absolute_url(self) -> str:
        return reverse("projects:part", args=[self.project.slug, "steps", self.public_id])

    def clean(self) -> None:
        refuse_marked(self.text_fi, self.text_sv, self.text_en)

    @property
    def when(self) -> str:
        """13.6.2023, tammikuu 2023, maaliskuu–huhtikuu 2023 or 2023."""
        if self.until is None or self._in_words(self.until) == self._in_words(self.on):
            return self._in_words(self.on)
        if self.precision == Precision.MONTH and self.on.year == self.until.year:
            return f"{date_format(self.on, 'F')}–{self._in_words(self.until)}"
        if self.precision == Precision.YEAR:
            return f"{self.on.year}–{self.until.year}"
        return f"{self._in_words(self.on)} – {self._in_words(self.until)}"

    def _in_words(self, day: datetime.date) -> str:
        pattern = {"year": "Y", "month": "F Y"}.get(self.precision, "DATE_FORMAT")
        return date_format(day, pattern)
