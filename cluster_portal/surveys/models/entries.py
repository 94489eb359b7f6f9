"""Registers that answers fill once their organisation has confirmed them; coordinators add rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_translation
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.surveys.models.responses import Response
from members.models import ClusterContent, ClusterContentQuerySet, SearchableContentQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NO_SITES = _("In general words: no site, no address, no system, no weakness.")
YEARS = [MinValueValidator(2000), MaxValueValidator(2100)]


def _term(label: _StrPromise, scheme: Scheme, **options: Any) -> models.ForeignKey[Term, Term]:
    return models.ForeignKey(
        Term, verbose_name=label, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"scheme": scheme.value}, **options,
    )  # fmt: skip


def _level(default: Visibility) -> Any:
    return models.CharField(_("visibility"), max_length=20, choices=Visibility, default=default)


class Entry(ClusterContent):
    """A row of a register: `organisation` has confirmed it, or it is a coordinator's, without one.

    `source` says in words where it comes from; `response` is the answer that states it.
    """

    texts: tuple[str, ...] = ()

    region = _term(_("region"), Scheme.REGION)
    response = models.ForeignKey(
        Response, verbose_name=pgettext_lazy("survey", "answer"), null=True, blank=True,
        editable=False, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, blank=True,
        editable=False, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=200)
    sourced_on = models.DateField(_("date of the source"), default=timezone.localdate)

    class Meta:
        abstract = True

    def clean(self) -> None:
        cleaning.refuse_links(*(getattr(self, name) for name in self.texts))
        refuse_marked(self.source, *(getattr(self, name) for name in self.texts))

    @property
    def unit(self) -> tuple[str, int]:
        """Whose it is, where figures count organisations: a person without one counts as one; a
        coordinator's row stands for itself.
        """
        if self.organisation_id:
            return "organisation", self.organisation_id
        if self.response is None:
            return "entry", self.pk
        person = self.response.person_id
        return ("person", person) if person else ("response", self.response.pk)


class Shortage(models.IntegerChoices):
    SOME = 1, _("Some shortage")
    CLEAR = 2, _("Clear shortage")
    SEVERE = 3, _("Severe shortage")


@audit.tracked()
class SkillGap(Entry):
    texts = ("occupation",)

    field = _term(_("field of education"), Scheme.EDUCATION_FIELD)
    occupation = models.CharField(_("occupation or skill"), max_length=300)
    shortage = models.PositiveSmallIntegerField(_("how bad it is"), choices=Shortage)
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    visibility = _level(Visibility.MEMBERS)

    objects = ClusterContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortage of skills")
        verbose_name_plural = _("shortages of skills")
        ordering = ["-shortage", "year", "pk"]
        constraints = [
            one_of("visibility", Visibility, name="surveys_skillgap_visibility_known"),
            models.CheckConstraint(
                condition=Q(shortage__in=Shortage.values), name="surveys_skillgap_shortage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.occupation


@audit.tracked()
class TrainingSupply(Entry):
    """Places that a school offers in a field in a year; the organisation is the school."""

    texts = ("programme",)

    field = _term(_("field of education"), Scheme.EDUCATION_FIELD)
    programme = models.CharField(_("degree or course"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    places = models.PositiveIntegerField(
        _("places to start"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

    objects = ClusterContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("supply of training")
        verbose_name_plural = _("supply of training")
        ordering = ["field__position", "year", "pk"]
        constraints = [
            one_of("visibility", Visibility, name="surveys_trainingsupply_visibility_known"),
            models.UniqueConstraint(
                fields=["organisation", "programme", "year", "region"],
                name="surveys_trainingsupply_once",
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, 100_000)), name="surveys_trainingsupply_places_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.programme


class NeedType(models.TextChoices):
    MAINTENANCE = "maintenance", _("Maintenance")
    ASSURANCE = "assurance", _("Backup and redundancy")
    SKILLS = "skills", _("Skills")
    REGULATION = "regulation", _("Regulation")


class Urgency(models.TextChoices):
    NOW = "now", _("Within a year")
    SOON = "soon", _("In one to three years")
    LATER = "later", _("Later")


@audit.tracked()
class InfrastructureNeed(Entry):
    """Restricted, whatever is chosen elsewhere: its own side and the coordinators see it."""

    texts = ("justification",)

    sector = _term(_("critical sector"), Scheme.CRITICAL_SECTOR)
    need_type = models.CharField(_("what is needed"), max_length=20, choices=NeedType)
    urgency = models.CharField(_("how urgent it is"), max_length=10, choices=Urgency)
    justification = models.TextField(_("why it matters"), max_length=4000, help_text=NO_SITES)
    visibility = _level(Visibility.PRIVATE)

    objects = ClusterContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of infrastructure")
        verbose_name_plural = _("needs of infrastructure")
        ordering = ["-pk"]
        constraints = [
            one_of("need_type", NeedType, name="surveys_infrastructureneed_type_known"),
            one_of("urgency", Urgency, name="surveys_infrastructureneed_urgency_known"),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PRIVATE),
                name="surveys_infrastructureneed_restricted",
                violation_error_message=_("A need of infrastructure is never shown to others."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sector}: {self.get_need_type_display()}"


@audit.tracked()
class JustifiedNeed(ClusterContent):
    """What a region needs of its infrastructure, told in public: no single answer, no site."""

    sector = _term(_("critical sector"), Scheme.CRITICAL_SECTOR)
    region = _term(_("region"), Scheme.REGION)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    text_fi = models.TextField(_("text in Finnish"), max_length=2000, help_text=NO_SITES)
    text_sv = models.TextField(_("text in Swedish"), max_length=2000, blank=True, default="")
    text_en = models.TextField(_("text in English"), max_length=2000, blank=True, default="")
    source = models.CharField(_("source"), max_length=200)
    written_on = models.DateField(_("date of the text"), default=timezone.localdate)

    objects = ClusterContentQuerySet.as_manager()
    title = InLanguage()
    text = InLanguage()

    class Meta:
        verbose_name = _("justified need")
        verbose_name_plural = _("justified needs")
        ordering = ["region__position", "sector__position", "pk"]
        constraints = [
            one_of("visibility", Visibility, name="surveys_justifiedneed_visibility_known"),
            models.UniqueConstraint(
                fields=["home_cluster", "sector", "region"], name="surveys_justifiedneed_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        titles = (self.title_fi, self.title_sv, self.title_en)
        cleaning.refuse_links(*titles)
        refuse_marked(*titles, self.text_fi, self.text_sv, self.text_en, self.source)


class CaseSector(models.TextChoices):
    ENERGY = "energy", _("Energy")
    FOOD = "food", _("Food")
    OTHER = "other", pgettext_lazy("sector of a material", "Other")


class Quantity(models.TextChoices):
    """Tonnes in a year."""

    UNDER_10 = "under-10", _("under 10 t a year")
    UNDER_100 = "10-100", _("10–100 t a year")
    UNDER_1000 = "100-1000", _("100–1,000 t a year")
    OVER_1000 = "over-1000", _("over 1,000 t a year")
    UNKNOWN = "unknown", pgettext_lazy("quantity", "Not known")


class CircularCaseQuerySet(SearchableContentQuerySet):
    pass


@audit.tracked(exclude=("search",))
class CircularCase(search.Searchable, Entry):
    """A side stream, the import it could replace, and how far its use is (readiness 1–9)."""

    texts = ("side_stream", "replaces", "potential")

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    sector = models.CharField(_("for what"), max_length=10, choices=CaseSector)
    side_stream = models.CharField(_("side stream"), max_length=300)
    replaces = models.CharField(_("import that it could replace"), max_length=300)
    quantity = models.CharField(_("quantity"), max_length=10, choices=Quantity)
    readiness = models.PositiveSmallIntegerField(
        _("readiness (1–9)"), validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    potential = models.TextField(
        _("use in a disruption"), max_length=4000, blank=True, default="", help_text=NO_SITES
    )
    visibility = _level(Visibility.MEMBERS)

    objects = CircularCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("circular material")
        verbose_name_plural = _("circular materials")
        ordering = ["-pk"]
        indexes = [search.index("surveys_circularcase_search")]
        constraints = [
            one_of("visibility", Visibility, name="surveys_circularcase_visibility_known"),
            one_of("sector", CaseSector, name="surveys_circularcase_sector_known"),
            one_of("quantity", Quantity, name="surveys_circularcase_quantity_known"),
            models.CheckConstraint(
                condition=Q(readiness__range=(1, 9)), name="surveys_circularcase_readiness_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.side_stream

    def get_absolute_url(self) -> str:
        return reverse("surveys:circular_case", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", self.side_stream),
            ("B", self.replaces),
            ("B", every_translation(CaseSector(self.sector).label)),
            ("C", self.potential),
            *self.owner_search_parts(),
        ]

    @property
    def title(self) -> str:
        return self.side_stream

    @property
    def search_title(self) -> str:
        return self.side_stream

    @property
    def search_summary(self) -> str:
        return self.potential or self.replaces


class Amount(models.TextChoices):
    UNDER_50 = "under-50", _("under €50,000")
    UNDER_200 = "50-200", _("€50,000–200,000")
    UNDER_1000 = "200-1000", _("€200,000–1 million")
    OVER_1000 = "over-1000", _("over €1 million")


class Priority(models.IntegerChoices):
    FIRST = 1, pgettext_lazy("priority", "Most important")
    SECOND = 2, pgettext_lazy("priority", "Important")
    THIRD = 3, pgettext_lazy("priority", "Useful")


@audit.tracked()
class FundingNeed(Entry):
    """Restricted like the needs of infrastructure; coordinators take the list upwards."""

    texts = ("what",)

    what = models.CharField(_("for what"), max_length=300)
    theme = _term(_("vital function"), Scheme.VITAL_FUNCTION)
    amount = models.CharField(_("how much"), max_length=20, choices=Amount)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    visibility = _level(Visibility.PRIVATE)

    objects = ClusterContentQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding need")
        verbose_name_plural = _("funding needs")
        ordering = ["priority", "pk"]
        constraints = [
            one_of("amount", Amount, name="surveys_fundingneed_amount_known"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="surveys_fundingneed_priority_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PRIVATE), name="surveys_fundingneed_restricted",
                violation_error_message=_("A funding need is never shown to others."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what
