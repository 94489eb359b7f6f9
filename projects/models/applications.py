"""Applications of a project for funding: several, to several funders."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.workflow import Move, Stages, Workflow
from projects.models.calls import FundingCall
from projects.models.partnerships import MAX_CENTS
from projects.models.parts import InsideProject
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    SUBMITTED = "submitted", "open", _("Submitted")
    COMPLETION = "completion", "waiting", _("Completion asked")
    GRANTED = "granted", "done", _("Granted")
    REJECTED = "rejected", "stopped", _("Not granted")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")


SENT = frozenset({Stage.SUBMITTED, Stage.COMPLETION, Stage.GRANTED, Stage.REJECTED})
DECIDED = frozenset({Stage.GRANTED, Stage.REJECTED})


@audit.tracked()
class Application(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="applications"
    )
    call = models.ForeignKey(
        FundingCall, verbose_name=_("funding call"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="applications",
    )  # fmt: skip
    funder = models.CharField(_("funder"), max_length=200, blank=True, default="")
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=600, blank=True, default="")
    plan = models.TextField(_("what is done"), max_length=4000, blank=True, default="")
    aim = models.TextField(_("aim"), max_length=2000, blank=True, default="")
    amount_cents = models.PositiveBigIntegerField(
        _("sum"), null=True, blank=True, validators=[MaxValueValidator(MAX_CENTS)]
    )
    granted_cents = models.PositiveBigIntegerField(
        _("sum granted"), null=True, blank=True, validators=[MaxValueValidator(MAX_CENTS)]
    )
    duration_months = models.PositiveSmallIntegerField(
        _("duration in months"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = InsideProject.as_manager()

    class Meta:
        verbose_name = _("application for funding")
        verbose_name_plural = _("applications for funding")
        ordering = ["created_at", "pk"]
        constraints = [
            one_of("stage", Stage, name="projects_application_stage_known"),
            models.CheckConstraint(
                condition=Q(amount_cents=None) | Q(amount_cents__lte=MAX_CENTS),
                name="projects_application_amount_sane",
            ),
            models.CheckConstraint(
                condition=Q(granted_cents=None)
                | Q(stage=Stage.GRANTED, granted_cents__lte=MAX_CENTS),
                name="projects_application_granted_sane",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(SENT)) | Q(submitted_on__isnull=False),
                name="projects_application_sent_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(DECIDED)) | Q(decided_on__isnull=False),
                name="projects_application_decided_has_day",
            ),
            in_order("submitted_on", "decided_on", name="projects_application_days_in_order"),
            models.UniqueConstraint(
                fields=["project", "call"], condition=~Q(stage=Stage.WITHDRAWN),
                name="projects_application_one_to_a_call",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:application", args=[self.project.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.title, self.summary, self.plan, self.aim, self.funder)

    @property
    def is_changeable(self) -> bool:
        return self.stage in {Stage.DRAFT, Stage.COMPLETION}

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()


class CompletionQuerySet(models.QuerySet["CompletionRequest"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(application__in=Application.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(application__in=Application.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(application__in=Application.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def waiting(self) -> Self:
        """Those that nobody has answered while the funder still waits for it."""
        return self.filter(answered_on=None, application__stage=Stage.COMPLETION)


@audit.tracked()
class CompletionRequest(models.Model):
    """What a funder asks to be corrected or added, and by when (DOMAIN row 34a)."""

    application = models.ForeignKey(
        Application, verbose_name=_("application for funding"), on_delete=models.CASCADE,
        related_name="completions",
    )  # fmt: skip
    what = models.TextField(_("what is asked"), max_length=2000)
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer by"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for completion")
        verbose_name_plural = _("requests for completion")
        ordering = ["asked_on", "pk"]
        constraints = [
            in_order("asked_on", "due_on", name="projects_completionrequest_days_in_order"),
            in_order("asked_on", "answered_on", name="projects_completionrequest_answered_after"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_on=None),
                name="projects_completionrequest_one_open",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application}: {self.what[:60]}"

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()

    def clean(self) -> None:
        refuse_marked(self.what)


def _edits(application: Application, user: Reader) -> bool:
    return Application.objects.editable_by(user).filter(pk=application.pk).exists()


def _move(*sources: Stage, target: Stage, label: object, style: str = "secondary") -> Move:
    return Move(
        frozenset(sources), target, may=_edits, label=label,  # type: ignore[arg-type]
        style=style,
    )  # fmt: skip


MOVES = Workflow(
    submit=_move(
        Stage.DRAFT, target=Stage.SUBMITTED, label=_("Mark as submitted"), style="primary"
    ),
    ask_completion=_move(
        Stage.SUBMITTED, target=Stage.COMPLETION, label=_("Completion was asked")
    ),
    complete=_move(
        Stage.COMPLETION, target=Stage.SUBMITTED, label=_("Mark as completed"), style="primary"
    ),
    grant=_move(Stage.SUBMITTED, target=Stage.GRANTED, label=_("Mark as granted"), style="primary"),
    reject=_move(Stage.SUBMITTED, target=Stage.REJECTED, label=_("Mark as not granted")),
    withdraw=_move(
        Stage.DRAFT, Stage.SUBMITTED, Stage.COMPLETION, target=Stage.WITHDRAWN,
        label=_("Withdraw the application"), style="danger",
    ),
)  # fmt: skip
