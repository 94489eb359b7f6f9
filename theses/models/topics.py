"""Thesis topics, from the commissioner's draft to the finished thesis."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.stored import Matchable
from cluster_portal.core.text import richtext
from cluster_portal.core.text.languages import every_language
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from members.models import (
    ClusterContent,
    Organisation,
    SearchableContentQuerySet,
)
from theses.models.choices import (
    SHOWN,
    UNPUBLISHED,
    Contract,
    Language,
    Level,
    Origin,
    Pay,
    Permits,
    Stage,
)
from theses.models.profiles import SupervisorProfile

if TYPE_CHECKING:
    from typing import Self

# Words that stand in the place of a topic's address now or soon.
RESERVED_SLUGS = (
    *("propose", "supervisors", "finished", "applications", "students", "boards", "feed"),
    *("import", "saved", "suggestions", "new", "search", "work", "profile", "ideas", "renew"),
    *("supervision", "approaches", "files", "statistics", "unmatched", "interviews"),
)
OPEN_FOR = datetime.timedelta(days=365)


class TopicQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=sorted(SHOWN))

    def editor_condition(self, known: Audience) -> Q:
        """The contact, and whose proposal it is; the latter a student until it is commissioned."""
        me = known.user_id
        acting = SupervisorProfile.objects.acting(known)
        supervisor = Q(Exists(acting), origin=Origin.SUPERVISOR, supervisor=me)
        student = Q(origin=Origin.STUDENT, student=me, organisation=None)
        without = Q(organisation=None) & ~Q(origin=Origin.SUPERVISOR)
        contact = Q(contact=me) & (Q(organisation__in=known.organisations) | without)
        return contact | supervisor | student

    def visible_to(self, user: Reader, *, even_withdrawn: bool = False) -> Self:
        """By visibility; each party besides sees what it has a part in or is asked about.

        `even_withdrawn`: also what stood open until then, for forms opened meanwhile.
        """
        known = audience(user)
        if known.is_admin:
            return self
        by_visibility = self._by_visibility(known)
        seen = by_visibility & self.published() | self._own_side(known)
        if even_withdrawn:
            seen |= by_visibility & Q(stage=Stage.WITHDRAWN, published_at__isnull=False)
        if known.user_id is not None:
            seen |= ~Q(stage=Stage.DRAFT) & self._party_condition(known)
        return self.filter(seen)

    def _party_condition(self, known: Audience) -> Q:
        """Who has applied, supervises, is asked to supervise, or has been approached."""
        model = self.model._meta.apps.get_model
        applied = model("theses", "Application").objects.filter(student=known.user_id)
        asked = model("theses", "SupervisionRequest").objects.shown_to(known)
        approached = model("theses", "Approach").objects.addressed_to(known)
        return (
            Q(student=known.user_id)
            | Q(supervisor=known.user_id)
            | Q(pk__in=applied.values("topic"))
            | Q(pk__in=asked.values("thesis__application__topic"))
            | Q(pk__in=approached.values("topic"))
        )

    def open(self, day: datetime.date | None = None) -> Self:
        """Those that a student can apply to on the day."""
        today = day or timezone.localdate()
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=today), stage=Stage.OPEN)

    def overdue(self, day: datetime.date | None = None) -> Self:
        """Open ones whose time has run out, unless an application still waits for an answer."""
        today = day or timezone.localdate()
        old = timezone.now() - OPEN_FOR
        opened = Coalesce("renewed_at", "published_at")
        waiting = self.model._meta.apps.get_model("theses", "Application").objects.pending()
        return self.annotate(opened=opened).filter(
            Q(closes_on__lt=today) | Q(closes_on__isnull=True, opened__lt=old),
            ~Exists(waiting.filter(topic=OuterRef("pk"))),
            stage=Stage.OPEN,
        )

    def mine(self, user: Reader) -> Self:
        """Of the reader's own side: as contact person, proposer, or for the organisation."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        own = Q(contact=known.user_id) | Q(organisation__in=known.edits)
        own |= Q(origin=Origin.SUPERVISOR, supervisor=known.user_id)
        return self.filter(own | Q(origin=Origin.STUDENT, student=known.user_id))

    def drafts_of(self, user: Reader) -> Self:
        """What the reader has begun and not sent in yet."""
        begun = Q(contact=user.pk) | Q(student=user.pk) | Q(supervisor=user.pk)
        return self.filter(begun, stage=Stage.DRAFT).order_by("-updated_at", "-pk")

    def for_cards(self) -> Self:
        """With all that a row of a list shows, in one statement."""
        rows = self.model.education_fields.through.objects.filter(topic=OuterRef("pk"))
        fields = rows.values("term_id")
        return self.select_related("organisation").annotate(field_ids=ArraySubquery(fields))


