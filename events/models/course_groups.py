"""Groups of a course: who is in them, what they hand in, the risks of the exercise."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from events.models.courses import Course, InsideCourse


@audit.tracked()
class CourseGroup(models.Model):
    """Participants who work together."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(_("name"), max_length=100)

    objects = InsideCourse.as_manager()

    class Meta:
        verbose_name = _("group of a course")
        verbose_name_plural = _("groups of courses")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "course", Lower("name"), name="events_coursegroup_name_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        cleaning.refuse_links(self.name)
        refuse_marked(self.name)


class CourseGroupMember(models.Model):
    """One group for each person and course."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(CourseGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="course_groups"
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name = _("member of a group of a course")
        verbose_name_plural = _("members of groups of courses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"], name="events_coursegroupmember_one_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.group}"


@audit.tracked()
class GroupOutput(models.Model):
    """What a group hands in: a text, a file, or both. A later one leaves the earlier as it is.

    The trainers comment on it with one voice; the group and the other groups read that.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="outputs"
    )
    group = models.ForeignKey(CourseGroup, on_delete=models.CASCADE, related_name="outputs")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=20_000, blank=True, default="")
    file = models.CharField(_("file"), max_length=200, blank=True, default="", editable=False)
    name = models.CharField(_("name of the file"), max_length=200, blank=True, default="")
    size = models.PositiveIntegerField(default=0, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handed in by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    handed_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    comment = models.TextField(_("comment of the trainer"), max_length=3000, blank=True, default="")
    commented_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InsideCourse.as_manager()

    class Meta:
        verbose_name = _("output of a group")
        verbose_name_plural = _("outputs of groups")
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="", file=""), name="events_groupoutput_text_or_file"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:course_output", args=[self.public_id])

    def clean(self) -> None:
        refuse_marked(self.title, self.text, self.comment)

    @property
    def stamp(self) -> str:
        """Of the comment, so that two trainers do not overwrite each other."""
        return self.commented_at.isoformat() if self.commented_at else "-"


STEPS = range(1, 6)


@audit.tracked()
class RiskEntry(models.Model):
    """A row of the exercise's risk register. `signal` is what it became in the situation picture,
    of a sibling app, so it is named only. `version` rises with each change."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="risks"
    )
    risk = models.CharField(_("risk"), max_length=200)
    detail = models.TextField(_("cause and consequence"), max_length=1500, blank=True, default="")
    likelihood = models.PositiveSmallIntegerField(_("likelihood"))
    impact = models.PositiveSmallIntegerField(_("impact"))
    measure = models.CharField(_("measure"), max_length=300, blank=True, default="")
    owner = models.CharField(
        _("who answers for it"), max_length=150, blank=True, default="",
        help_text=_("A role or an organisation, no person’s name."),
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    signal = models.ForeignKey(
        "knowledge.Signal", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = InsideCourse.as_manager()

    class Meta:
        verbose_name = _("row of a risk register")
        verbose_name_plural = _("rows of risk registers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(risk=""), name="events_riskentry_risk_given"),
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), impact__range=(1, 5)),
                name="events_riskentry_on_the_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.risk

    def get_absolute_url(self) -> str:
        return reverse("events:course_register", args=[self.course.slug])

    def clean(self) -> None:
        cleaning.refuse_links(self.risk)
        refuse_marked(self.risk, self.detail, self.measure, self.owner)

    @property
    def weight(self) -> int:
        return self.likelihood * self.impact
