"""Clusters, and who has carried them: a change of host is data, not a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import GivesRights, Reader, audience
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    import datetime
    from typing import Self

    from members.models import Organisation

MAX_WELCOME = 5000
WELCOMES = ("welcome_fi", "welcome_sv", "welcome_en")
YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def visible_to(self, user: Reader) -> Self:
        return self

    def open_to(self, organisation: Organisation | int) -> Self:
        """Those in which it is no member and that handle no application of it."""
        memberships = self.model._meta.apps.get_model("members", "Membership").objects
        bound = memberships.binding().filter(organisation=organisation)
        return self.exclude(pk__in=bound.values("cluster"))

    def editable_by(self, user: Reader) -> Self:
        return self.managed_by(user)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(pk__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Cluster(models.Model):
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=60, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    region = models.ForeignKey(
        Term, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+"
    )
    founded = models.PositiveSmallIntegerField(_("founded"), validators=YEARS)
    summary_fi = models.CharField(_("summary in Finnish"), max_length=300, blank=True, default="")
    summary_sv = models.CharField(_("summary in Swedish"), max_length=300, blank=True, default="")
    summary_en = models.CharField(_("summary in English"), max_length=300, blank=True, default="")
    story_fi = models.TextField(_("story in Finnish"), blank=True, default="")
    story_sv = models.TextField(_("story in Swedish"), blank=True, default="")
    story_en = models.TextField(_("story in English"), blank=True, default="")
    welcome_fi = models.TextField(
        _("welcome letter in Finnish"), max_length=MAX_WELCOME, blank=True, default="",
        help_text=_("Goes to every new member. Left empty, the portal’s own text goes."),
    )  # fmt: skip
    welcome_sv = models.TextField(
        _("welcome letter in Swedish"), max_length=MAX_WELCOME, blank=True, default=""
    )
    welcome_en = models.TextField(
        _("welcome letter in English"), max_length=MAX_WELCOME, blank=True, default=""
    )
    values_fi = models.TextField(_("shared values in Finnish"), blank=True, default="")
    values_sv = models.TextField(_("shared values in Swedish"), blank=True, default="")
    values_en = models.TextField(_("shared values in English"), blank=True, default="")
    contact_email = models.EmailField(_("contact address"), blank=True, default="")
    requires_agreement = models.BooleanField(
        _("membership needs a signed agreement"),
        default=False,
        help_text=_("An accepted member becomes active only when the agreement is dated."),
    )
    reviews_topics = models.BooleanField(
        _("thesis topics are reviewed before they open"),
        default=True,
        help_text=_("Otherwise a commissioner’s topic opens as soon as she sends it."),
    )
    capability_months = models.PositiveSmallIntegerField(
        _("capabilities are confirmed for (months)"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("After that a capability leaves the lists until its organisation renews it."),
    )

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(founded__range=(1900, 2100)), name="members_cluster_founded_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:cluster", args=[self.slug])

    def clean(self) -> None:
        refuse_marked(*(getattr(self, name) for name in WELCOMES))
        refuse_marked(self.values_fi, self.values_sv, self.values_en)
        for name in WELCOMES:
            setattr(self, name, cleaning.prose(getattr(self, name)))
        if not self.welcome_fi and any(getattr(self, name) for name in WELCOMES):
            raise ValidationError({"welcome_fi": _("Write the letter in Finnish, too.")})

    @property
    def name(self) -> str:
        return self._in_language("name")

    @property
    def summary(self) -> str:
        return self._in_language("summary")

    @property
    def story(self) -> str:
        return self._in_language("story")

    @property
    def shared_values(self) -> str:
        return self._in_language("values")

    def _in_language(self, field: str) -> str:
        language = (get_language() or "fi")[:2]
        return getattr(self, f"{field}_{language}", "") or getattr(self, f"{field}_fi")


@audit.tracked()
class ClusterMilestone(models.Model):
    """An entry of a cluster's history; a recognition (an award) is one kind of it."""

    class Kind(models.TextChoices):
        EVENT = "event", _("Event")
        RECOGNITION = "recognition", _("Recognition")

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.EVENT)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, validators=YEARS)
    text_fi = models.CharField(_("text in Finnish"), max_length=300)
    text_sv = models.CharField(_("text in Swedish"), max_length=300, blank=True, default="")
    text_en = models.CharField(_("text in English"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["event", "recognition"]), name="members_milestone_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year or '–'} {self.text_fi}"

    @property
    def text(self) -> str:
        language = (get_language() or "fi")[:2]
        return getattr(self, f"text_{language}", "") or self.text_fi


@audit.tracked()
class CoordinatorTerm(models.Model):
    """Which organisation carried a cluster from one year to another; gaps and open ends happen."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="terms")
    organisation = models.ForeignKey(
        "members.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="coordinator_terms",
    )
    from_year = models.PositiveSmallIntegerField(
        _("from year"), null=True, blank=True, validators=YEARS
    )
    to_year = models.PositiveSmallIntegerField(
        _("to year"), null=True, blank=True, validators=YEARS
    )
    is_current = models.BooleanField(_("carries the cluster now"), default=False)
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("coordinator term")
        verbose_name_plural = _("coordinator terms")
        ordering = ["is_current", models.F("from_year").asc(nulls_last=True), "pk"]
        constraints = [
            in_order("from_year", "to_year", name="members_coordinatorterm_years_in_order"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(is_current=True),
                name="members_coordinatorterm_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_year or ''}–{self.to_year or ''}"


class CoordinatorQuerySet(models.QuerySet["Coordinator"]):
    def current(self, day: datetime.date | None = None) -> Self:
        today = day or timezone.localdate()
        open_end = Q(until__isnull=True) | Q(until__gte=today)
        return self.filter(open_end, since__lte=today)

    def unfinished(self) -> Self:
        """Those that are current or will be."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        """Coordinators are granted by the platform administrator alone."""
        return self if audience(user).is_admin else self.none()


@audit.tracked()
class Coordinator(GivesRights):
    """A user who coordinates a cluster; both days count, an open end means until further notice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="coordinatorships",
    )
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="coordinators"
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = CoordinatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        constraints = [
            in_order("since", "until", name="members_coordinator_days_in_order"),
            models.UniqueConstraint(
                fields=["user", "cluster"],
                condition=Q(until__isnull=True),
                name="members_coordinator_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.cluster}"
