"""What the nightly matching has found, and what its readers did not want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.constraints import in_order
from cluster_portal.core.visibility import Reader, audience
from theses.models.profiles import StudentProfile, SupervisorProfile
from theses.models.topics import Topic

if TYPE_CHECKING:
    from typing import Self


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: Reader) -> Self:
        """The student's own, as long as the topic can be seen and applied to."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        refused = Dismissal.objects.visible_to(user).filter(student=None, supervisor=None)
        topics = Topic.objects.visible_to(user).open().values("pk")
        mine = self.filter(profile__user=known.user_id, topic__in=topics)
        return mine.exclude(topic__in=refused.values("topic"))

    def editable_by(self, user: Reader) -> Self:
        return self.none()


class Suggestion(models.Model):
    """A topic that fits a student, as of the last run; computed again when it is shown.

    No reasons are kept: they are made of what the reader may see at the moment of reading.
    """

    profile = models.ForeignKey(
        StudentProfile, on_delete=models.CASCADE, related_name="suggestions"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="suggestions")
    score = models.FloatField(_("score"))
    found_at = models.DateTimeField(_("found"))

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "topic"], name="theses_suggestion_once"),
            models.CheckConstraint(condition=Q(score__gt=0), name="theses_suggestion_score_real"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.topic_id}"

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def title(self) -> str:
        return self.topic.heading


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def of_those_shown_to(self, user: Reader) -> Self:
        """But those of people whose profile the reader may not read any more."""
        students = StudentProfile.objects.visible_to(user).values("pk")
        supervisors = SupervisorProfile.objects.visible_to(user).values("pk")
        return self.filter(
            Q(student=None) | Q(student__in=students),
            Q(supervisor=None) | Q(supervisor__in=supervisors),
        )

    def with_titles(self) -> Self:
        return self.select_related("topic", "student__user", "supervisor__user")


class Dismissal(models.Model):
    """ "Not for me": a topic, or with a profile that person for this topic, is shown no more."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="dismissals"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    student = models.ForeignKey(
        StudentProfile, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    supervisor = models.ForeignKey(
        SupervisorProfile, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    objects = DismissalQuerySet.as_manager()

    class Meta:
        verbose_name = _("not for me")
        verbose_name_plural = _("not for me")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "topic", "student", "supervisor"],
                nulls_distinct=False,
                name="theses_dismissal_once",
            ),
            models.CheckConstraint(
                condition=Q(student=None) | Q(supervisor=None),
                name="theses_dismissal_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic_id)

    @property
    def title(self) -> str:
        """Who or what is suggested no more."""
        person = self.student or self.supervisor
        return person.user.get_full_name() if person else self.topic.heading


MOST_TRIES = 5  # of a chunk of a run


class MatchingRun(models.Model):
    """One night's matching. `last` is the student up to whom it is done: there it goes on."""

    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    students = models.PositiveIntegerField(_("students"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    failed = models.PositiveIntegerField(_("left out"), default=0)
    last = models.BigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(_("failed tries of one chunk"), default=0)

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ["-started_at"]
        constraints = [
            in_order("started_at", "finished_at", name="theses_run_time_in_order"),
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(finished_at__isnull=True),
                name="theses_run_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_given_up(self) -> bool:
        return self.tries >= MOST_TRIES
