"""A round: one version of a questionnaire, asked of somebody until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of, together
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from cluster_portal.surveys.models.templates import Version
from members.models import ClusterContent, ClusterContentQuerySet

if TYPE_CHECKING:
    import datetime
    from typing import Self

# Addresses under /surveys/ that mean something else than a round.
RESERVED_SLUGS = frozenset(
    [
        "answers", "circular", "feed", "funding", "infrastructure", "interviews", "new", "propose",
        "readiness", "report", "results", "skills",
    ]
)  # fmt: skip


class Mode(models.TextChoices):
    """Who is asked, and how."""

    ORGANISATIONS = "organisations", _("Organisations by invitation")
    PERSONS = "persons", _("Persons by invitation")
    INTERVIEWS = "interviews", _("Interviews: the interviewer writes, the organisation checks")
    OPEN = "open", _("Open to all members")
    ANONYMOUS = "anonymous", _("Anonymous, by a link")


class Role(models.TextChoices):
    """Who of an organisation is invited."""

    CONTACT = "contact", _("Contact person")
    REPRESENTATIVE = "representative", _("Representative")
    DEPUTY = "deputy", _("Deputy representative")


class Stage(Stages):
    DRAFT = "draft", "waiting", pgettext_lazy("survey round", "Draft")
    OPEN = "open", "open", pgettext_lazy("survey round", "Open for answers")
    CLOSED = "closed", "done", pgettext_lazy("survey round", "Closed")
    PUBLISHED = "published", "done", pgettext_lazy("survey round", "Results published")


BEGUN = frozenset({Stage.OPEN, Stage.CLOSED, Stage.PUBLISHED})


class RoundQuerySet(ClusterContentQuerySet):
    """`visible_to`: those asked see the round, too; what others see of it follows visibility."""

    has_group = True

    def published(self) -> Q:
        return Q(stage__in=BEGUN)

    def group_condition(self, known: Audience) -> Q:
        return Q(pk__in=_asked(known))

    def editor_condition(self, known: Audience) -> Q:
        """Whoever is asked sees the round, whatever its visibility says."""
        return Q(stage__in=BEGUN, pk__in=_asked(known))

    def editable_by(self, user: Reader) -> Self:
        """A round is the coordinators' alone."""
        return self.none() if audience(user).user_id is None else self.in_scope_of(user)

    def begun(self) -> Self:
        return self.filter(stage__in=BEGUN)

    def open(self) -> Self:
        return self.filter(stage=Stage.OPEN)

    def open_to_all(self) -> Self:
        return self.open().filter(mode=Mode.OPEN)

    def overdue(self) -> Self:
        return self.open().filter(closes_at__lte=timezone.now())

    def with_results(self) -> Self:
        return self.filter(stage=Stage.PUBLISHED)

    def newest_first(self) -> Self:
        return self.order_by("-closes_at", "-pk")


def _asked(known: Audience) -> Any:
    """The rounds in which the reader, or an organisation whose contact they are, is asked, and
    those in which they interview."""
    responses: Any = apps.get_model("surveys", "Response")
    asked = responses.objects.of_audience(known).values("pk")
    rows = responses.objects.filter(Q(pk__in=asked) | Q(interviewer=known.user_id))
    return rows.values("round")


