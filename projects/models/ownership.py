"""Who owns, implements, supports or follows a strategic goal: asked, then accepted or declined."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import Organisation
from projects.models.goals import Goal
from projects.models.programmes import Programme

if TYPE_CHECKING:
    import datetime
    from typing import Self


class Part(models.TextChoices):
    """What an organisation is to a goal."""

    OWNER = "owner", pgettext_lazy("part in a goal", "owner")
    IMPLEMENTER = "implementer", pgettext_lazy("part in a goal", "implementer")
    SUPPORTER = "supporter", pgettext_lazy("part in a goal", "supporter")
    INFORMED = "informed", pgettext_lazy("part in a goal", "informed")


class Stage(Stages):
    ASKED = "asked", "waiting", pgettext_lazy("part in a goal", "Waits for an answer")
    ACCEPTED = "accepted", "done", pgettext_lazy("part in a goal", "Accepted")
    DECLINED = "declined", "stopped", pgettext_lazy("part in a goal", "Declined")


class GoalPartQuerySet(models.QuerySet["GoalPart"]):
    def visible_to(self, user: Reader) -> Self:
        """With the programme; the organisation that is asked sees its own in a draft, too."""
        known = audience(user)
        programmes = Programme.objects.visible_to(user).values("pk")
        own = Q(organisation__in=known.organisations)
        return self.filter(Q(goal__programme__in=programmes) | own)

    def editable_by(self, user: Reader) -> Self:
        """Who answers: the organisation's contacts; the coordinators ask."""
        known = audience(user)
        own = Q(organisation__in=known.edits)
        managed = Programme.objects.managed_by(user).values("pk")
        return self.filter(own | Q(goal__programme__in=managed))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(goal__in=Goal.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(goal__in=Goal.objects.managed_by(user))


@audit.tracked(exclude=("person",))
class GoalPart(models.Model):
    """A cell of the goals × organisations table, and the commitment with its date and person."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(
        Goal, verbose_name=_("strategic goal"), on_delete=models.CASCADE, related_name="parts"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    part = models.CharField(_("part"), max_length=20, choices=Part)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.ASKED, editable=False
    )
    note = models.CharField(_("what is asked"), max_length=300, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=600, blank=True, default="", editable=False)
    person = models.CharField(
        _("committed by"), max_length=120, blank=True, default="", editable=False
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = GoalPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part in a goal")
        verbose_name_plural = _("parts in goals")
        ordering = ["goal__number", "organisation"]
        constraints = [
            one_of("part", Part, name="projects_goalpart_part_known"),
            one_of("stage", Stage, name="projects_goalpart_stage_known"),
            models.UniqueConstraint(
                fields=["goal", "organisation"], name="projects_goalpart_one_each",
                violation_error_message=_("The organisation has a part in this goal already."),
            ),
            models.UniqueConstraint(
                fields=["goal"], condition=Q(part=Part.OWNER, stage=Stage.ACCEPTED),
                name="projects_goalpart_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.ASKED) | Q(answered_on__isnull=False),
                name="projects_goalpart_answer_has_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.goal} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("projects:goal_part", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.note, self.reason)

    @property
    def moved_at(self) -> datetime.datetime:
        """When it was last asked or answered."""
        return max(self.asked_at, self.answered_at or self.asked_at)


def _answers(part: GoalPart, user: Reader) -> bool:
    """The organisation itself; nobody accepts for another one."""
    return part.organisation_id in audience(user).edits


MOVES = Workflow(
    accept=Move(
        frozenset({Stage.ASKED, Stage.DECLINED}), Stage.ACCEPTED, may=_answers,
        label=pgettext_lazy("part in a goal", "Accept"), style="primary",
    ),
    decline=Move(
        frozenset({Stage.ASKED, Stage.ACCEPTED}), Stage.DECLINED, may=_answers,
        label=pgettext_lazy("part in a goal", "Decline"), needs_reason=True,
    ),
)  # fmt: skip
