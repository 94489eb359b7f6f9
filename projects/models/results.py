"""Results: what came of work, told on one page, so that whoever decides can use it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import (
    ClusterContent,
    Organisation,
    SearchableContentQuerySet,
)
from projects.models.challenges import Challenge
from projects.models.measures import Measure
from projects.models.pilots import Pilot
from projects.models.projects import Project
from projects.models.shared import edits, refuse_reserved

if TYPE_CHECKING:
    from typing import Self

# Addresses under /projects/results/ that mean something else than a result.
RESERVED_SLUGS = frozenset(["propose", "feed", "outcomes", "files", "uses"])
MAX_RECOMMENDATIONS = 5


class Kind(models.TextChoices):
    BRIEF = "brief", _("Decision brief")
    PUBLICATION = "publication", _("Publication")
    MODEL = "model", _("Operating model")
    TOOL = "tool", _("Tool or checklist")
    DATA = "data", _("Data set")
    PRODUCT = "product", _("Product or service")
    TRAINING = "training", _("Training or teaching material")
    OTHER = "other", pgettext_lazy("kind of result", "Other result")


class Level(models.TextChoices):
    """Whose decision it serves (DOMAIN row 20)."""

    POLITICAL = "political", _("Political level")
    ADMINISTRATIVE = "administrative", _("Administrative level")
    OPERATIONAL = "operational", _("Operational level")


class Language(models.TextChoices):
    FI = "fi", _("Finnish")
    SV = "sv", _("Swedish")
    EN = "en", _("English")
    OTHER = "other", _("Another language")


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    IN_REVIEW = "in_review", "waiting", _("In review")
    PUBLISHED = "published", "done", pgettext_lazy("result", "Published")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")


UNPUBLISHED = frozenset({Stage.DRAFT, Stage.IN_REVIEW})


class ResultQuerySet(SearchableContentQuerySet):
    def editor_condition(self, known: Audience) -> Q:
        """Who told it, as long as they belong to the organisation."""
        return Q(teller=known.user_id, organisation__in=known.organisations)

    def published(self) -> Q:
        return Q(stage=Stage.PUBLISHED)

    def out(self) -> Self:
        return self.filter(self.published())

    def with_use(self) -> Self:
        """Whether a decision that used it is confirmed: `is_used`."""
        uses = self.model._meta.apps.get_model("projects", "ResultUse").objects
        return self.annotate(is_used=Exists(uses.filter(result=OuterRef("pk"), stage="confirmed")))

    def used(self) -> Self:
        return self.with_use().filter(is_used=True)

    def unused(self) -> Self:
        """Published, and nobody has told yet where it was used."""
        return self.out().with_use().filter(is_used=False)


@audit.tracked(exclude=("search",))
class Result(ClusterContent, Searchable):
    """`form_key` comes with the form, so that sending it twice makes one result.

    `year` and `number` are given when it is published, and stay.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"),
        max_length=100,
        unique=True,
        validators=[refuse_reserved],
    )
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BRIEF)
    level = models.CharField(
        _("decision level"), max_length=20, choices=Level, default=Level.ADMINISTRATIVE
    )
    languages = ArrayField(
        models.CharField(max_length=10, choices=Language), verbose_name=_("languages"),
        default=list, blank=True,
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, editable=False)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=300)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=300, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=300, blank=True, default="")
    why = models.TextField(_("why now"), max_length=700, blank=True, default="")
    costs = models.TextField(
        _("what it costs"), max_length=600, blank=True, default="",
        help_text=_("A line for each: what it is, a colon, what it costs."),
    )  # fmt: skip
    unknown = models.TextField(_("what is not known"), max_length=500, blank=True, default="")
    sources = models.TextField(_("sources"), max_length=500, blank=True, default="")
    figure_title = models.CharField(_("figure"), max_length=80, blank=True, default="")
    before_words = models.CharField(_("before, in words"), max_length=60, blank=True, default="")
    before = models.PositiveIntegerField(_("figure before"), null=True, blank=True)
    after_words = models.CharField(_("now, in words"), max_length=60, blank=True, default="")
    after = models.PositiveIntegerField(_("figure now"), null=True, blank=True)
    makers = models.ManyToManyField(
        Organisation, verbose_name=_("makers"), blank=True, related_name="results"
    )
    other_makers = models.CharField(_("other makers"), max_length=300, blank=True, default="")
    link = models.URLField(
        _("link"), max_length=500, blank=True, default="",
        validators=[WEB],
    )  # fmt: skip
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="results",
    )  # fmt: skip
    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="results",
    )  # fmt: skip
    pilot = models.ForeignKey(
        Pilot, verbose_name=_("pilot"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="results",
    )  # fmt: skip
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="results",
        help_text=_("The measures of the action programme that this result is evidence of."),
    )  # fmt: skip
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("contact person"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
        help_text=_("Shown to signed-in members only."),
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = ResultQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("of work", "result")
        verbose_name_plural = pgettext_lazy("of work", "results")
        ordering = ["-published_at", "-pk"]
        indexes = [index("projects_result_search")]
        constraints = [
            one_of("stage", Stage, name="projects_result_stage_known"),
            one_of("kind", Kind, name="projects_result_kind_known"),
            one_of("level", Level, name="projects_result_level_known"),
            one_of("visibility", Visibility, name="projects_result_visibility_known"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(Language.values)),
                name="projects_result_languages_known",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="projects_result_slug_not_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED)
                | Q(published_at__isnull=False, number__isnull=False),
                name="projects_result_published_has_number",
            ),
            models.UniqueConstraint(fields=["year", "number"], name="projects_result_number_once"),
            together("year", "number", name="projects_result_number_of_a_year"),
            together("before", "after", name="projects_result_figures_together"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(*(getattr(self, name) for name in TEXTS))
        if self.organisation_id is None:
            raise ValidationError({"organisation": _("Choose whose result this is.")})

    def get_absolute_url(self) -> str:
        return reverse("projects:result", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            *self.owner_search_parts(),
            ("D", every_translation(Kind(self.kind).label)),
            ("D", every_translation(Level(self.level).label)),
            ("C", every_language(self, "summary")),
            *(("C", text) for text in (self.why, self.unknown, self.sources)),
            *(("C", f"{each.title}\n{each.detail}") for each in self.recommendations.all()),
        ]

    @property
    def label(self) -> str:
        """2026-017; empty for what is not published yet."""
        return f"{self.year}-{self.number:03}" if self.number else ""

    @property
    def missing(self) -> list[str]:
        """What its owner must still tell before it can be reviewed."""
        lacking = [name for name in NEEDED if not getattr(self, name)]
        if not self.link and not self.recommendations.exists() and not self.files.exists():
            lacking.append("content")
        return lacking


NEEDED = ("title_fi", "summary_fi", "why")
TEXTS = (
    "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en", "why", "costs",
    "unknown", "sources", "figure_title", "before_words", "after_words", "other_makers",
)  # fmt: skip


class ResultFileQuerySet(models.QuerySet["ResultFile"]):
    def visible_to(self, user: Reader) -> Self:
        """Whoever may read the result."""
        return self.filter(result__in=Result.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(result__in=Result.objects.editable_by(user).values("pk"))


@audit.tracked()
class ResultFile(models.Model):
    """The report, the model or the data itself; stored below no public address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    result = models.ForeignKey(
        Result, verbose_name=pgettext_lazy("of work", "result"), on_delete=models.CASCADE,
        related_name="files",
    )  # fmt: skip
    name = models.CharField(_("name of the file"), max_length=150)
    file = models.FileField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("size in bytes"))
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ResultFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a result")
        verbose_name_plural = _("files of results")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="projects_resultfile_name_given")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:result_file", args=[self.public_id])


def coordinates(result: Result, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or result.home_cluster_id in known.coordinates


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}), Stage.IN_REVIEW, may=edits, label=_("Send for review"),
        style="primary",
    ),
    publish=Move(
        frozenset(UNPUBLISHED), Stage.PUBLISHED, may=coordinates, label=_("Publish"),
        style="primary",
    ),
    send_back=Move(
        frozenset({Stage.IN_REVIEW}), Stage.DRAFT, may=coordinates, label=_("Return to draft"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({*UNPUBLISHED, Stage.PUBLISHED}), Stage.WITHDRAWN, may=edits,
        label=_("Withdraw"), style="danger", needs_reason=True,
    ),
)  # fmt: skip


for through in (Result.terms.through, Result.makers.through, Result.measures.through):
    audit.track_links(through)
