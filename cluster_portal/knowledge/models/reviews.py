"""The situation review of a region and quarter: four themes assessed together, then approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, vocabulary
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language
from cluster_portal.core.visibility import Reader, Visibility, audience
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from cluster_portal.knowledge.models import periods
from cluster_portal.knowledge.models.periods import Interval
from cluster_portal.notifications.models import Letter
from members.models import (
    ClusterContent,
    Organisation,
    SearchableContentQuerySet,
)

if TYPE_CHECKING:
    from typing import Self

# Addresses under /situation/reviews/ that are no review.
RESERVED_SLUGS = frozenset(["feed", "new"])


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    PROPOSED = "proposed", "running", pgettext_lazy("situation review", "Proposed")
    APPROVED = "approved", "done", pgettext_lazy("situation review", "Approved")


class Level(Stages):
    """The look is that of a status: colour never tells alone."""

    GREEN = "green", "done", _("Green")
    YELLOW = "yellow", "waiting", _("Yellow")
    RED = "red", "late", _("Red")


class Trend(models.TextChoices):
    BETTER = "better", _("getting better")
    SAME = "same", _("unchanged")
    WORSE = "worse", _("getting worse")


def themes() -> list[Term]:
    return vocabulary.terms(Scheme.ATT_THEME)


class ReviewQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        """Members of the cluster see what is proposed, to say whether they agree."""
        return Q(stage=Stage.APPROVED)

    def editor_condition(self, known: Any) -> Q:
        """No editors beside the coordinators."""
        return Q(pk__in=[])

    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        seen: Self = super().visible_to(user)
        if not known.member_clusters:
            return seen
        asked = Q(stage=Stage.PROPOSED, home_cluster__in=known.member_clusters)
        return self.filter(Q(pk__in=seen.order_by().values("pk")) | asked)

    def editable_by(self, user: Reader) -> Self:
        return self.none() if audience(user).user_id is None else self.in_scope_of(user)

    def approved(self) -> Self:
        return self.filter(stage=Stage.APPROVED)

    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-pk")


@audit.tracked(exclude=("search",))
class SituationReview(ClusterContent, Searchable):
    """Of the region of its home cluster. `letter` is the one that it was sent as."""

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    starts_on = models.DateField(_("first day of the period"))
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    lead_fi = models.TextField(_("in one sentence, in Finnish"), max_length=300)
    lead_sv = models.TextField(
        _("in one sentence, in Swedish"), max_length=300, blank=True, default=""
    )
    lead_en = models.TextField(
        _("in one sentence, in English"), max_length=300, blank=True, default=""
    )
    meaning_fi = models.TextField(_("what it means, in Finnish"), max_length=3000)
    meaning_sv = models.TextField(
        _("what it means, in Swedish"), max_length=3000, blank=True, default=""
    )
    meaning_en = models.TextField(
        _("what it means, in English"), max_length=3000, blank=True, default=""
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True, editable=False)
    approved_in = models.CharField(
        _("where it was approved"), max_length=200, blank=True, default="", editable=False
    )
    answer = models.TextField(
        _("what was asked for"), max_length=2000, blank=True, default="", editable=False
    )
    letter = models.ForeignKey(
        Letter, verbose_name=_("letter"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", editable=False,
    )  # fmt: skip

    objects = ReviewQuerySet.as_manager()
    lead = InLanguage()
    meaning = InLanguage()

    class Meta:
        verbose_name = _("situation review")
        verbose_name_plural = _("situation reviews")
        ordering = ["-starts_on", "-pk"]
        indexes = [index("knowledge_review_search")]
        constraints = [
            one_of("stage", Stage, name="knowledge_review_stage_known"),
            one_of("visibility", Visibility, name="knowledge_review_visibility_known"),
            models.UniqueConstraint(
                fields=["home_cluster", "starts_on"], name="knowledge_review_once_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__day=1, starts_on__month__in=[1, 4, 7, 10]),
                name="knowledge_review_quarter_begins",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.APPROVED, approved_at__isnull=False)
                | ~Q(stage=Stage.APPROVED) & Q(approved_at=None),
                name="knowledge_review_approved_has_moment",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:review", args=[self.slug])

    def clean(self) -> None:
        refuse_marked(every_language(self, "lead"), every_language(self, "meaning"))

    @property
    def region(self) -> Term:
        return self.home_cluster.region

    @property
    def title(self) -> str:
        values = {"region": self.region, "period": periods.name(self.starts_on, Interval.QUARTER)}
        return _("Situation review %(period)s, %(region)s") % values

    def search_parts(self) -> list[tuple[str, str]]:
        assessments = list(self.assessments.select_related("theme"))
        return [
            ("A", every_language(self.region, "label")),
            ("B", every_language(self, "lead")),
            ("C", every_language(self, "meaning")),
            *(("C", every_language(each, "reasons")) for each in assessments),
        ]

    @property
    def search_summary(self) -> str:
        return self.lead

    @property
    def is_out(self) -> bool:
        return self.stage == Stage.APPROVED

    @property
    def missing(self) -> list[Term]:
        """Themes that nobody has assessed."""
        done = set(self.assessments.values_list("theme", flat=True))
        return [theme for theme in themes() if theme.pk not in done]


class OfReview(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(review__in=SituationReview.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(review__in=SituationReview.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(review__in=SituationReview.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class Assessment(models.Model):
    """One theme of a review: how it stands, why, where it goes."""

    review = models.ForeignKey(
        SituationReview, verbose_name=_("situation review"), on_delete=models.CASCADE,
        related_name="assessments",
    )  # fmt: skip
    theme = models.ForeignKey(
        Term, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"scheme": "att_theme"},
    )  # fmt: skip
    level = models.CharField(_("how it stands"), max_length=10, choices=Level)
    trend = models.CharField(_("trend"), max_length=10, choices=Trend)
    reasons_fi = models.TextField(_("reasons in Finnish"), max_length=600)
    reasons_sv = models.TextField(_("reasons in Swedish"), max_length=600, blank=True, default="")
    reasons_en = models.TextField(_("reasons in English"), max_length=600, blank=True, default="")
    forecast = models.CharField(_("forecast for the next period"), max_length=10, choices=Level)

    objects = OfReview.as_manager()
    reasons = InLanguage()

    class Meta:
        verbose_name = _("assessment of a theme")
        verbose_name_plural = _("assessments of themes")
        ordering = ["theme", "pk"]
        constraints = [
            one_of("level", Level, name="knowledge_assessment_level_known"),
            one_of("trend", Trend, name="knowledge_assessment_trend_known"),
            one_of("forecast", Level, name="knowledge_assessment_forecast_known"),
            models.UniqueConstraint(
                fields=["review", "theme"], name="knowledge_assessment_once_a_theme"
            ),
            models.CheckConstraint(
                condition=~Q(reasons_fi=""), name="knowledge_assessment_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.get_level_display()}"

    def clean(self) -> None:
        refuse_marked(every_language(self, "reasons"))

    @property
    def words(self) -> str:
        """Red, getting worse"""
        return f"{self.get_level_display()}, {self.get_trend_display()}"


@audit.tracked()
class Agreement(models.Model):
    """Whether a member organisation agrees with what was proposed; if not, what it sees otherwise.

    The last word of an organisation stands.
    """

    review = models.ForeignKey(
        SituationReview, verbose_name=_("situation review"), on_delete=models.CASCADE,
        related_name="agreements",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    agrees = models.BooleanField(_("agrees"))
    otherwise = models.CharField(
        _("what it sees otherwise"), max_length=600, blank=True, default=""
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    objects = OfReview.as_manager()

    class Meta:
        verbose_name = _("opinion on a situation review")
        verbose_name_plural = _("opinions on situation reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "organisation"], name="knowledge_agreement_once"
            ),
            models.CheckConstraint(
                condition=Q(agrees=True, otherwise="") | Q(agrees=False) & ~Q(otherwise=""),
                name="knowledge_agreement_says_what_otherwise",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def clean(self) -> None:
        refuse_marked(self.otherwise)
        cleaning.refuse_links(self.otherwise)


def coordinates(review: SituationReview, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or review.home_cluster_id in known.coordinates


MOVES = Workflow(
    propose=Move(
        frozenset({Stage.DRAFT}), Stage.PROPOSED, may=coordinates,
        label=_("Propose to the members"), style="primary",
    ),
    approve=Move(
        frozenset({Stage.PROPOSED}), Stage.APPROVED, may=coordinates,
        label=_("Approve"), style="primary", needs_reason=True,
    ),
    send_back=Move(
        frozenset({Stage.PROPOSED}), Stage.DRAFT, may=coordinates,
        label=_("Return to draft"), needs_reason=True,
    ),
    reopen=Move(
        frozenset({Stage.APPROVED}), Stage.DRAFT, may=coordinates,
        label=_("Open for correction"), style="danger", needs_reason=True,
    ),
)  # fmt: skip
