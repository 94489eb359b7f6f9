"""What the owners of measures report, and the links by which they are asked to."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from members.models import Organisation
from projects.models.measures import Measure, State
from projects.models.programmes import Stage

if TYPE_CHECKING:
    from typing import Self

LINK_LIVES = datetime.timedelta(days=30)
MOST_LINKS = 5


class Reason(models.TextChoices):
    """Why a measure's owner is asked to report."""

    ASKED = "asked", _("The coordinator asks")
    SOON = "soon", _("The deadline is near")
    LATE = "late", _("The deadline has passed")
    STALE = "stale", _("Nothing has been told for a long time")
    PASSED_ON = "passed_on", _("Passed on by a colleague")


class Step(models.IntegerChoices):
    """Who is asked, in this order, until somebody reports."""

    CONTACT = 1, _("who reports, or the contact person")
    DEPUTY = 2, _("the deputy representative")
    OTHERS = 3, _("the organisation’s other people")
    COORDINATOR = 4, _("the coordinator")


class ReporterQuerySet(models.QuerySet["Reporter"]):
    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(measure__in=Measure.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(measure__in=Measure.objects.managed_by(user))

    visible_to = in_scope_of


@audit.tracked(exclude=("name", "email"))
class Reporter(models.Model):
    """A person without an account who reports of a measure for its responsible organisation."""

    measure = models.OneToOneField(
        Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="reporter"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    objects = ReporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who reports")
        verbose_name_plural = _("people who report")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email=""), name="projects_reporter_can_be_written_to"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReportRequestQuerySet(models.QuerySet["ReportRequest"]):
    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(measure__in=Measure.objects.in_scope_of(user))

    visible_to = managed_by = in_scope_of

    def open(self) -> Self:
        """Whose link still leads to the form; the measure's owner is the one that was asked."""
        return self.filter(
            revoked_at=None, expires_at__gt=timezone.now(),
            organisation=F("measure__responsible"),
            measure__goal__programme__stage=Stage.APPROVED,
        )  # fmt: skip


@audit.tracked(exclude=("name", "email"))
class ReportRequest(models.Model):
    """One asking of one person, with a link of its own; an account or a name with an address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.CASCADE,
        related_name="report_requests",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    language = models.CharField(_("language"), max_length=2, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    step = models.PositiveSmallIntegerField(_("asked as"), choices=Step, default=Step.CONTACT)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("link valid until"))
    revoked_at = models.DateTimeField(_("link revoked"), null=True, blank=True)

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a report")
        verbose_name_plural = _("requests for reports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            one_of("reason", Reason, name="projects_reportrequest_reason_known"),
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="projects_reportrequest_step_known"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="", name="")
                | (Q(user__isnull=True) & ~Q(email="") & ~Q(name="")),
                name="projects_reportrequest_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="projects_reportrequest_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} – {self.addressee}"

    @property
    def addressee(self) -> str:
        return str(self.user) if self.user else self.name

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email


class MeasureUpdateQuerySet(models.QuerySet["MeasureUpdate"]):
    def visible_to(self, user: Reader) -> Self:
        """What was told of a measure that they see; what a coordinator has hidden, to its side."""
        known = audience(user)
        seen = self.filter(measure__in=Measure.objects.visible_to(user))
        if known.is_admin:
            return seen
        own = Q(organisation__in=known.organisations)
        ours = Q(measure__goal__programme__home_cluster__in=known.coordinates)
        return seen.filter(Q(is_hidden=False) | own | ours)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(measure__in=Measure.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(measure__in=Measure.objects.managed_by(user))

    def last_of_measure(self, user: Reader) -> Self:
        """Of the measure of an outer query the newest that this reader sees."""
        return self.visible_to(user).filter(measure=OuterRef("pk")).newest_first()[:1]

    def newest_first(self) -> Self:
        return self.order_by("-told_at", "-pk")


@audit.tracked(exclude=("name",))
class MeasureUpdate(models.Model):
    """What an owner told of a measure at one moment. A correction is a row of its own."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.CASCADE, related_name="updates"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    request = models.ForeignKey(
        ReportRequest, verbose_name=_("request"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="updates",
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    name = models.CharField(_("told by"), max_length=120, blank=True, default="")
    state = models.CharField(_("state"), max_length=20, choices=State)
    achieved = models.PositiveIntegerField(_("achieved"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("progress, per cent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    text = models.TextField(_("what has happened"), max_length=1200, blank=True, default="")
    evidence = ArrayField(
        models.URLField(max_length=500), verbose_name=_("links to evidence"), default=list,
        blank=True, size=MOST_LINKS,
    )  # fmt: skip
    is_hidden = models.BooleanField(
        _("hidden from the programme’s page"), default=False,
        help_text=_("The organisation and the coordinators still see what was told."),
    )  # fmt: skip
    told_at = models.DateTimeField(_("told"), default=timezone.now)

    objects = MeasureUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of a measure")
        verbose_name_plural = _("reports of measures")
        ordering = ["-told_at", "-pk"]
        indexes = [
            models.Index(fields=["measure", "-told_at"], name="projects_update_of_measure"),
        ]
        constraints = [
            one_of("state", State, name="projects_measureupdate_state_known"),
            models.CheckConstraint(
                condition=Q(progress__isnull=True) | Q(progress__range=(0, 100)),
                name="projects_measureupdate_progress_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {timezone.localdate(self.told_at)}"

    def get_absolute_url(self) -> str:
        return self.measure.get_absolute_url()

    def clean(self) -> None:
        refuse_marked(self.text)


def reportable_by(user: Reader) -> models.QuerySet[Measure]:
    """Measures in force of which this reader may report: the owner's people, the coordinators."""
    known = audience(user)
    if known.user_id is None:
        return Measure.objects.none()
    measures = Measure.objects.current().with_programme()
    if known.is_admin:
        return measures
    return measures.filter(
        Q(responsible__in=known.organisations)
        | Q(goal__programme__home_cluster__in=known.coordinates)
    )


def may_report(measure: Measure, user: Reader) -> bool:
    return reportable_by(user).filter(pk=measure.pk).exists()


def with_last_told(measures: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
    """Each row's `last_told`: when it was last reported of, else None."""
    told = MeasureUpdate.objects.filter(measure=OuterRef("pk")).newest_first()
    return measures.annotate(last_told=Subquery(told.values("told_at")[:1]))


def move_reports(earlier: Measure, later: Measure) -> None:
    """What was told and asked of a measure goes on with the one that continues it."""
    earlier.updates.update(measure=later)
    earlier.report_requests.update(measure=later)
    Reporter.objects.filter(measure=earlier).update(measure=later)
