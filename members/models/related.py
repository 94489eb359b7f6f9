"""The register of related clusters and initiatives elsewhere, and how they relate to ours."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning, web_addresses
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Workflow
from members.models.content import ClusterContent, SearchableContentQuerySet

if TYPE_CHECKING:
    from typing import Self


class Relation(models.TextChoices):
    PARTNER = "partner", _("Works with us")
    PARALLEL = "parallel", _("Works on the same things elsewhere")
    CONTINUATION = "continuation", _("Goes on from our work, or we from theirs")


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a coordinator")
    PUBLISHED = "published", pgettext_lazy("initiative", "Published")
    DECLINED = "declined", pgettext_lazy("initiative", "Not taken in")
    ENDED = "ended", pgettext_lazy("initiative", "Ended")


# Addresses under /projects/initiatives/ that mean something else than an initiative.
RESERVED_SLUGS = frozenset(["propose", "overlap", "feed"])


class RelatedClusterQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=[Stage.PUBLISHED, Stage.ENDED])

    def editable_by(self, user: Reader) -> Self:
        """The register is the coordinators'; members propose."""
        return self.managed_by(user)

    def _own_side(self, known: Audience) -> Q:
        """Who proposed it sees what became of it."""
        if known.user_id is None:
            return Q(pk__in=[])
        return Q(home_cluster__in=known.coordinates) | Q(proposer=known.user_id)

    def going_on(self) -> Self:
        return self.filter(stage=Stage.PUBLISHED)

    def with_shown(self) -> Self:
        return self.select_related("home_cluster").prefetch_related("regions", "terms")


@audit.tracked(exclude=("search",))
class RelatedCluster(ClusterContent, Searchable):
    """A cluster or an initiative; `form_key` comes with the form of who proposes it."""

    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=100, unique=True, blank=True
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.PUBLISHED, editable=False
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    published_at = models.DateTimeField(
        _("published"), default=timezone.now, editable=False, null=True
    )
    is_lead = models.BooleanField(
        _("its region leads"), default=False,
        help_text=_("The region carries this theme for the whole country."),
    )  # fmt: skip
    name_fi = models.CharField(_("name in Finnish"), max_length=200)
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    owner = models.CharField(_("who carries it"), max_length=200, blank=True, default="")
    link = models.URLField(_("website"), blank=True, default="", validators=[web_addresses.WEB])
    regions = models.ManyToManyField(
        Term, verbose_name=_("regions"), blank=True, related_name="+",
        limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))

    objects = RelatedClusterQuerySet.as_manager()
    name = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("related cluster")
        verbose_name_plural = _("related clusters")
        ordering = ["name_fi", "pk"]
        indexes = [index("members_relatedcluster_search")]
        constraints = [
            one_of("stage", Stage, name="members_relatedcluster_stage_known"),
            one_of("visibility", Visibility, name="members_relatedcluster_visibility_known"),
            models.CheckConstraint(
                condition=~Q(slug="") & ~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="members_relatedcluster_slug_not_reserved",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.PROPOSED, Stage.DECLINED])
                | Q(published_at__isnull=False),
                name="members_relatedcluster_published_has_moment",
            ),
            one_of("relation", Relation, name="members_relatedcluster_relation_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever adds one need not think of its address."""
        self.slug = self.slug or cleaning.free_slug(
            RelatedCluster.objects.all(), self.name_fi, empty="aloite", reserved=RESERVED_SLUGS
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("projects:initiative", args=[self.slug])

    @property
    def title(self) -> str:
        return str(self.name)

    @property
    def search_summary(self) -> str:
        return str(self.summary)

    def search_parts(self) -> list[tuple[str, str]]:
        terms = [every_language(term, "label") for term in (*self.terms.all(), *self.regions.all())]
        return [
            ("A", every_language(self, "name")),
            ("B", self.owner),
            ("B", "\n".join(terms)),
            ("B", every_translation(Relation(self.relation).label)),
            ("C", every_language(self, "summary")),
        ]

    def clean(self) -> None:
        cleaning.refuse_links(self.name_fi, self.name_sv, self.name_en, self.owner)
        refuse_marked(self.name_fi, self.name_sv, self.name_en)
        refuse_marked(self.summary_fi, self.summary_sv, self.summary_en)
        refuse_marked(self.owner, self.source)


def _coordinates(initiative: RelatedCluster, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or initiative.home_cluster_id in known.coordinates


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.PROPOSED, Stage.DECLINED, Stage.ENDED}), Stage.PUBLISHED,
        may=_coordinates, label=_("Publish"), style="primary",
    ),
    decline=Move(
        frozenset({Stage.PROPOSED}), Stage.DECLINED, may=_coordinates,
        label=_("Do not take in"), needs_reason=True,
    ),
    end=Move(
        frozenset({Stage.PUBLISHED}), Stage.ENDED, may=_coordinates, label=_("Mark as ended")
    ),
)  # fmt: skip


audit.track_links(RelatedCluster.regions.through)
audit.track_links(RelatedCluster.terms.through)