def refuse_reserved_slug(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address is reserved."), code="reserved")


@audit.tracked(exclude=("search",))
class Topic(search.Searchable, Matchable, ClusterContent):
    match_related = ("terms", "education_fields", "organisation")
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), unique=True, max_length=90,
        validators=[refuse_reserved_slug],
    )  # fmt: skip
    origin = models.CharField(
        _("who proposed it"), max_length=20, choices=Origin, default=Origin.ORGANISATION
    )
    title = models.CharField(_("title"), max_length=200, validators=[MinLengthValidator(5)])
    description = models.TextField(_("what it is about"), max_length=8000)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_sv = models.TextField(_("summary in Swedish"), max_length=1500, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=1500, blank=True, default="")
    aim = models.TextField(_("aim"), max_length=3000, blank=True, default="")
    questions = models.TextField(_("research questions"), max_length=3000, blank=True, default="")
    material = models.TextField(_("material and permits"), max_length=3000, blank=True, default="")
    keywords = ArrayField(
        models.CharField(max_length=60), verbose_name=_("keywords"), default=list, blank=True
    )
    levels = ArrayField(
        models.CharField(max_length=20, choices=Level), verbose_name=_("levels"), default=list
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language), verbose_name=_("languages"), default=list
    )
    education_fields = models.ManyToManyField(
        Term,
        verbose_name=_("fields of education"),
        through="TopicEducationField",
        blank=True,
        related_name="+",
    )
    terms = models.ManyToManyField(
        Term, verbose_name=_("themes"), through="TopicTerm", blank=True, related_name="+"
    )
    municipality = models.CharField(_("municipality"), max_length=80, blank=True, default="")
    region = models.ForeignKey(
        Term,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"},
        related_name="+",
    )
    is_remote = models.BooleanField(_("can be done remotely"), default=False)
    pay = models.CharField(_("pay"), max_length=10, choices=Pay, default=Pay.AGREED)
    schedule = models.CharField(_("schedule"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("can begin on"), null=True, blank=True)
    closes_on = models.DateField(_("last day to apply"), null=True, blank=True)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contact person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offered_topics",
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("student whose idea it is"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="thesis_ideas",
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("supervisor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supervised_topics",
    )
    split_from = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    school = models.ForeignKey(
        Organisation,
        verbose_name=_("for the students of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contract = models.CharField(
        _("agreement"), max_length=20, choices=Contract, default=Contract.OPEN
    )
    permits = models.CharField(
        _("permits"), max_length=20, choices=Permits, default=Permits.UNKNOWN
    )
    outside = models.TextField(
        _("what stays outside the thesis"), max_length=1000, blank=True, default=""
    )
    publicity_accepted_at = models.DateTimeField(_("publicity accepted"), null=True, blank=True)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    renewed_at = models.DateTimeField(_("renewed"), null=True, blank=True, editable=False)
    closing_reason = models.TextField(
        _("why it was withdrawn"), max_length=2000, blank=True, default=""
    )
    external_id = models.CharField(_("external id"), max_length=80, blank=True, default="")

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("thesis topic")
        verbose_name_plural = _("thesis topics")
        ordering = ["-published_at", "-pk"]
        indexes = [
            search.index("theses_topic_search"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(stage="open"),
                name="theses_topic_newest",
            ),
            models.Index(
                fields=["closes_on", "id"], condition=Q(stage="open"), name="theses_topic_closing"
            ),
            models.Index(fields=["home_cluster", "stage"], name="theses_topic_queue"),
        ]
        constraints = [
            one_of("stage", Stage, name="theses_topic_stage_known"),
            one_of("pay", Pay, name="theses_topic_pay_known"),
            one_of("visibility", Visibility, name="theses_topic_visibility_known"),
            one_of("origin", Origin, name="theses_topic_origin_known"),
            one_of("contract", Contract, name="theses_topic_contract_known"),
            one_of("permits", Permits, name="theses_topic_permits_known"),
            models.CheckConstraint(
                condition=~Q(split_from=F("pk")), name="theses_topic_no_part_of_itself"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.STUDENT) | Q(student__isnull=True),
                name="theses_topic_student_of_an_idea",
            ),
            models.CheckConstraint(
                condition=Q(levels__contained_by=Level.values), name="theses_topic_levels_known"
            ),
            models.CheckConstraint(
                condition=Q(languages__contained_by=Language.values),
                name="theses_topic_languages_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="theses_topic_title_given"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS), name="theses_topic_slug_free"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(UNPUBLISHED)) | Q(published_at__isnull=False),
                name="theses_topic_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN])
                | Q(publicity_accepted_at__isnull=False),
                name="theses_topic_publicity_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.WITHDRAWN) | ~Q(closing_reason=""),
                name="theses_topic_withdrawal_reasoned",
            ),
            models.UniqueConstraint(
                fields=["home_cluster", "external_id"],
                condition=~Q(external_id=""),
                name="theses_topic_external_id_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("theses:topic", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        """Only what every reader of the page may see."""
        fields = "\n".join(every_language(t, "label") for t in self.education_fields.all())
        parts = [
            ("A", self.title),
            ("A", self.title_sv),
            ("A", self.title_en),
            ("B", ", ".join(self.keywords)),
            ("B", self.named_owner.every_name if self.named_owner else ""),
            ("C", richtext.plain(self.description)),
            ("C", richtext.plain(self.aim)),
            ("C", richtext.plain(self.questions)),
            ("C", self.summary_sv),
            ("C", self.summary_en),
            ("D", self.municipality),
            ("D", fields),
        ]
        return [(weight, text) for weight, text in parts if text]

    @property
    def heading(self) -> str:
        return self._in_language("title") or self.title

    @property
    def summary(self) -> str:
        return self._in_language("summary")

    def _in_language(self, field: str) -> str:
        return getattr(self, f"{field}_{(get_language() or 'fi')[:2]}", "")

    @property
    def search_title(self) -> str:
        return self.heading

    @property
    def search_summary(self) -> str:
        return self.summary or richtext.plain(self.description)

    @property
    def digest_line(self) -> str:
        return self.named_owner.title if self.named_owner else ""

    @property
    def is_open(self) -> bool:
        """Whether a student can apply today."""
        return self.stage == Stage.OPEN and not self.has_closed

    @property
    def has_closed(self) -> bool:
        return self.closes_on is not None and self.closes_on < timezone.localdate()

    @property
    def expires_on(self) -> datetime.date | None:
        """The day after which an open topic expires: the last day to apply, or a year."""
        opened = self.renewed_at or self.published_at
        if self.closes_on or opened is None:
            return self.closes_on
        return timezone.localdate(opened) + OPEN_FOR

    @property
    def seeks_commissioner(self) -> bool:
        return self.organisation_id is None and self.stage in {Stage.OPEN, Stage.RESERVED}

    @property
    def level_labels(self) -> list[str]:
        return [str(Level(level).label) for level in self.levels]

    @property
    def language_labels(self) -> list[str]:
        return [str(Language(language).label) for language in self.languages]
