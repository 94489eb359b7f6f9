"""What may come: weak signals, trends, risks and scenarios, with what may be done of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import ClusterContent, SearchableContentQuerySet

if TYPE_CHECKING:
    from typing import Self

# Addresses under /situation/signals/ that are no signal.
RESERVED_SLUGS = frozenset(["propose", "report", "feed"])
MOST_SOURCES = 6
HIGHEST = 5


class Kind(models.TextChoices):
    WEAK = "weak", _("Weak signal")
    TREND = "trend", _("Trend")
    RISK = "risk", _("Risk")
    SCENARIO = "scenario", _("Scenario")


class Horizon(models.TextChoices):
    NOW = "now", _("now")
    YEAR = "year", _("1–2 years")
    FIVE = "five", _("3–5 years")
    LATER = "later", _("over 5 years")


class Stage(Stages):
    PROPOSED = "proposed", "waiting", pgettext_lazy("signal", "Waits for the coordinator")
    OPEN = "open", "open", pgettext_lazy("signal", "Followed")
    CLOSED = "closed", "done", pgettext_lazy("signal", "No longer followed")
    REJECTED = "rejected", "stopped", pgettext_lazy("signal", "Not taken up")


OUT = frozenset({Stage.OPEN, Stage.CLOSED})


class SignalQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=OUT)

    def editor_condition(self, known: Audience) -> Q:
        """Who proposed it, as long as nobody has taken it up."""
        return Q(author=known.user_id, stage__in=[Stage.PROPOSED, Stage.REJECTED])

    def followed(self) -> Self:
        return self.filter(stage=Stage.OPEN)

    def highest_first(self) -> Self:
        """By likelihood times impact."""
        scored = self.annotate(score=F("likelihood") * F("impact"))
        return scored.order_by(F("score").desc(nulls_last=True), "-published_at", "-pk")


@audit.tracked(exclude=("search",))
class Signal(Matchable, ClusterContent, Searchable):
    """`matched_at` is empty while nobody has been told of the opportunity in it."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.PROPOSED, editable=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.WEAK)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    text_fi = models.TextField(_("text in Finnish"), max_length=2000, blank=True, default="")
    text_sv = models.TextField(_("text in Swedish"), max_length=2000, blank=True, default="")
    text_en = models.TextField(_("text in English"), max_length=2000, blank=True, default="")
    horizon = models.CharField(_("horizon"), max_length=10, choices=Horizon, default=Horizon.YEAR)
    likelihood = models.PositiveSmallIntegerField(_("likelihood, 1–5"), null=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact, 1–5"), null=True, blank=True)
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    opportunity_fi = models.TextField(
        _("opportunity for companies, in Finnish"), max_length=600, blank=True, default=""
    )
    opportunity_sv = models.TextField(
        _("opportunity for companies, in Swedish"), max_length=600, blank=True, default=""
    )
    opportunity_en = models.TextField(
        _("opportunity for companies, in English"), max_length=600, blank=True, default=""
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    matched_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(
        _("the coordinator’s answer"), max_length=2000, blank=True, default="", editable=False
    )

    objects = SignalQuerySet.as_manager()
    title = InLanguage()
    text = InLanguage()
    opportunity = InLanguage()

    class Meta:
        verbose_name = _("signal of the future")
        verbose_name_plural = _("signals of the future")
        ordering = ["-published_at", "-pk"]
        indexes = [index("knowledge_signal_search")]
        constraints = [
            one_of("stage", Stage, name="knowledge_signal_stage_known"),
            one_of("kind", Kind, name="knowledge_signal_kind_known"),
            one_of("horizon", Horizon, name="knowledge_signal_horizon_known"),
            one_of("visibility", Visibility, name="knowledge_signal_visibility_known"),
            models.CheckConstraint(condition=~Q(title_fi=""), name="knowledge_signal_titled"),
            models.CheckConstraint(
                condition=Q(likelihood=None) | Q(likelihood__range=(1, HIGHEST)),
                name="knowledge_signal_likelihood_sane",
            ),
            models.CheckConstraint(
                condition=Q(impact=None) | Q(impact__range=(1, HIGHEST)),
                name="knowledge_signal_impact_sane",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(OUT))
                | Q(likelihood__isnull=False, impact__isnull=False, published_at__isnull=False),
                name="knowledge_signal_out_is_assessed",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="knowledge_signal_slug_not_reserved",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situation:signal", args=[self.slug])

    def clean(self) -> None:
        refuse_marked(*(every_language(self, stem) for stem in ("title", "text", "opportunity")))

    def search_parts(self) -> list[tuple[str, str]]:
        terms = list(self.terms.all())
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in terms)),
            ("D", every_translation(Kind(self.kind).label)),
            ("C", every_language(self, "text")),
            ("C", every_language(self, "opportunity")),
            *self.owner_search_parts(),
        ]

    @property
    def search_summary(self) -> str:
        return self.text[:300]

    @property
    def points(self) -> int:
        return (self.likelihood or 0) * (self.impact or 0)


class OfSignal(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(signal__in=Signal.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(signal__in=Signal.objects.editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(signal__in=Signal.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


@audit.tracked()
class SignalSource(models.Model):
    """Where it was seen; a source may have no address."""

    signal = models.ForeignKey(
        Signal, verbose_name=_("signal of the future"), on_delete=models.CASCADE,
        related_name="sources",
    )  # fmt: skip
    title = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True, default="", validators=[WEB])

    objects = OfSignal.as_manager()

    class Meta:
        verbose_name = _("source of a signal")
        verbose_name_plural = _("sources of signals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="knowledge_signalsource_titled")
        ]

    def __str__(self) -> str:
        return self.title


@audit.tracked()
class SignalSupport(models.Model):
    """Somebody has seen the same."""

    signal = models.ForeignKey(
        Signal, verbose_name=_("signal of the future"), on_delete=models.CASCADE,
        related_name="supports",
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("supporter"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    given_at = models.DateTimeField(_("given"), default=timezone.now, editable=False)

    objects = OfSignal.as_manager()

    class Meta:
        verbose_name = _("support of a signal")
        verbose_name_plural = _("supports of signals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["signal", "user"], name="knowledge_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.user_id}"


@audit.tracked()
class SignalUse(models.Model):
    """A decision in which the signal was used."""

    signal = models.ForeignKey(
        Signal, verbose_name=_("signal of the future"), on_delete=models.CASCADE,
        related_name="uses",
    )  # fmt: skip
    what = models.CharField(_("what was decided, and where"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True, default="", validators=[WEB])
    used_on = models.DateField(_("decided on"))

    objects = OfSignal.as_manager()

    class Meta:
        verbose_name = _("use of a signal in a decision")
        verbose_name_plural = _("uses of signals in decisions")
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="knowledge_signaluse_told")
        ]

    def __str__(self) -> str:
        return self.what


def coordinates(signal: Signal, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or signal.home_cluster_id in known.coordinates


MOVES = Workflow(
    open=Move(
        frozenset({Stage.PROPOSED, Stage.REJECTED, Stage.CLOSED}), Stage.OPEN, may=coordinates,
        label=_("Publish the signal"), style="primary",
    ),
    reject=Move(
        frozenset({Stage.PROPOSED}), Stage.REJECTED, may=coordinates,
        label=_("Do not take it up"), needs_reason=True,
    ),
    close=Move(
        frozenset({Stage.OPEN}), Stage.CLOSED, may=coordinates,
        label=_("Follow no longer"), needs_reason=True,
    ),
)  # fmt: skip

audit.track_links(Signal.terms.through)
