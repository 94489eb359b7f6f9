"""Supervisors asked for a thesis, in ranked order, one at a time."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Audience, Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from theses.models.profiles import SupervisorProfile
from theses.models.works import Thesis, acts, is_party

if TYPE_CHECKING:
    from typing import Self

    from theses.models.applications import Application


class Stage(Stages):
    QUEUED = "queued", "", _("Asked in turn")
    ASKED = "asked", "waiting", _("Waiting for an answer")
    WAITING = "waiting", "waiting", _("Waiting for room")
    ACCEPTED = "accepted", "done", _("Accepted")
    DECLINED = "declined", "stopped", pgettext_lazy("supervisor", "Declined")
    EXPIRED = "expired", "late", _("No answer in time")
    WITHDRAWN = "withdrawn", "stopped", _("No longer needed")


LIVE = [Stage.QUEUED, Stage.ASKED, Stage.WAITING, Stage.ACCEPTED]
SHOWN = [Stage.ASKED, Stage.WAITING, Stage.ACCEPTED]
ANSWER_DAYS, FEWEST_DAYS, MOST_DAYS = 10, 3, 60


class SupervisionRequestQuerySet(models.QuerySet["SupervisionRequest"]):
    def shown_to(self, known: Audience) -> Self:
        """What a supervisor has been asked and not turned down; not what is still in the queue."""
        acting = Exists(SupervisorProfile.objects.acting(known))
        return self.filter(acting, supervisor=known.user_id, stage__in=SHOWN)

    def visible_to(self, user: Reader) -> Self:
        """The supervisor once asked, and the parties of the thesis."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        parties = Thesis.objects.editable_by(user).values("pk")
        acting = Exists(SupervisorProfile.objects.acting(known))
        asked = Q(acting, supervisor=known.user_id) & ~Q(stage=Stage.QUEUED)
        return self.filter(asked | Q(thesis__in=parties))

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        clusters = known.coordinates
        return self.filter(thesis__application__topic__home_cluster__in=clusters)

    def overdue(self, day: object) -> Self:
        return self.filter(stage=Stage.ASKED, answer_by__lt=day)


@audit.tracked()
class SupervisionRequest(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thesis = models.ForeignKey(
        Thesis, verbose_name=_("thesis"), on_delete=models.CASCADE, related_name="requests"
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("supervisor"),
        on_delete=models.CASCADE,
        related_name="supervision_requests",
    )
    rank = models.PositiveSmallIntegerField(_("order of asking"))
    days = models.PositiveSmallIntegerField(_("days to answer"), default=ANSWER_DAYS)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.QUEUED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.TextField(_("message"), max_length=2000, blank=True, default="")
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")

    objects = SupervisionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to supervise")
        verbose_name_plural = _("requests to supervise")
        ordering = ["thesis", "rank"]
        constraints = [
            one_of("stage", Stage, name="theses_request_stage_known"),
            models.UniqueConstraint(fields=["thesis", "rank"], name="theses_request_rank_once"),
            models.UniqueConstraint(
                fields=["thesis", "supervisor"],
                condition=Q(stage__in=LIVE),
                name="theses_request_supervisor_once",
            ),
            models.UniqueConstraint(
                fields=["thesis"],
                condition=Q(stage=Stage.ASKED),
                name="theses_request_one_asked_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["thesis"],
                condition=Q(stage=Stage.ACCEPTED),
                name="theses_request_one_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ASKED)
                | Q(asked_at__isnull=False, answer_by__isnull=False),
                name="theses_request_asked_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DECLINED) | ~Q(reason=""),
                name="theses_request_refusal_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(days__range=(FEWEST_DAYS, MOST_DAYS)),
                name="theses_request_days_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} – {self.thesis}"

    def get_absolute_url(self) -> str:
        return reverse("theses:supervision", args=[self.public_id])

    @property
    def mail_thread(self) -> Application:
        return self.thesis.application


def _is_asked(request: SupervisionRequest, user: Reader) -> bool:
    return user.is_authenticated and request.supervisor_id == user.pk and acts(user)


def _seeks(request: SupervisionRequest, user: Reader) -> bool:
    return is_party(request.thesis, user)


MOVES = Workflow(
    accept=Move(
        frozenset({Stage.ASKED, Stage.WAITING}),
        Stage.ACCEPTED,
        may=_is_asked,
        label=_("I will supervise"),
        style="primary",
    ),
    wait=Move(
        frozenset({Stage.ASKED}),
        Stage.WAITING,
        may=_is_asked,
        label=_("When I have room"),
    ),
    decline=Move(
        frozenset({Stage.ASKED, Stage.WAITING}),
        Stage.DECLINED,
        may=_is_asked,
        label=pgettext_lazy("supervisor", "Decline"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.QUEUED, Stage.ASKED, Stage.WAITING}),
        Stage.WITHDRAWN,
        may=_seeks,
        label=_("Take the request back"),
    ),
)
