"""What an organisation can do for others: what, for which tasks, where, and in a disruption."""

from __future__ import annotations

import calendar
import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.text import cleaning, richtext
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.text.web_addresses import BeginsWith
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.core.workflow import Stages
from members.models.content import ClusterContent, SearchableContentQuerySet
from members.models.memberships import CurrentMember

if TYPE_CHECKING:
    from typing import Self

    from django.utils.functional import _StrPromise

# Words that stand in the place of a capability's address.
RESERVED_SLUGS = ("propose", "compare", "ask", "sent", "confirm", "feed", "search", "new")
THEMES = (
    Scheme.SECURITY_TASK,
    Scheme.CRITICAL_SECTOR,
    Scheme.VITAL_FUNCTION,
    Scheme.SMART_SPECIALISATION,
)


class Kind(models.TextChoices):
    PRODUCT = "product", _("Product")
    SERVICE = "service", _("Service")
    TECHNOLOGY = "technology", _("Technology")
    COMPETENCE = "competence", _("Competence")
    FACILITY = "facility", pgettext_lazy("kind of capability", "Facility")
    RESEARCH_GROUP = "research_group", _("Research group")
    COURSE = "course", _("Degree or course")
    LABORATORY = "laboratory", _("Laboratory")
    VOLUNTEERING = "volunteering", _("Voluntary help")


class Holds(Stages):
    """Whether it can be had and used while something usual is down."""

    YES = "yes", "done", pgettext_lazy("in a disruption", "Works")
    PARTLY = "partly", "waiting", pgettext_lazy("in a disruption", "Works in part")
    NO = "no", "stopped", pgettext_lazy("in a disruption", "Does not work")
    UNKNOWN = "unknown", "", pgettext_lazy("in a disruption", "Not known")


class ForAssociations(models.TextChoices):
    FREE = "free", _("Free for associations")
    REDUCED = "reduced", _("At a reduced price for associations")
    AGREED = "agreed", _("To be agreed with each association")
    SAME = "same", _("On the same terms as others")


