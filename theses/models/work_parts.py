"""The agreement, the milestones and the thread of a thesis."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.languages import InLanguage
from members.models import Need, Organisation
from projects.models import Challenge, Measure, Project, Result
from theses.models.profiles import StudentProfile
from theses.models.topics import Topic
from theses.models.works import Light, Thesis

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class PermitState(models.TextChoices):
    OPEN = "open", _("Not settled yet")
    NOT_NEEDED = "not_needed", _("No permits are needed")
    APPLIED = "applied", _("Applied for")
    GRANTED = "granted", _("Granted")


class DataPlan(models.TextChoices):
    OPEN = "open", _("Not settled yet")
    PUBLIC = "public", _("Only public material")
    AGREED = "agreed", _("Handling of the material is agreed in writing")


class Rights(models.TextChoices):
    """Who may use the results; the copyright of the text stays with the student (DOMAIN 2.10)."""

    OPEN = "open", _("Not settled yet")
    STUDENT = "student", _("The student keeps all rights")
    LICENCE = "licence", _("The commissioner may use the results")
    TRANSFER = "transfer", _("Rights in the results pass to the commissioner")


@audit.tracked()
class Agreement(models.Model):
    """The checklist; each party confirms it, and a change of it asks all of them anew."""

    thesis = models.OneToOneField(Thesis, on_delete=models.CASCADE, related_name="agreement")
    signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    permits = models.CharField(
        _("permits"), max_length=20, choices=PermitState, default=PermitState.OPEN
    )
    permits_note = models.CharField(_("about the permits"), max_length=500, blank=True, default="")
    data = models.CharField(_("material"), max_length=20, choices=DataPlan, default=DataPlan.OPEN)
    data_note = models.CharField(_("about the material"), max_length=500, blank=True, default="")
    rights = models.CharField(
        _("rights in the results"), max_length=20, choices=Rights, default=Rights.OPEN
    )
    rights_note = models.CharField(_("about the rights"), max_length=500, blank=True, default="")
    student_at = models.DateTimeField(_("confirmed by the student"), null=True, blank=True)
    commissioner_at = models.DateTimeField(
        _("confirmed by the commissioner"), null=True, blank=True
    )
    supervisor_at = models.DateTimeField(_("confirmed by the supervisor"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            one_of("permits", PermitState, name="theses_agreement_permits_known"),
            one_of("data", DataPlan, name="theses_agreement_data_known"),
            one_of("rights", Rights, name="theses_agreement_rights_known"),
        ]

    def __str__(self) -> str:
        return str(self.thesis)

    @property
    def is_complete(self) -> bool:
        """Whether everything on the list is settled, so that the parties can confirm it."""
        settled = self.permits in {PermitState.NOT_NEEDED, PermitState.GRANTED}
        return bool(
            self.signed_on and settled and self.data != DataPlan.OPEN and self.rights != Rights.OPEN
        )

    @property
    def is_confirmed(self) -> bool:
        return all((self.student_at, self.commissioner_at, self.supervisor_at))


@audit.tracked()
class Milestone(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    thesis = models.ForeignKey(Thesis, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="theses_milestone_title_given"),
        ]

    def __str__(self) -> str:
        return self.title


@audit.tracked()
class LightReport(models.Model):
    """How the work went, week by week; the newest stands on the thesis itself."""

    thesis = models.ForeignKey(Thesis, on_delete=models.CASCADE, related_name="light_reports")
    light = models.CharField(_("how it goes"), max_length=10, choices=Light)
    note = models.TextField(_("note"), max_length=2000, blank=True, default="")
    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report of progress")
        verbose_name_plural = _("reports of progress")
        ordering = ["-at", "-pk"]
        constraints = [
            one_of("light", Light, name="theses_lightreport_light_known"),
            models.CheckConstraint(
                condition=~Q(light=Light.RED) | ~Q(note=""),
                name="theses_lightreport_red_explained",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_light_display())


@audit.tracked()
class ThreadLink(models.Model):
    """Ties a topic, and the thesis made of it, to what it answers: exactly one per row."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="thread_links")
    need = models.ForeignKey(
        Need, verbose_name=_("need"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("link into the thread")
        verbose_name_plural = _("links into the thread")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(need__isnull=False, challenge=None, project=None, measure=None)
                    | Q(need=None, challenge__isnull=False, project=None, measure=None)
                    | Q(need=None, challenge=None, project__isnull=False, measure=None)
                    | Q(need=None, challenge=None, project=None, measure__isnull=False)
                ),
                name="theses_threadlink_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["topic", "need", "challenge", "project", "measure"],
                nulls_distinct=False,
                name="theses_threadlink_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.need or self.challenge or self.project or self.measure)


@audit.tracked()
class ThesisResult(models.Model):
    """A result that was told of a thesis."""

    thesis = models.ForeignKey(Thesis, on_delete=models.CASCADE, related_name="+")
    result = models.OneToOneField(Result, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("result of a thesis")
        verbose_name_plural = _("results of theses")

    def __str__(self) -> str:
        return str(self.result)


class SchoolGuideQuerySet(models.QuerySet["SchoolGuide"]):
    def for_thesis(self, thesis: Thesis) -> SchoolGuide | None:
        """What the student's own school asks, else the topic's school."""
        profile = getattr(thesis.application.student, "student_profile", None)
        school = (profile.school_id if profile else None) or thesis.topic.school_id
        return self.select_related("school").filter(school=school).first()

    def for_topic(self, topic: Topic, user: Reader) -> SchoolGuide | None:
        """Of the school whose students the topic is for, else of the reader's own."""
        if topic.school is not None:
            return getattr(topic.school, "thesis_guide", None)
        own = StudentProfile.objects.editable_by(user).exclude(school=None).values("school")
        return self.select_related("school").filter(school__in=own).first()

    def in_scope_of(self, user: Reader) -> Self:
        """Guides are for everybody to read."""
        return self

    def managed_by(self, user: Reader) -> Self:
        ours = Organisation.objects.in_scope_of(user).values("pk")
        return self.filter(school__in=ours)


@audit.tracked()
class SchoolGuide(models.Model):
    """What a school asks of its theses: its own agreement form, dates and rules."""

    school = models.OneToOneField(
        Organisation,
        verbose_name=_("educational institution"),
        on_delete=models.CASCADE,
        related_name="thesis_guide",
    )
    text_fi = models.TextField(_("guide in Finnish"), max_length=4000)
    text_sv = models.TextField(_("guide in Swedish"), max_length=4000, blank=True, default="")
    text_en = models.TextField(_("guide in English"), max_length=4000, blank=True, default="")
    deadlines = models.TextField(_("dates and deadlines"), max_length=1000, blank=True, default="")
    agreement_url = models.URLField(
        _("address of the agreement form"), max_length=300, blank=True, default=""
    )
    repository_url = models.URLField(
        _("address of the repository"), max_length=300, blank=True, default=""
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = SchoolGuideQuerySet.as_manager()
    text = InLanguage()

    class Meta:
        verbose_name = _("school’s guide")
        verbose_name_plural = _("schools’ guides")
        ordering = ["school__name"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_fi=""), name="theses_guide_text_given"),
        ]

    def __str__(self) -> str:
        return str(self.school)
