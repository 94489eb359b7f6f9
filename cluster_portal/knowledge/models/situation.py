"""Regional security in figures: indicators in four themes, and what is measured of them where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models import periods
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.surveys.models import Round
from members.models import (
    Cluster,
    ClusterContent,
    Organisation,
    SearchableContentQuerySet,
)

if TYPE_CHECKING:
    import datetime
    from decimal import Decimal
    from typing import Self

MOST_DECIMALS = 4


class BadWhen(models.TextChoices):
    ABOVE = "above", _("A high value is bad")
    BELOW = "below", _("A low value is bad")


class Mark(models.TextChoices):
    """How a value stands to the limits."""

    FINE = "fine", _("Within the limits")
    WARNING = "warning", _("Beyond the warning limit")
    ALARM = "alarm", _("Beyond the alarm limit")
    FREE = "free", _("No limits set")


class Origin(models.TextChoices):
    """How a measurement came in."""

    FORM = "form", _("Entered")
    FILE = "file", _("Imported from a file")
    SURVEY = "survey", _("Published figure of a survey")


class IndicatorQuerySet(SearchableContentQuerySet):
    def in_use(self) -> Self:
        return self.filter(retired_on=None)

    def in_order(self) -> Self:
        """Theme by theme, what the overview shows first."""
        return self.order_by("theme__pk", "-is_headline", "position", "pk")


@audit.tracked(exclude=("search",))
class Indicator(ClusterContent, Searchable):
    """`organisation` produces its figures in every region, unless a region has a `Producer`."""

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    theme = models.ForeignKey(
        Term, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"scheme": "att_theme"},
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position within the theme"), default=0)
    is_headline = models.BooleanField(
        _("shown in the overview"), default=False,
        help_text=_("Two or three of a theme are what a board reads in two minutes."),
    )  # fmt: skip
    name_fi = models.CharField(_("name in Finnish"), max_length=120)
    name_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=120, blank=True, default="")
    definition_fi = models.TextField(_("definition in Finnish"), max_length=1000)
    definition_sv = models.TextField(
        _("definition in Swedish"), max_length=1000, blank=True, default=""
    )
    definition_en = models.TextField(
        _("definition in English"), max_length=1000, blank=True, default=""
    )
    unit_fi = models.CharField(_("unit in Finnish"), max_length=60)
    unit_sv = models.CharField(_("unit in Swedish"), max_length=60, blank=True, default="")
    unit_en = models.CharField(_("unit in English"), max_length=60, blank=True, default="")
    decimals = models.PositiveSmallIntegerField(
        _("decimals shown"), default=1, validators=[MaxValueValidator(MOST_DECIMALS)]
    )
    bad_when = models.CharField(
        _("direction"), max_length=10, choices=BadWhen, default=BadWhen.ABOVE
    )
    warning = models.DecimalField(
        _("warning limit"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    alarm = models.DecimalField(
        _("alarm limit"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    interval = models.CharField(
        _("measured"), max_length=10, choices=Interval, default=Interval.QUARTER
    )
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(
        _("address of the source"), max_length=500, blank=True, default="", validators=[WEB]
    )
    retired_on = models.DateField(_("no longer measured since"), null=True, blank=True)

    objects = IndicatorQuerySet.as_manager()
    name = InLanguage()
    definition = InLanguage()
    unit = InLanguage()

    class Meta:
        verbose_name = _("indicator of regional security")
        verbose_name_plural = _("indicators of regional security")
        ordering = ["theme", "position", "pk"]
        indexes = [index("knowledge_indicator_search")]
        constraints = [
            one_of("bad_when", BadWhen, name="knowledge_indicator_direction_known"),
            one_of("interval", Interval, name="knowledge_indicator_interval_known"),
            one_of("visibility", Visibility, name="knowledge_indicator_visibility_known"),
            models.CheckConstraint(
                condition=~Q(name_fi="") & ~Q(definition_fi="") & ~Q(unit_fi="") & ~Q(source=""),
                name="knowledge_indicator_told",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=MOST_DECIMALS), name="knowledge_indicator_decimals_sane"
            ),
            models.CheckConstraint(
                condition=Q(warning=None) | Q(alarm__isnull=False),
                name="knowledge_indicator_warning_has_alarm",
            ),
            models.CheckConstraint(
                condition=Q(warning=None) | Q(alarm=None)
                | Q(bad_when=BadWhen.ABOVE, warning__lte=F("alarm"))
                | Q(bad_when=BadWhen.BELOW, warning__gte=F("alarm")),
                name="knowledge_indicator_warning_comes_first",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("situation:indicator", args=[self.slug])

    def clean(self) -> None:
        texts = ("name", "definition", "unit")
        refuse_marked(*(every_language(self, stem) for stem in texts), self.source)
        if self.warning is None or self.alarm is None:
            if self.warning is not None:
                raise ValidationError({"alarm": gettext("A warning needs an alarm limit, too.")})
            return
        is_above = self.bad_when == BadWhen.ABOVE
        if (self.warning > self.alarm) if is_above else (self.warning < self.alarm):
            raise ValidationError(
                {"warning": gettext("The warning limit is reached before the alarm limit.")}
            )

    def mark(self, value: Decimal) -> Mark:
        """On the limit counts as beyond it."""
        if self.alarm is None:
            return Mark.FREE
        if self._is_beyond(value, self.alarm):
            return Mark.ALARM
        is_warned = self.warning is not None and self._is_beyond(value, self.warning)
        return Mark.WARNING if is_warned else Mark.FINE

    def _is_beyond(self, value: Decimal, limit: Decimal) -> bool:
        return value >= limit if self.bad_when == BadWhen.ABOVE else value <= limit

    def period_name(self, day: datetime.date) -> str:
        return periods.name(day, self.interval)

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "name")),
            ("B", every_language(self.theme, "label")),
            ("C", every_language(self, "definition")),
            ("D", self.source),
            *self.owner_search_parts(),
        ]

    @property
    def search_title(self) -> str:
        return self.name

    @property
    def search_summary(self) -> str:
        return self.definition


class OfIndicator(models.QuerySet[Any]):
    """Whoever sees the indicator sees what belongs to it."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(indicator__in=Indicator.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(indicator__in=Indicator.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(indicator__in=Indicator.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Producer(models.Model):
    """Who measures the indicator in one region."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="producers"
    )
    region = models.ForeignKey(
        Term, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfIndicator.as_manager()

    class Meta:
        verbose_name = _("producer of an indicator")
        verbose_name_plural = _("producers of indicators")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "region"], name="knowledge_producer_once")
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.organisation}"


class MeasurementQuerySet(OfIndicator):
    def in_scope_of(self, user: Reader) -> Self:
        """Of one's own indicators everywhere, and everything of the own region."""
        known = audience(user)
        if known.is_admin:
            return self.all()
        home = Q(indicator__home_cluster__in=known.coordinates)
        regions = Cluster.objects.filter(pk__in=known.coordinates).values("region")
        seen = Q(indicator__in=Indicator.objects.visible_to(user).values("pk"))
        return self.filter(home | Q(region__in=regions) & seen)