class ServiceLanguage(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    SAMI = "se", _("Sámi")
    UKRAINIAN = "uk", _("Ukrainian")
    RUSSIAN = "ru", _("Russian")
    ESTONIAN = "et", _("Estonian")
    ARABIC = "ar", _("Arabic")


class Source(models.TextChoices):
    OWNER = "owner", _("The organisation itself")
    INTERVIEW = "interview", _("Interview")
    COORDINATOR = "coordinator", _("Coordinator")
    IMPORT = "import", _("Imported list")


class Stage(Stages):
    DRAFT = "draft", "", _("Draft")
    UNCONFIRMED = "unconfirmed", "waiting", _("Waits for the organisation’s confirmation")
    PUBLISHED = "published", "open", pgettext_lazy("state of a capability", "Published")
    EXPIRED = "expired", "late", pgettext_lazy("state of a capability", "Expired")
    WITHDRAWN = "withdrawn", "stopped", pgettext_lazy("state of a capability", "Withdrawn")


# The disruptions that a record speaks of one by one: fields `<name>` and `<name>_note`.
DISRUPTIONS = ("power_cut", "comms_cut", "exceptional")


class CapabilityQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        """Confirmed, not expired, and of an organisation that is still a member."""
        today = timezone.localdate()
        return Q(Exists(_membership()), stage=Stage.PUBLISHED, expires_on__gte=today)

    def editor_condition(self, known: Audience) -> Q:
        """Who entered it, as long as that person belongs to the organisation."""
        return Q(entered_by=known.user_id, organisation__in=known.organisations)

    def open(self) -> Self:
        """Those that stand on the list, whoever looks."""
        return self.filter(self.published())

    def of_former_members(self) -> Self:
        return self.filter(~Exists(_membership()))

    def with_membership(self) -> Self:
        """Each row's `is_of_member`: whether its owner is a member today where its home is."""
        return self.annotate(is_of_member=Exists(_membership()))

    def overdue(self) -> Self:
        return self.filter(stage=Stage.PUBLISHED, expires_on__lt=timezone.localdate())


def _membership() -> models.QuerySet[CurrentMember]:
    """The owner's membership today in the record's home cluster."""
    return CurrentMember.objects.filter(
        organisation=OuterRef("organisation"), cluster=OuterRef("home_cluster")
    )


def refuse_reserved_slug(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is reserved."), code="reserved")


def _holds(label: _StrPromise) -> models.CharField[str, str]:
    return models.CharField(label, max_length=10, choices=Holds, default=Holds.UNKNOWN)


def _note(label: _StrPromise) -> models.CharField[str, str]:
    return models.CharField(label, max_length=200, blank=True, default="")


@audit.tracked(exclude=("search",))
class Capability(search.Searchable, Matchable, ClusterContent):
    """`dual_use` is narrower than the rest: see `shows_dual_use_to`."""

    match_related = ("terms", "regions", "organisation")
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=100, unique=True,
        validators=[refuse_reserved_slug],
    )  # fmt: skip
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind, blank=True, default="")
    title_fi = models.CharField(_("name"), max_length=120, validators=[MinLengthValidator(3)])
    title_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("name in English"), max_length=120, blank=True, default="")
    summary_fi = models.TextField(_("what it does"), max_length=400)
    summary_sv = models.TextField(
        _("what it does, in Swedish"), max_length=400, blank=True, default=""
    )
    summary_en = models.TextField(
        _("what it does, in English"), max_length=400, blank=True, default=""
    )
    description = models.TextField(_("how it is used"), max_length=6000, blank=True, default="")
    terms = models.ManyToManyField(
        Term, verbose_name=_("what it is made for"), blank=True, related_name="+"
    )
    is_humanitarian = models.BooleanField(_("supports humanitarian work"), default=False)
    regions = models.ManyToManyField(
        Term, verbose_name=_("regions of delivery"), blank=True, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    is_nationwide = models.BooleanField(_("delivered to the whole country"), default=False)
    is_remote = models.BooleanField(_("delivered remotely"), default=False)
    trl = models.PositiveSmallIntegerField(
        _("technology readiness level"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )  # fmt: skip
    in_disruption = _holds(_("in a disruption"))
    power_cut = _holds(_("in a power cut"))
    power_cut_note = _note(_("in a power cut, in words"))
    comms_cut = _holds(_("without mobile and data networks"))
    comms_cut_note = _note(_("without mobile and data networks, in words"))
    exceptional = _holds(_("in exceptional conditions"))
    exceptional_note = _note(_("in exceptional conditions, in words"))
    for_associations = models.CharField(
        _("for associations"), max_length=10, choices=ForAssociations, blank=True, default=""
    )
    association_terms = _note(_("terms for associations, in words"))
    other_terms = _note(_("terms for others, in words"))
    delivery = _note(_("how soon it can be had"))
    references = models.TextField(
        _("where it has been used"), max_length=2000, blank=True, default=""
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=ServiceLanguage),
        verbose_name=_("languages of service"), default=list, blank=True,
    )  # fmt: skip
    link = models.URLField(
        _("link"), max_length=500, blank=True, default="", validators=[BeginsWith("https", "http")]
    )
    dual_use = models.ForeignKey(
        Term, verbose_name=_("dual-use category"), null=True, blank=True,
        on_delete=models.PROTECT, limit_choices_to={"scheme": "dual_use"}, related_name="+",
        help_text=_("The organisation’s own estimate. It is no export-control decision."),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=20, choices=Source, default=Source.OWNER)
    source_note = _note(_("source, in words"))
    sourced_on = models.DateField(_("date of the source"), default=timezone.localdate)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("confirmed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True, editable=False)
    expires_on = models.DateField(_("valid until"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    external_id = models.CharField(
        _("identifier in imports"), max_length=80, blank=True, default=""
    )

    objects = CapabilityQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        ordering = ["-published_at", "-pk"]
        indexes = [
            search.index("members_capability_search"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(stage="published"),
                name="members_capability_newest",
            ),
            models.Index(fields=["home_cluster", "stage"], name="members_capability_queue"),
            models.Index(fields=["stage", "expires_on"], name="members_capability_expiring"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) | Q(kind="", stage="draft"),
                name="members_capability_kind_known",
            ),
            one_of("stage", Stage, name="members_capability_stage_known"),
            one_of("source", Source, name="members_capability_source_known"),
            one_of("visibility", Visibility, name="members_capability_visibility_known"),
            *(
                one_of(field, Holds, name=f"members_capability_{field}_known")
                for field in ("in_disruption", *DISRUPTIONS)
            ),
            models.CheckConstraint(
                condition=Q(for_associations__in=["", *ForAssociations.values]),
                name="members_capability_for_associations_known",
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=ServiceLanguage.values),
                name="members_capability_languages_known",
            ),
            models.CheckConstraint(
                condition=Q(trl__isnull=True) | Q(trl__range=(1, 9)),
                name="members_capability_trl_in_range",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False), name="members_capability_has_an_owner",
                violation_error_message=_("A capability belongs to an organisation."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP), name="members_capability_names_no_group",
                violation_error_message=_("A capability has no named group of readers."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS), name="members_capability_slug_free"
            ),
            together("confirmed_on", "expires_on", name="members_capability_confirmed_until"),
            models.CheckConstraint(
                condition=~Q(stage__in=["published", "expired"])
                | Q(confirmed_on__isnull=False, published_at__isnull=False),
                name="members_capability_published_when_confirmed",
            ),
            models.UniqueConstraint(
                fields=["home_cluster", "external_id"], condition=~Q(external_id=""),
                name="members_capability_external_id_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        names = (self.title_fi, self.title_sv, self.title_en)
        cleaning.refuse_links(*names)
        refuse_marked(*names, self.description, self.references, *self._sentences())

    def _sentences(self) -> list[str]:
        notes = [getattr(self, f"{name}_note") for name in (*DISRUPTIONS, "source")]
        summaries = [self.summary_fi, self.summary_sv, self.summary_en]
        return [*summaries, *notes, self.association_terms, self.other_terms, self.delivery]

    def get_absolute_url(self) -> str:
        return reverse("members:capability", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        """Only what every reader of the page may see: never the dual-use category."""
        terms = [every_language(term, "label") for term in self.terms.all()]
        regions = [every_language(term, "label") for term in self.regions.all()]
        return [
            ("A", every_language(self, "title")),
            ("B", every_translation(Kind(self.kind).label) if self.kind else ""),
            ("B", "\n".join(terms)),
            *self.owner_search_parts(),
            ("C", every_language(self, "summary")),
            ("C", richtext.plain(self.description)),
            ("D", self.references),
            ("D", "\n".join(regions)),
        ]

    @property
    def digest_line(self) -> str:
        return self.named_owner.title if self.named_owner else ""

    @property
    def has_expired(self) -> bool:
        is_over = bool(self.expires_on and self.expires_on < timezone.localdate())
        return self.stage == Stage.EXPIRED or (self.stage == Stage.PUBLISHED and is_over)

    def last_day(self, confirmed_on: datetime.date) -> datetime.date:
        """Until when a confirmation of that day holds, as the home cluster has settled."""
        months = confirmed_on.month - 1 + self.home_cluster.capability_months
        year, month = confirmed_on.year + months // 12, months % 12 + 1
        day = min(confirmed_on.day, calendar.monthrange(year, month)[1])
        return datetime.date(year, month, day)

    def shows_dual_use_to(self, user: Reader) -> bool:
        """The owner organisation's people and the home cluster's coordinators alone."""
        known = audience(user)
        is_own = self.organisation_id in known.organisations
        return known.is_admin or is_own or self.home_cluster_id in known.coordinates


audit.track_links(Capability.terms.through)
audit.track_links(Capability.regions.through)
