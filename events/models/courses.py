"""Trainings of several parts: what belongs to them, what is read before, who has passed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning, web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from events.models.events import Event
from events.models.registrations import HOLDING, Registration, new_code
from members.models import ClusterContent, ClusterContentQuerySet

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Audience


class Stage(Stages):
    DRAFT = "draft", "draft", pgettext_lazy("course", "Draft")
    PROPOSED = "proposed", "waiting", _("Waits for a coordinator")
    OPEN = "open", "open", pgettext_lazy("course", "Published")
    ENDED = "ended", "done", pgettext_lazy("course", "Ended")
    CANCELLED = "cancelled", "stopped", pgettext_lazy("course", "Called off")


SHOWN = (Stage.OPEN, Stage.ENDED, Stage.CANCELLED)


def _has_place(known: Audience) -> Q:
    held = Registration.objects.filter(user=known.user_id, stage__in=HOLDING)
    parts = CoursePart.objects.filter(event__in=held.values("event"))
    return Q(pk__in=parts.values("course"), stage__in=SHOWN)


class CourseQuerySet(ClusterContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=SHOWN)

    def editor_condition(self, known: Audience) -> Q:
        """The trainer who entered it, while of the organisation."""
        return Q(teller=known.user_id, organisation__in=known.organisations)

    def attended_by(self, user: Reader) -> Self:
        """Those in a part of which the reader has a place: their groups, outputs, register."""
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(_has_place(known))

    def inside(self, user: Reader) -> Self:
        """Whoever takes part, and who looks after it."""
        taking = self.model.objects.attended_by(user).values("pk")
        edited = self.model.objects.editable_by(user).values("pk")
        return self.filter(Q(pk__in=taking) | Q(pk__in=edited))

    def _own_side(self, known: Audience) -> Q:
        """Whoever has a place in a part sees the course, whatever its level."""
        own = super()._own_side(known)
        return own if known.user_id is None else own | _has_place(known)

    def open(self) -> Self:
        return self.filter(stage=Stage.OPEN)


@audit.tracked(exclude=("search",))
class Course(Searchable, ClusterContent):
    """Its parts are events. `requires` is a course whose certificate one has before this one.

    `group_task` empty means that there is no work in groups; `has_register` opens the risk
    register of the exercise. `followed_up_at`: the questions of three months later were sent.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("trainer"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    summary_fi = models.CharField(_("summary in Finnish"), max_length=500)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=500, blank=True, default="")
    summary_en = models.CharField(_("summary in English"), max_length=500, blank=True, default="")
    description = models.TextField(
        _("description"), max_length=20_000, blank=True, default="", help_text=_("Markdown.")
    )
    prerequisites = models.TextField(
        _("what one should know before"), max_length=2000, blank=True, default=""
    )
    requires = models.ForeignKey(
        "self", verbose_name=_("requires the certificate of"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    group_task = models.TextField(_("task of the groups"), max_length=3000, blank=True, default="")
    has_register = models.BooleanField(_("risk register of the exercise"), default=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    followed_up_at = models.DateTimeField(null=True, blank=True, editable=False)

    title = InLanguage()
    summary = InLanguage()
    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-pk"]
        indexes = [index("events_course_search")]
        constraints = [
            one_of("stage", Stage, name="events_course_stage_known"),
            one_of("visibility", Visibility, name="events_course_visibility_known"),
            models.CheckConstraint(condition=~Q(title_fi=""), name="events_course_title_given"),
            models.CheckConstraint(
                condition=Q(requires=None) | ~Q(requires=models.F("pk")),
                name="events_course_requires_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:course", args=[self.slug])

    def clean(self) -> None:
        names = self.title_fi, self.title_sv, self.title_en
        cleaning.refuse_links(*names)
        refuse_marked(*names, self.summary_fi, self.description, self.prerequisites)
        refuse_marked(self.group_task)

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("B", every_language(self, "summary")),
            ("C", self.description),
            *self.owner_search_parts(),
        ]


class OfCourse(models.QuerySet[Any]):
    """Rows that everybody reads who sees the course."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


class InsideCourse(OfCourse):
    """Rows of those who take part and of the trainers alone."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.inside(user).values("pk"))


@audit.tracked()
class CoursePart(models.Model):
    """An event as a part of one course. Those that are required count for the certificate."""

    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="parts"
    )
    event = models.OneToOneField(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="course_part"
    )
    is_required = models.BooleanField(_("needed for the certificate"), default=True)

    objects = OfCourse.as_manager()

    class Meta:
        verbose_name = _("part of a course")
        verbose_name_plural = _("parts of courses")
        ordering = ["event__starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.course} – {self.event}"


@audit.tracked()
class CourseReading(models.Model):
    """A line of the reading list."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="readings"
    )
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(
        _("link"), blank=True, default="", validators=[web_addresses.WEB], max_length=500
    )
    why = models.CharField(_("why and when to read it"), max_length=200, blank=True, default="")

    objects = OfCourse.as_manager()

    class Meta:
        verbose_name = _("line of a reading list")
        verbose_name_plural = _("reading lists")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="events_coursereading_title_given")
        ]

    def __str__(self) -> str:
        return self.title


class CourseCertificateQuerySet(models.QuerySet["CourseCertificate"]):
    def visible_to(self, user: Reader) -> Self:
        """The holder's own; the trainers see who has passed."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        edited = Course.objects.editable_by(user).values("pk")
        return self.filter(Q(user=known.user_id) | Q(course__in=edited))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(course__in=Course.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked(exclude=("code",))
class CourseCertificate(models.Model):
    """Given once to whoever attended every required part; whoever has its code checks it.

    A guest's bears the address with which they registered.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="certificates"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="course_certificates",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, default="fi")
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True, default="")
    code = models.CharField(_("code"), max_length=10, unique=True, default=new_code, editable=False)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)

    objects = CourseCertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a course")
        verbose_name_plural = _("certificates of courses")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"], condition=Q(user__isnull=False),
                name="events_coursecertificate_user_once",
            ),
            models.UniqueConstraint(
                "course", Lower("email"), Lower("name"), condition=Q(user=None),
                name="events_coursecertificate_guest_once",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | Q(user__isnull=True) & ~Q(email=""),
                name="events_coursecertificate_account_or_guest",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} – {self.course}"

    def get_absolute_url(self) -> str:
        return self.course.get_absolute_url()


def _edits(course: Course, user: Reader) -> bool:
    return course.is_editable_by(user)


def _coordinates(course: Course, user: Reader) -> bool:
    return course.is_managed_by(user)


MOVES = Workflow(
    submit=Move(frozenset({Stage.DRAFT}), Stage.PROPOSED, may=_edits,
                label=_("Send for review"), style="primary"),
    publish=Move(frozenset({Stage.DRAFT, Stage.PROPOSED}), Stage.OPEN, may=_coordinates,
                 label=_("Publish"), style="primary"),
    send_back=Move(frozenset({Stage.PROPOSED}), Stage.DRAFT, may=_coordinates,
                   label=_("Return to draft"), needs_reason=True),
    end=Move(frozenset({Stage.OPEN}), Stage.ENDED, may=_edits,
             label=_("End the course and give the certificates"), style="primary"),
    cancel=Move(frozenset({Stage.OPEN}), Stage.CANCELLED, may=_edits,
                label=_("Call off the course and its parts"), style="danger", needs_reason=True),
)  # fmt: skip