@audit.tracked()
class Measurement(models.Model):
    """One value of one region in one period; `starts_on` is the first day of the period."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT,
        related_name="measurements",
    )  # fmt: skip
    region = models.ForeignKey(
        Term, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    starts_on = models.DateField(_("first day of the period"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4)
    note = models.CharField(_("note"), max_length=200, blank=True, default="")
    origin = models.CharField(
        _("came in"), max_length=10, choices=Origin, default=Origin.FORM, editable=False
    )
    survey_round = models.ForeignKey(
        Round, verbose_name=_("survey"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", editable=False,
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["starts_on", "pk"]
        constraints = [
            one_of("origin", Origin, name="knowledge_measurement_origin_known"),
            models.UniqueConstraint(
                fields=["indicator", "region", "starts_on"], name="knowledge_measurement_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1), name="knowledge_measurement_period_begins"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.SURVEY, survey_round__isnull=False)
                | ~Q(origin=Origin.SURVEY) & Q(survey_round=None),
                name="knowledge_measurement_survey_named",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator}, {self.region} {self.indicator.period_name(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return self.indicator.get_absolute_url()

    def clean(self) -> None:
        refuse_marked(self.note)

    @property
    def mark(self) -> Mark:
        return self.indicator.mark(self.value)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, user: Reader) -> Self:
        indicators = Indicator.objects.visible_to(user).values("pk")
        return self.filter(measurement__indicator__in=indicators)


@audit.tracked()
class Correction(models.Model):
    """What a measurement said before, and why it says something else: told with the figures."""

    measurement = models.ForeignKey(
        Measurement, verbose_name=_("measurement"), on_delete=models.CASCADE,
        related_name="corrections",
    )  # fmt: skip
    before = models.DecimalField(_("before"), max_digits=14, decimal_places=4)
    after = models.DecimalField(_("after"), max_digits=14, decimal_places=4)
    reason = models.CharField(_("reason"), max_length=300)
    corrected_at = models.DateTimeField(_("corrected"), default=timezone.now, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("corrected by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a measurement")
        verbose_name_plural = _("corrections of measurements")
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(before=F("after")), name="knowledge_correction_told"
            )
        ]

    def __str__(self) -> str:
        return self.reason


def regions_measured_by(indicator: Indicator, user: Reader) -> models.QuerySet[Term]:
    """Where the reader enters this indicator's figures."""
    known = audience(user)
    regions = Term.objects.filter(scheme="region")
    if known.user_id is None or not Indicator.objects.visible_to(user).contains(indicator):
        return regions.none()
    is_home = known.is_admin or indicator.home_cluster_id in known.coordinates
    if is_home or indicator.organisation_id in known.edits:
        return regions
    theirs = Producer.objects.filter(indicator=indicator, organisation__in=known.edits)
    own = Cluster.objects.filter(pk__in=known.coordinates)
    return regions.filter(Q(pk__in=theirs.values("region")) | Q(pk__in=own.values("region")))