@audit.tracked()
class Round(ClusterContent):
    """`expected` is how many answers are hoped for where nobody is invited one by one.

    `about` is what feedback is asked of, an event for example. `previous` is the round that this
    one is compared with.
    """

    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    version = models.ForeignKey(
        Version, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="rounds"
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    intro_fi = models.TextField(
        _("why it is asked, in Finnish"), max_length=2000, blank=True, default=""
    )
    intro_sv = models.TextField(
        _("why it is asked, in Swedish"), max_length=2000, blank=True, default=""
    )
    intro_en = models.TextField(
        _("why it is asked, in English"), max_length=2000, blank=True, default=""
    )
    mode = models.CharField(
        _("who is asked"), max_length=20, choices=Mode, default=Mode.ORGANISATIONS
    )
    role = models.CharField(
        _("whom in the organisation"), max_length=20, choices=Role, default=Role.CONTACT
    )
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    visibility = models.CharField(
        _("who sees the results"), max_length=20, choices=Visibility, default=Visibility.MEMBERS,
        help_text=_("Only figures of at least five answers are ever shown."),
    )  # fmt: skip
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    tables_published_at = models.DateTimeField(
        _("results published"), null=True, blank=True, editable=False
    )
    reminder_limit = models.PositiveSmallIntegerField(
        _("most reminders"), default=3, validators=[MaxValueValidator(5)]
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days between reminders"), default=7,
        validators=[MinValueValidator(2), MaxValueValidator(60)],
    )  # fmt: skip
    expected = models.PositiveIntegerField(
        _("answers hoped for"), null=True, blank=True,
        help_text=_("Where nobody is invited one by one: what coverage is counted from."),
    )  # fmt: skip
    previous = models.ForeignKey(
        "self", verbose_name=_("round before"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    about_type = models.ForeignKey(
        ContentType, null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    about_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    about = GenericForeignKey("about_type", "about_id")

    objects = RoundQuerySet.as_manager()
    title = InLanguage()
    intro = InLanguage()

    class Meta:
        verbose_name = pgettext_lazy("survey", "round")
        verbose_name_plural = pgettext_lazy("survey", "rounds")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["about_type", "about_id"], name="surveys_round_about")]
        constraints = [
            one_of("mode", Mode, name="surveys_round_mode_known"),
            one_of("role", Role, name="surveys_round_role_known"),
            one_of("stage", Stage, name="surveys_round_stage_known"),
            one_of("visibility", Visibility, name="surveys_round_visibility_known"),
            together("about_type", "about_id", name="surveys_round_about_together"),
            in_order("opened_at", "closed_at", name="surveys_round_moments_in_order"),
            models.CheckConstraint(
                condition=Q(stage=Stage.DRAFT) | Q(opened_at__isnull=False),
                name="surveys_round_opened_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CLOSED, Stage.PUBLISHED])
                | Q(closed_at__isnull=False),
                name="surveys_round_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(tables_published_at__isnull=False),
                name="surveys_round_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="surveys_round_slug_not_reserved",
            ),
            models.CheckConstraint(
                condition=Q(reminder_days__gte=2), name="surveys_round_reminders_apart"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="asks_the_same_once_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
                & ~pgtrigger.Q(old__stage=Stage.DRAFT),
                func="""
                    RAISE EXCEPTION 'a round that has been opened keeps its questions'
                        USING ERRCODE = 'check_violation';
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en,
            self.intro_fi, self.intro_sv, self.intro_en,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("surveys:round", args=[self.slug])

    @property
    def useful_until(self) -> datetime.datetime:
        """News of it come too late after that."""
        return self.closes_at

    @property
    def takes_answers(self) -> bool:
        return self.stage == Stage.OPEN and self.closes_at > timezone.now()

    @property
    def is_anonymous(self) -> bool:
        return self.mode == Mode.ANONYMOUS

    @property
    def asks_persons(self) -> bool:
        """Whether an answer is a person's own, not their organisation's."""
        return self.mode == Mode.PERSONS


def looks_after(survey_round: Round, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or survey_round.home_cluster_id in known.coordinates


MOVES = Workflow(
    open=Move(
        frozenset({Stage.DRAFT}), Stage.OPEN, may=looks_after,
        label=pgettext_lazy("survey round", "Open the round"), style="primary",
    ),
    close=Move(
        frozenset({Stage.OPEN}), Stage.CLOSED, may=looks_after,
        label=pgettext_lazy("survey round", "Close"),
    ),
    reopen=Move(
        frozenset({Stage.CLOSED}), Stage.OPEN, may=looks_after,
        label=pgettext_lazy("survey round", "Open again"), needs_reason=True,
    ),
    publish=Move(
        frozenset({Stage.CLOSED}), Stage.PUBLISHED, may=looks_after,
        label=_("Publish the results"), style="primary",
    ),
)  # fmt: skip
