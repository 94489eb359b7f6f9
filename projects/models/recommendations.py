"""What a result recommends, what has come of each point, and the decisions that used it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from projects.models.results import MAX_RECOMMENDATIONS, Result
from projects.models.shared import stamp_of

if TYPE_CHECKING:
    from typing import Self

OF_WORK = pgettext_lazy("of work", "result")


class State(Stages):
    """How far a recommendation is."""

    WAITING = "waiting", "waiting", pgettext_lazy("recommendation", "Waiting")
    HANDLED = "handled", "running", pgettext_lazy("recommendation", "Being handled")
    USED = "used", "done", pgettext_lazy("recommendation", "Used")
    DROPPED = "dropped", "stopped", pgettext_lazy("recommendation", "Not taken up")


class UseStage(Stages):
    TOLD = "told", "waiting", _("Waits for confirmation")
    CONFIRMED = "confirmed", "done", pgettext_lazy("use of a result", "Confirmed")
    REFUSED = "refused", "stopped", pgettext_lazy("use of a result", "Not confirmed")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(result__in=Result.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(result__in=Result.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(result__in=Result.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Recommendation(models.Model):
    result = models.ForeignKey(
        Result, verbose_name=OF_WORK, on_delete=models.CASCADE, related_name="recommendations"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("recommendation"), max_length=120)
    detail = models.CharField(_("who does it, by when"), max_length=200, blank=True, default="")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    follow_up = models.CharField(_("what has happened"), max_length=500, blank=True, default="")
    followed_on = models.DateField(_("followed up"), null=True, blank=True, editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["position"]
        constraints = [
            one_of("state", State, name="projects_recommendation_state_known"),
            models.UniqueConstraint(
                fields=["result", "position"], name="projects_recommendation_position_once"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, MAX_RECOMMENDATIONS)),
                name="projects_recommendation_position_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.result.get_absolute_url()}#recommendations"

    def clean(self) -> None:
        refuse_marked(self.title, self.detail, self.follow_up)

    @property
    def stamp(self) -> str:
        """Of what has come of it."""
        return stamp_of(self.state, self.follow_up)


class ResultUseQuerySet(models.QuerySet["ResultUse"]):
    def visible_to(self, user: Reader) -> Self:
        """Confirmed ones with the result; others are read by both sides and the coordinators."""
        seen = self.filter(result__in=Result.objects.visible_to(user).values("pk"))
        known = audience(user)
        if known.user_id is None:
            return seen.confirmed()
        side = Q(result__in=Result.objects.editable_by(user).values("pk"))
        return seen.filter(Q(stage=UseStage.CONFIRMED) | side | Q(teller=known.user_id))

    def editable_by(self, user: Reader) -> Self:
        """By who confirms it; what was told is changed by nobody."""
        return self.filter(result__in=Result.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(result__in=Result.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def told(self) -> Self:
        return self.filter(stage=UseStage.TOLD)

    def confirmed(self) -> Self:
        return self.filter(stage=UseStage.CONFIRMED)


@audit.tracked()
class ResultUse(models.Model):
    """A decision in which a result was used: told by any member, confirmed by its editors.

    `form_key` comes with the form, so that sending it twice tells once.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    result = models.ForeignKey(
        Result, verbose_name=OF_WORK, on_delete=models.CASCADE, related_name="uses"
    )
    recommendation = models.ForeignKey(
        Recommendation, verbose_name=_("recommendation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="uses",
    )  # fmt: skip
    stage = models.CharField(
        _("state"), max_length=20, choices=UseStage, default=UseStage.TOLD, editable=False
    )
    decided_by = models.CharField(_("who decided"), max_length=160)
    decided_on = models.DateField(_("decided on"))
    link = models.URLField(
        _("link to the decision"), max_length=500, blank=True, default="",
        validators=[WEB],
    )  # fmt: skip
    note = models.CharField(_("how it was used"), max_length=300, blank=True, default="")
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="", editable=False)
    told_at = models.DateTimeField(_("told"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    objects = ResultUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a result in a decision")
        verbose_name_plural = _("uses of results in decisions")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            one_of("stage", UseStage, name="projects_resultuse_stage_known"),
            models.CheckConstraint(
                condition=Q(stage=UseStage.TOLD, answered_at=None)
                | ~Q(stage=UseStage.TOLD) & Q(answered_at__isnull=False),
                name="projects_resultuse_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.decided_by

    def get_absolute_url(self) -> str:
        return f"{self.result.get_absolute_url()}#uses"

    def clean(self) -> None:
        refuse_marked(self.decided_by, self.note)


def answers(use: ResultUse, user: Reader) -> bool:
    return ResultUse.objects.editable_by(user).contains(use)


USE_MOVES = Workflow(
    confirm_use=Move(
        frozenset({UseStage.TOLD}), UseStage.CONFIRMED, may=answers,
        label=pgettext_lazy("use of a result", "Confirm"), style="primary",
    ),
    refuse_use=Move(
        frozenset({UseStage.TOLD}), UseStage.REFUSED, may=answers,
        label=pgettext_lazy("use of a result", "Do not confirm"), needs_reason=True,
    ),
)  # fmt: skip


def used_in_decision() -> Case:
    """Of results, for a facet: yes or no."""
    used = ResultUse.objects.confirmed().filter(result=OuterRef("pk"))
    return Case(
        When(Exists(used), then=Value("yes")), default=Value("no"),
        output_field=models.CharField(),
    )  # fmt: skip
