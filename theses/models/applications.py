"""A student's application to a topic, and its answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, dataversion
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from theses.models.parts import Place
from theses.models.topics import Topic, is_offered_by

if TYPE_CHECKING:
    from typing import Self


class Stage(models.TextChoices):
    SUBMITTED = "submitted", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn by the applicant")
    COMPLETED = "completed", _("Thesis finished")


HOLDS_A_PLACE = [Stage.ACCEPTED, Stage.COMPLETED]


class ApplicationQuerySet(models.QuerySet["Application"]):
    def pending(self) -> Self:
        return self.filter(stage=Stage.SUBMITTED)

    def visible_to(self, user: Reader) -> Self:
        """The student herself and those who decide; never another applicant or a colleague."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        decided = Topic.objects.editable_by(user).values("pk")
        return self.filter(Q(student=known.user_id) | Q(topic__in=decided))

    def editable_by(self, user: Reader) -> Self:
        """Those who decide."""
        if audience(user).user_id is None:
            return self.none()
        return self.filter(topic__in=Topic.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(topic__home_cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@dataversion.bumps("topics")
@audit.tracked()
class Application(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.ForeignKey(
        Topic, verbose_name=_("thesis topic"), on_delete=models.PROTECT, related_name="applications"
    )
    # The migration adds a key over (place, topic): a place of another topic cannot be given.
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("student"),
        on_delete=models.CASCADE,
        related_name="thesis_applications",
    )
    motivation = models.TextField(_("why the topic interests you"), max_length=4000)
    school = models.CharField(_("educational institution and degree"), max_length=200)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.SUBMITTED)
    topic_version = models.PositiveIntegerField(_("version of the topic"), default=1)
    submitted_at = models.DateTimeField(_("sent"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("thesis application")
        verbose_name_plural = _("thesis applications")
        ordering = ["submitted_at", "pk"]
        indexes = [models.Index(fields=["topic", "stage"], name="theses_application_queue")]
        constraints = [
            one_of("stage", Stage, name="theses_application_stage_known"),
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(stage__in=HOLDS_A_PLACE),
                name="theses_application_one_per_place",
            ),
            models.UniqueConstraint(
                fields=["student"],
                condition=Q(stage=Stage.ACCEPTED),
                name="theses_application_one_thesis_per_student",
            ),
            models.UniqueConstraint(
                fields=["student", "topic"],
                condition=Q(stage__in=[Stage.SUBMITTED, Stage.ACCEPTED]),
                name="theses_application_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=HOLDS_A_PLACE, place__isnull=False)
                | (~Q(stage__in=HOLDS_A_PLACE) & Q(place__isnull=True)),
                name="theses_application_place_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.SUBMITTED, Stage.WITHDRAWN])
                | Q(decided_at__isnull=False),
                name="theses_application_decided_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DECLINED) | ~Q(reason=""),
                name="theses_application_refusal_reasoned",
            ),
            models.CheckConstraint(
                condition=~Q(motivation=""), name="theses_application_motivation_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} – {self.topic}"

    def get_absolute_url(self) -> str:
        return reverse("theses:application", args=[self.public_id])

    @property
    def holds_a_place(self) -> bool:
        return self.stage in HOLDS_A_PLACE

    @property
    def is_over(self) -> bool:
        """Whether its student may apply to the topic anew."""
        return self.stage in {Stage.DECLINED, Stage.WITHDRAWN}


def _is_student(application: Application, user: Reader) -> bool:
    return user.is_authenticated and application.student_id == user.pk


def _decides(application: Application, user: Reader) -> bool:
    """Nobody decides on her own application."""
    return not _is_student(application, user) and is_offered_by(application.topic, user)


MOVES = Workflow(
    accept=Move(
        frozenset({Stage.SUBMITTED}),
        Stage.ACCEPTED,
        may=_decides,
        label=_("Accept"),
        style="primary",
    ),
    decline=Move(
        frozenset({Stage.SUBMITTED}),
        Stage.DECLINED,
        may=_decides,
        label=_("Decline"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.SUBMITTED, Stage.ACCEPTED}),
        Stage.WITHDRAWN,
        may=_is_student,
        label=_("Withdraw my application"),
        style="danger",
    ),
)
