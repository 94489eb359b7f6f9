"""Tender notices: what somebody buys, until when, and where the official notice stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import one_of
from cluster_portal.core.facets import MAX_LENGTH
from cluster_portal.core.matching.features import Bag, Features
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import every_language
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models.capabilities import Capability
from members.models.content import ClusterContent, SearchableContentQuerySet

if TYPE_CHECKING:
    from typing import Self

RESERVED_SLUGS = ("propose", "feed", "search", "new")
THEMES = (Scheme.SECURITY_TASK, Scheme.CRITICAL_SECTOR, Scheme.VITAL_FUNCTION)


class Stage(Stages):
    PROPOSED = "proposed", "waiting", pgettext_lazy("tender notice", "Waits for a coordinator")
    PUBLISHED = "published", "open", pgettext_lazy("tender notice", "Published")
    REJECTED = "rejected", "stopped", pgettext_lazy("tender notice", "Not published")
    WITHDRAWN = "withdrawn", "stopped", pgettext_lazy("tender notice", "Withdrawn")


class State(models.TextChoices):
    """What the deadline says of a notice now; nothing is stored."""

    OPEN = "open", _("Open for tenders")
    CLOSED = "closed", pgettext_lazy("tender notice", "Closed")


def state_now() -> Case:
    closed = When(closes_at__lte=timezone.now(), then=Value(State.CLOSED))
    return Case(closed, default=Value(State.OPEN), output_field=models.CharField())


class TenderNoticeQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage=Stage.PUBLISHED)

    def editor_condition(self, known: Audience) -> Q:
        """Who proposed it follows what becomes of it; a coordinator alone changes it."""
        return Q(proposed_by=known.user_id)

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        if known.user_id is None:
            return self.none()
        return self if known.is_admin else self.filter(home_cluster__in=known.coordinates)

    def listed(self) -> Self:
        """What stands on the list, whoever looks."""
        return self.filter(self.published())

    def not_closed(self) -> Self:
        return self.filter(self.published(), closes_at__gt=timezone.now())

    def soonest_first(self) -> Self:
        """Open ones by their deadline, then the closed, latest first."""
        over_at = Case(When(closes_at__lte=timezone.now(), then=F("closes_at")))
        return self.order_by(over_at.desc(nulls_first=True), "closes_at", "pk")


@audit.tracked(exclude=("search",))
class TenderNotice(search.Searchable, Matchable, ClusterContent):
    """The official notice alone is binding; the link is shown and never fetched."""

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    external_id = models.CharField(
        _("identifier in imports"), max_length=80, blank=True, default=""
    )
    stage = models.CharField(_("state"), max_length=10, choices=Stage, default=Stage.PROPOSED)
    title = models.CharField(_("title"), max_length=200)
    buyer = models.CharField(_("buyer"), max_length=MAX_LENGTH)
    summary = models.TextField(_("what is bought"), max_length=1000)
    conditions = models.TextField(
        _("conditions for tenderers"), max_length=2000, blank=True, default=""
    )
    link = models.URLField(_("link to the official notice"), max_length=500, validators=[WEB])
    closes_at = models.DateTimeField(_("deadline"))
    source = models.CharField(_("source"), max_length=200)
    checked_on = models.DateField(_("checked on"), default=timezone.localdate)
    terms = models.ManyToManyField(
        Term, verbose_name=_("themes and regions"), blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    decision_reason = models.TextField(
        _("reason for the decision"), max_length=1000, blank=True, default=""
    )

    objects = TenderNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tender notice")
        verbose_name_plural = _("tender notices")
        ordering = ["closes_at", "pk"]
        indexes = [search.index("members_tendernotice_search")]
        constraints = [
            one_of("stage", Stage, name="members_tendernotice_stage_known"),
            one_of("visibility", Visibility, name="members_tendernotice_visibility_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP),
                name="members_tendernotice_names_no_group",
                violation_error_message=_("A tender notice has no named group of readers."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(published_at__isnull=False),
                name="members_tendernotice_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REJECTED) | ~Q(decision_reason=""),
                name="members_tendernotice_rejected_with_reason",
            ),
            models.UniqueConstraint(
                fields=["home_cluster", "external_id"], condition=~Q(external_id=""),
                name="members_tendernotice_external_id_once",
            ),
            models.UniqueConstraint(
                fields=["home_cluster", "link"],
                condition=Q(stage__in=[Stage.PROPOSED, Stage.PUBLISHED]),
                name="members_tendernotice_link_once",
                violation_error_message=_("This notice is here already: the link is the same."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title, self.buyer)
        refuse_marked(self.title, self.buyer, self.summary, self.conditions)
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("This address is reserved.")})

    def get_absolute_url(self) -> str:
        return reverse("members:tender", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", self.title),
            ("B", self.buyer),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            ("C", self.summary),
            ("D", self.conditions),
        ]

    def match_features(self) -> Features:
        """What is bought: a buyer, a region and a condition are no subject."""
        bag = Bag()
        bag.add(self.title, 2.0)
        bag.add(self.summary, 1.0)
        bag.add_terms(term for term in self.terms.all() if term.scheme != Scheme.REGION)
        return bag.as_wish()

    @property
    def state(self) -> State:
        return State.CLOSED if self.closes_at <= timezone.now() else State.OPEN


audit.track_links(TenderNotice.terms.through)


class TenderFit(models.Model):
    """A capability that fits a notice, as it was last matched; its owner has been told once."""

    tender = models.ForeignKey(TenderNotice, on_delete=models.CASCADE, related_name="fits")
    capability = models.ForeignKey(Capability, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["tender", "capability"], name="members_tenderfit_once")
        ]

    def __str__(self) -> str:
        return f"{self.tender_id} {self.capability_id}"


def _coordinates(tender: TenderNotice, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or tender.home_cluster_id in known.coordinates


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.PROPOSED, Stage.WITHDRAWN}), Stage.PUBLISHED, may=_coordinates,
        label=_("Publish"), style="primary",
    ),
    reject=Move(
        frozenset({Stage.PROPOSED}), Stage.REJECTED, may=_coordinates,
        label=_("Do not publish"), needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.PUBLISHED}), Stage.WITHDRAWN, may=_coordinates, label=_("Withdraw"),
        style="danger", needs_reason=True,
    ),
)  # fmt: skip
