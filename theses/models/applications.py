"""A student's application to a topic, and its answer."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from theses.models.parts import Place
from theses.models.topic_workflow import is_offered_by
from theses.models.topics import Topic

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    SUBMITTED = "submitted", "waiting", _("Waiting for an answer")
    INTERVIEW = "interview", "running", _("Invited to an interview")
    ACCEPTED = "accepted", "done", _("Accepted")
    DECLINED = "declined", "stopped", _("Declined")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn by the applicant")
    COMPLETED = "completed", "done", _("Thesis finished")
    ENDED = "ended", "stopped", _("Thesis ended unfinished")


PENDING = [Stage.SUBMITTED, Stage.INTERVIEW]
HOLDS_A_PLACE = [Stage.ACCEPTED, Stage.COMPLETED]
ANSWER_WITHIN = datetime.timedelta(days=30)


def answer_day() -> datetime.date:
    """By when an application sent today is answered."""
    return timezone.localdate() + ANSWER_WITHIN


class ApplicationQuerySet(models.QuerySet["Application"]):
    def pending(self) -> Self:
        """Those that wait for an answer, interviewed or not."""
        return self.filter(stage__in=PENDING)

    def visible_to(self, user: Reader) -> Self:
        """The student and those who decide; never another applicant or a colleague."""
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

    def mine(self, user: Reader) -> Self:
        """The student's own, and those that wait on the reader's own side."""
        offered = Q(stage__in=PENDING, topic__in=Topic.objects.mine(user).values("pk"))
        return self.filter(Q(student=user.pk) | offered)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(topic__home_cluster__in=known.coordinates)


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
    meeting = models.TextField(
        _("where and how the interview is held"), max_length=500, blank=True, default=""
    )
    other_times = models.TextField(
        _("wish for other times"), max_length=500, blank=True, default=""
    )
    proposed_at = models.DateTimeField(_("times proposed"), null=True, blank=True, editable=False)
    answer_by = models.DateField(_("answered by"), null=True, blank=True, default=answer_day)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    warned_at = models.DateTimeField(_("warned of closing"), null=True, blank=True, editable=False)
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
                condition=Q(stage__in=[*PENDING, Stage.ACCEPTED]),
                name="theses_application_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=HOLDS_A_PLACE, place__isnull=False)
                | (~Q(stage__in=HOLDS_A_PLACE) & Q(place__isnull=True)),
                name="theses_application_place_when_accepted",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[*PENDING, Stage.WITHDRAWN]) | Q(decided_at__isnull=False),
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
        return self.stage in {Stage.DECLINED, Stage.WITHDRAWN, Stage.ENDED}

    @property
    def is_pending(self) -> bool:
        return self.stage in PENDING


def is_applicant(application: Application, user: Reader) -> bool:
    return user.is_authenticated and application.student_id == user.pk


def decides(application: Application, user: Reader) -> bool:
    """Nobody decides on an own application."""
    return not is_applicant(application, user) and is_offered_by(application.topic, user)


MOVES = Workflow(
    invite=Move(
        frozenset(PENDING),
        Stage.INTERVIEW,
        may=decides,
        label=_("Propose times for an interview"),
    ),
    accept=Move(
        frozenset(PENDING),
        Stage.ACCEPTED,
        may=decides,
        label=_("Accept"),
        style="primary",
    ),
    decline=Move(
        frozenset(PENDING),
        Stage.DECLINED,
        may=decides,
        label=_("Decline"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset([*PENDING, Stage.ACCEPTED]),
        Stage.WITHDRAWN,
        may=is_applicant,
        label=_("Withdraw my application"),
        style="danger",
    ),
)


@audit.tracked()
class InterviewTime(models.Model):
    """A time that the commissioner proposes; the student takes one of them."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("application"),
        on_delete=models.CASCADE,
        related_name="interview_times",
    )
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    is_chosen = models.BooleanField(_("chosen"), default=False)

    class Meta:
        verbose_name = _("interview time")
        verbose_name_plural = _("interview times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "starts_at"], name="theses_interview_time_once"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_chosen=True),
                name="theses_interview_one_chosen",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(10, 240)), name="theses_interview_length_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class ApplicationFileQuerySet(models.QuerySet["ApplicationFile"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever may read the application."""
        return self.filter(application__in=Application.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """The student, as long as nobody has answered."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        return self.filter(application__student=known.user_id, application__stage__in=PENDING)


@audit.tracked()
class ApplicationFile(models.Model):
    """A curriculum vitae, a transcript or a plan; stored below no public address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ApplicationFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="theses_file_name_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theses:application_file", args=[self.public_id])
