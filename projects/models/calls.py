"""Funding calls: who gives money for what, who may apply, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.facets import MAX_LENGTH
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.text.web_addresses import BeginsWith
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import ClusterContent, SearchableContentQuerySet
from members.models.kinds import Sector
from projects.budget import CostModel
from projects.models.projects import Instrument
from projects.models.shared import refuse_reserved

if TYPE_CHECKING:
    import datetime
    from typing import Self

    from cluster_portal.core.matching.features import Features


class State(models.TextChoices):
    """What the moments of a call say of it now; nothing is stored."""

    OPEN = "open", _("Open for applications")
    UPCOMING = "upcoming", _("Opens later")
    CLOSED = "closed", _("Closed")


def state_now() -> Case:
    now = timezone.now()
    return Case(
        When(opens_at__gt=now, then=Value(State.UPCOMING)),
        When(closes_at__lte=now, then=Value(State.CLOSED)),
        default=Value(State.OPEN),
        output_field=models.CharField(),
    )


class FundingCallQuerySet(SearchableContentQuerySet):
    def not_closed(self) -> Self:
        return self.exclude(closes_at__lte=timezone.now())

    def open(self) -> Self:
        """Those that take applications now."""
        now = timezone.now()
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=now), opens_at__lte=now)

    def to_match(self) -> Self:
        return self.not_closed().filter(Q(matched_at=None) | Q(matched_at__lt=F("updated_at")))

    def soonest_first(self) -> Self:
        """Those that can still be applied for by their deadline, then the closed, latest first."""
        over_at = Case(When(closes_at__lte=timezone.now(), then=F("closes_at")))
        soonest = F("closes_at").asc(nulls_last=True)
        return self.order_by(over_at.desc(nulls_first=True), soonest, "pk")


@audit.tracked(exclude=("search", "matched_at"))
class FundingCall(ClusterContent, Searchable, Matchable):
    """`closes_at` is missing where applications are taken all the time.

    It is matched with the ideas whenever it has changed since `matched_at`, which is empty until
    those whose idea it fits have been told of it.
    """

    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=100, unique=True,
        validators=[refuse_reserved],
    )  # fmt: skip
    external_id = models.CharField(
        _("identifier in imports"), max_length=80, blank=True, default=""
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    funder = models.CharField(_("funder"), max_length=MAX_LENGTH)
    instrument = models.CharField(_("funding instrument"), max_length=30, choices=Instrument)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    applicants = ArrayField(
        models.CharField(max_length=20, choices=Sector), verbose_name=_("who may apply"),
        default=list, blank=True,
    )  # fmt: skip
    eligibility = models.TextField(
        _("conditions for applicants"), max_length=2000, blank=True, default=""
    )
    cost_models = ArrayField(
        models.CharField(max_length=10, choices=CostModel), verbose_name=_("cost models"),
        default=list, blank=True,
    )  # fmt: skip
    link = models.URLField(
        _("link to the call"), max_length=500, validators=[BeginsWith("https", "http")]
    )
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"))
    # Since when others than its owners see it.
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    matched_at = models.DateTimeField(null=True, editable=False)
    terms = models.ManyToManyField(
        Term, verbose_name=_("themes and regions"), blank=True, related_name="+"
    )

    objects = FundingCallQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("funding call")
        verbose_name_plural = _("funding calls")
        ordering = ["closes_at", "pk"]
        indexes = [index("projects_fundingcall_search")]
        constraints = [
            one_of("visibility", Visibility, name="projects_fundingcall_visibility_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP),
                name="projects_fundingcall_names_no_group",
                violation_error_message=_("A funding call has no named group of readers."),
            ),
            one_of("instrument", Instrument, name="projects_fundingcall_instrument_known"),
            in_order("opens_at", "closes_at", name="projects_fundingcall_opens_before_it_closes"),
            models.CheckConstraint(
                condition=Q(applicants__contained_by=Sector.values),
                name="projects_fundingcall_applicants_known",
            ),
            models.CheckConstraint(
                condition=Q(cost_models__contained_by=CostModel.values),
                name="projects_fundingcall_cost_models_known",
            ),
            models.UniqueConstraint(
                fields=["home_cluster", "external_id"], condition=~Q(external_id=""),
                name="projects_fundingcall_external_id_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        names = (self.title_fi, self.title_sv, self.title_en, self.funder)
        cleaning.refuse_links(*names)
        refuse_marked(*names, self.summary_fi, self.summary_sv, self.summary_en, self.eligibility)
        if self.closes_at and self.opens_at and self.closes_at < self.opens_at:
            raise ValidationError({"closes_at": _("A call closes after it has opened.")})

    def get_absolute_url(self) -> str:
        return reverse("projects:call", args=[self.slug])

    @property
    def useful_until(self) -> datetime.datetime | None:
        """News of it come too late after that."""
        return self.closes_at

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("B", self.funder),
            ("B", every_translation(Instrument(self.instrument).label)),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            ("C", every_language(self, "summary")),
            ("D", self.eligibility),
        ]

    def match_features(self) -> Features:
        """What is funded: who funds, where and on which conditions is no subject."""
        bag = Bag()
        bag.add(every_language(self, "title"), WEIGHTS["A"])
        bag.add(every_language(self, "summary"), WEIGHTS["C"])
        bag.add_terms(term for term in self.terms.all() if term.scheme != Scheme.REGION)
        return bag.as_document()

    def match_texts(self) -> list[str]:
        """What a reason may quote, in the reader's language: its page shows all of it."""
        return [self.title, self.summary]

    @property
    def state(self) -> State:
        now = timezone.now()
        if self.opens_at > now:
            return State.UPCOMING
        return State.CLOSED if self.closes_at and self.closes_at <= now else State.OPEN


audit.track_links(FundingCall.terms.through)
