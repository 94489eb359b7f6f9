"""Test environments: places, equipment and groups with whom something can be tried."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language
from cluster_portal.core.text.web_addresses import BeginsWith
from cluster_portal.core.visibility import Audience, Visibility
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import (
    Capability,
    ClusterContent,
    SearchableContentQuerySet,
)
from members.models.capabilities import Kind as CapabilityKind
from members.models.capabilities import ServiceLanguage
from projects.models.shared import edits

if TYPE_CHECKING:
    from typing import Self

# Addresses under /projects/testbeds/ that mean something else than a test environment.
RESERVED_SLUGS = frozenset(["propose", "feed"])
# The capabilities of an organisation that a test environment can be a part of (DOMAIN 2.17).
PART_OF = (
    CapabilityKind.FACILITY, CapabilityKind.LABORATORY, CapabilityKind.RESEARCH_GROUP,
    CapabilityKind.COURSE,
)  # fmt: skip


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    OPEN = "open", "open", pgettext_lazy("test environment", "Can be used")
    PAUSED = "paused", "waiting", pgettext_lazy("test environment", "Not available now")
    WITHDRAWN = "withdrawn", "stopped", pgettext_lazy("test environment", "Withdrawn")


PUBLISHED = frozenset({Stage.OPEN, Stage.PAUSED})


class TestEnvironmentQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=sorted(PUBLISHED))

    def editor_condition(self, known: Audience) -> Q:
        """Who entered it, as long as they belong to the organisation."""
        return Q(teller=known.user_id, organisation__in=known.organisations)

    def open(self) -> Self:
        return self.filter(stage=Stage.OPEN)


@audit.tracked(exclude=("search",))
class TestEnvironment(ClusterContent, Searchable, Matchable):
    """`capability` is the laboratory, facility, group or course that it belongs to, if any.

    `form_key` comes with the form, so that sending it twice makes one.
    """

    __test__ = False  # no test case, whatever its name looks like

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    title_fi = models.CharField(_("name"), max_length=160)
    title_sv = models.CharField(_("name in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("name in English"), max_length=160, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=400)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=400, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=400, blank=True, default="")
    offers = models.TextField(_("what can be tried"), max_length=4000, blank=True, default="")
    users = models.TextField(_("who may use it"), max_length=1000, blank=True, default="")
    permits = models.TextField(_("permits needed"), max_length=1000, blank=True, default="")
    availability = models.CharField(_("availability"), max_length=200, blank=True, default="")
    price = models.CharField(_("price"), max_length=200, blank=True, default="")
    place = models.CharField(
        _("place"), max_length=120, blank=True, default="",
        help_text=_("The town is enough. Tell no exact place of a protected site."),
    )  # fmt: skip
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"}, related_name="+",
    )  # fmt: skip
    languages = ArrayField(
        models.CharField(max_length=2, choices=ServiceLanguage),
        verbose_name=_("languages of service"), default=list, blank=True,
    )  # fmt: skip
    link = models.URLField(
        _("link"), max_length=500, blank=True, default="", validators=[BeginsWith("https", "http")]
    )
    capability = models.ForeignKey(
        Capability, verbose_name=_("part of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = TestEnvironmentQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("test environment")
        verbose_name_plural = _("test environments")
        ordering = ["-published_at", "-pk"]
        indexes = [
            index("projects_testbed_search"),
            models.Index(fields=["-published_at", "-id"], name="projects_testbed_newest"),
        ]
        constraints = [
            one_of("stage", Stage, name="projects_testenvironment_stage_known"),
            one_of("visibility", Visibility, name="projects_testenvironment_visibility_known"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False),
                name="projects_testenvironment_has_owner",
                violation_error_message=_("A test environment belongs to an organisation."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP),
                name="projects_testenvironment_names_no_group",
                violation_error_message=_("A test environment has no named group of readers."),
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=ServiceLanguage.values),
                name="projects_testenvironment_languages_known",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(PUBLISHED)) | Q(published_at__isnull=False),
                name="projects_testenvironment_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="projects_testenvironment_slug_not_reserved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en, self.offers, self.users, self.permits, self.availability, self.price,
            self.place,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("projects:testbed", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        terms = [*self.terms.all(), *([self.region] if self.region else [])]
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in terms)),
            *self.owner_search_parts(),
            ("C", every_language(self, "summary")),
            ("C", self.offers),
            ("D", "\n".join([self.users, self.permits, self.availability, self.place])),
        ]

    def match_texts(self) -> list[str]:
        """What a reason may quote: whoever sees it reads all of it."""
        return [self.title, self.summary, self.offers]

    @property
    def digest_line(self) -> str:
        return self.named_owner.title if self.named_owner else ""

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.DRAFT, Stage.WITHDRAWN}), Stage.OPEN, may=edits, label=_("Publish"),
        style="primary",
    ),
    pause=Move(frozenset({Stage.OPEN}), Stage.PAUSED, may=edits, label=_("Not available now")),
    resume=Move(frozenset({Stage.PAUSED}), Stage.OPEN, may=edits, label=_("Available again")),
    withdraw=Move(
        frozenset({Stage.DRAFT, *PUBLISHED}), Stage.WITHDRAWN, may=edits, label=_("Withdraw"),
        style="danger",
    ),
)  # fmt: skip


audit.track_links(TestEnvironment.terms.through)
