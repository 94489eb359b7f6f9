"""Changes of a running project that its funder decides: what changes, why, asked, decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.workflow import Move, Stages, Workflow
from projects.models.parts import InsideProject, ProjectPart

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


class Stage(Stages):
    ASKED = "asked", "waiting", pgettext_lazy("amendment", "Asked for")
    GRANTED = "granted", "done", pgettext_lazy("amendment", "Approved")
    REJECTED = "rejected", "stopped", pgettext_lazy("amendment", "Not approved")
    WITHDRAWN = "withdrawn", "stopped", pgettext_lazy("amendment", "Withdrawn")


@audit.tracked()
class Amendment(ProjectPart):
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="amendments",
    )  # fmt: skip
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.ASKED, editable=False
    )
    what = models.CharField(_("what changes"), max_length=200)
    why = models.TextField(_("why"), max_length=2000)
    asked_on = models.DateField(_("asked on"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = InsideProject.as_manager()

    class Meta:
        verbose_name = _("amendment of a project")
        verbose_name_plural = _("amendments of projects")
        ordering = ["asked_on", "pk"]
        constraints = [
            one_of("stage", Stage, name="projects_amendment_stage_known"),
            in_order("asked_on", "decided_on", name="projects_amendment_days_in_order"),
            models.CheckConstraint(
                condition=Q(stage=Stage.ASKED, decided_on=None)
                | ~Q(stage=Stage.ASKED) & Q(decided_on__isnull=False),
                name="projects_amendment_decided_has_day",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(stage=Stage.ASKED),
                name="projects_amendment_one_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return f"{reverse('projects:project', args=[self.project.slug])}#amendments"

    def clean(self) -> None:
        refuse_marked(self.what, self.why)


def _edits(amendment: Amendment, user: Reader) -> bool:
    return amendment.project.is_editable_by(user)


def _decision(target: Stage, label: object, style: str = "secondary") -> Move:
    return Move(
        frozenset({Stage.ASKED}), target, may=_edits, label=label,  # type: ignore[arg-type]
        style=style,
    )  # fmt: skip


MOVES = Workflow(
    grant=_decision(Stage.GRANTED, _("The amendment was approved"), "primary"),
    reject=_decision(Stage.REJECTED, _("The amendment was not approved")),
    withdraw=_decision(Stage.WITHDRAWN, _("Withdraw the amendment"), "danger"),
)
