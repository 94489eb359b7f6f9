"""Articles: written by members, edited and published by coordinators, at a moment."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning, richtext
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import (
    LANGUAGES,
    InLanguage,
    every_language,
    every_translation,
)
from cluster_portal.core.text.web_addresses import WEB
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import ClusterContent, SearchableContentQuerySet
from members.models.kinds import Sector

if TYPE_CHECKING:
    import datetime
    from typing import Self

# Addresses under /news/ that mean something else than an article.
RESERVED_SLUGS = frozenset(["propose", "feed", "files", "pictures", "press", "stories"])
LONGEST_TEXT = 20_000


class Kind(models.TextChoices):
    NEWS = "news", pgettext_lazy("kind of article", "News")
    PUBLICATION = "publication", _("Publication")
    GUIDE = "guide", _("Guide")
    STORY = "story", _("Success story")
    ARGUMENT = "argument", _("Argument with evidence")
    RECORDING = "recording", _("Recording")
    READING = "reading", _("Reading list")


class Language(models.TextChoices):
    FI = "fi", _("Finnish")
    SV = "sv", _("Swedish")
    EN = "en", _("English")


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    IN_REVIEW = "in_review", "waiting", _("In review")
    SCHEDULED = "scheduled", "waiting", _("Waits for its moment")
    PUBLISHED = "published", "done", pgettext_lazy("article", "Published")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")


OF_WRITER = frozenset({Stage.DRAFT, Stage.IN_REVIEW})  # those that who wrote it may still change


def refuse_reserved(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is reserved; choose another."), code="reserved")


class ArticleQuerySet(SearchableContentQuerySet):
    def editor_condition(self, known: Audience) -> Q:
        """Who wrote it, as long as they are one of the organisation's people, or of the cluster's
        where it is in no organisation's name.
        """
        clusters = known.member_clusters | known.coordinates
        own = Q(organisation__in=known.organisations)
        return (own | Q(organisation=None, home_cluster__in=clusters)) & Q(author=known.user_id)

    def published(self) -> Q:
        return Q(stage=Stage.PUBLISHED)

    def out(self) -> Self:
        return self.filter(self.published())

    def due(self, now: datetime.datetime) -> Self:
        """Those whose moment has come."""
        return self.filter(stage=Stage.SCHEDULED, publish_at__lte=now)

    def for_rows(self) -> Self:
        """Without what no row shows."""
        return self.defer("search")


@audit.tracked(exclude=("search",))
class Article(Matchable, ClusterContent, Searchable):
    """`form_key` comes with the form, so that sending it twice makes one article.

    `languages` repeats in which languages there is a text, for the list's facet; `save` keeps it.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    shows_author = models.BooleanField(_("the author’s name is shown"), default=True)
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"),
        max_length=100,
        unique=True,
        validators=[refuse_reserved],
    )
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.NEWS)
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=400, blank=True, default="")
    summary_sv = models.TextField(_("summary in Swedish"), max_length=400, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=400, blank=True, default="")
    body_fi = models.TextField(
        _("text in Finnish"), max_length=LONGEST_TEXT, blank=True, default="",
        help_text=_("Markdown."),
    )  # fmt: skip
    body_sv = models.TextField(
        _("text in Swedish"), max_length=LONGEST_TEXT, blank=True, default=""
    )
    body_en = models.TextField(
        _("text in English"), max_length=LONGEST_TEXT, blank=True, default=""
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language), verbose_name=_("languages"),
        default=list, blank=True, editable=False,
    )  # fmt: skip
    link = models.URLField(
        _("link"), max_length=500, blank=True, default="", validators=[WEB],
        help_text=_("Where the recording or the whole publication is."),
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), verbose_name=_("sectors"),
        default=list, blank=True,
    )  # fmt: skip
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", limit_choices_to={"scheme": "region"},
    )  # fmt: skip
    publish_at = models.DateTimeField(
        _("to be published"), null=True, blank=True,
        help_text=_("Nothing is shown before this moment. Empty: at once."),
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    answer = models.TextField(
        _("what was asked for"), max_length=2000, blank=True, default="", editable=False
    )

    objects = ArticleQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()
    body = InLanguage()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        indexes = [
            index("knowledge_article_search"),
            models.Index(fields=["-published_at", "-id"], name="knowledge_article_latest"),
        ]
        constraints = [
            one_of("stage", Stage, name="knowledge_article_stage_known"),
            one_of("kind", Kind, name="knowledge_article_kind_known"),
            one_of("visibility", Visibility, name="knowledge_article_visibility_known"),
            models.CheckConstraint(
                condition=Q(languages__contained_by=list(Language.values)),
                name="knowledge_article_languages_known",
            ),
            models.CheckConstraint(
                condition=Q(sectors__contained_by=list(Sector.values)),
                name="knowledge_article_sectors_known",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="knowledge_article_slug_not_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SCHEDULED) | Q(publish_at__isnull=False),
                name="knowledge_article_scheduled_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(published_at__isnull=False),
                name="knowledge_article_published_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.languages = [code for code in LANGUAGES if getattr(self, f"title_{code}")]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(*(getattr(self, name) for name in TEXTS))

    def get_absolute_url(self) -> str:
        return reverse("knowledge:article", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        terms = self.terms.all() if self.pk else []
        entries = self.entries.all() if self.pk else []
        bodies = [richtext.plain(getattr(self, f"body_{code}")) for code in LANGUAGES]
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in terms)),
            *self.owner_search_parts(),
            ("D", every_translation(Kind(self.kind).label)),
            ("C", every_language(self, "summary")),
            *(("C", body) for body in bodies if body),
            *(("C", f"{each.title}\n{each.text}") for each in entries),
        ]

    @property
    def search_summary(self) -> str:
        return self.summary or richtext.plain(self.body)[:300]

    @property
    def is_out(self) -> bool:
        return self.stage == Stage.PUBLISHED

    @property
    def missing(self) -> list[str]:
        """What it still needs before it can be reviewed."""
        lacking = [name for name in ("title_fi", "summary_fi") if not getattr(self, name)]
        if self.kind == Kind.RECORDING and not self.link:
            lacking.append("link")
        if self.kind in WITH_ENTRIES and not self.entries.exists():
            lacking.append("entries")
        if self.kind not in WITHOUT_TEXT and not self.body_fi:
            lacking.append("body_fi")
        return lacking


WITH_ENTRIES = frozenset({Kind.ARGUMENT, Kind.READING})
WITHOUT_TEXT = frozenset({Kind.RECORDING, Kind.READING})
TEXTS = tuple(f"{stem}_{code}" for stem in ("title", "summary", "body") for code in LANGUAGES)


def edits(article: Article, user: Reader) -> bool:
    return article.is_editable_by(user)


def coordinates(article: Article, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or article.home_cluster_id in known.coordinates


def is_ahead(moment: datetime.datetime | None) -> bool:
    return moment is not None and moment > timezone.now()


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}), Stage.IN_REVIEW, may=edits, label=_("Send for review"),
        style="primary",
    ),
    publish=Move(
        frozenset({*OF_WRITER, Stage.SCHEDULED}), Stage.PUBLISHED, may=coordinates,
        label=_("Publish now"), style="primary",
    ),
    schedule=Move(
        frozenset(OF_WRITER), Stage.SCHEDULED, may=coordinates,
        label=_("Publish at the moment that is set"),
    ),
    send_back=Move(
        frozenset({Stage.IN_REVIEW, Stage.SCHEDULED}), Stage.DRAFT, may=coordinates,
        label=_("Return to draft"), needs_reason=True,
    ),
    take_back=Move(
        frozenset({Stage.IN_REVIEW}), Stage.DRAFT, may=edits, label=_("Take back to draft"),
    ),
    withdraw=Move(
        frozenset({*OF_WRITER, Stage.SCHEDULED, Stage.PUBLISHED}), Stage.WITHDRAWN, may=edits,
        label=_("Withdraw the article"), style="danger", needs_reason=True,
    ),
)  # fmt: skip


for through in (Article.terms.through,):
    audit.track_links(through)
