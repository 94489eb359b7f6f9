"""Pilots: something tried together, by makers of at least two sectors, from which others learn."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import ClusterContent, SearchableContentQuerySet
from members.models.content import LEVELS
from members.models.kinds import Sector
from projects.models.challenges import Challenge
from projects.models.measures import Measure
from projects.models.pilot_parts import PilotMaker
from projects.models.projects import Project
from projects.models.proposals import Proposal
from projects.models.shared import edits
from projects.models.testbeds import TestEnvironment

if TYPE_CHECKING:
    from typing import Self

# Addresses under /projects/pilots/ that mean something else than a pilot.
RESERVED_SLUGS = frozenset(["propose", "learnings", "feed"])
FEWEST_SECTORS = 2


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    PLANNED = "planned", "open", pgettext_lazy("pilot", "Planned")
    RUNNING = "running", "running", pgettext_lazy("pilot", "Under way")
    CLOSING = "closing", "waiting", pgettext_lazy("pilot", "Ended, learnings being written")
    CLOSED = "closed", "done", pgettext_lazy("pilot", "Ended, learnings told")
    STOPPED = "stopped", "stopped", pgettext_lazy("pilot", "Stopped")


LIVE = frozenset({Stage.PLANNED, Stage.RUNNING, Stage.CLOSING})
OVER = frozenset({Stage.CLOSED, Stage.STOPPED})


class PilotQuerySet(SearchableContentQuerySet):
    has_group = True

    def published(self) -> Q:
        """What was stopped as a draft is told to nobody."""
        return Q(published_at__isnull=False) & ~Q(stage=Stage.DRAFT)

    def group_condition(self, known: Audience) -> Q:
        """The named group of a pilot is its makers."""
        makers = PilotMaker.objects.accepted().filter(organisation__in=known.organisations)
        return Q(pk__in=makers.values("pilot"))

    def editor_condition(self, known: Audience) -> Q:
        """Who entered it, as long as they belong to its organisation; contacts of its makers."""
        own = Q(teller=known.user_id, organisation__in=known.organisations)
        makers = PilotMaker.objects.accepted().filter(organisation__in=known.edits)
        return own | Q(pk__in=makers.values("pilot"))

    def _own_side(self, known: Audience) -> Q:
        """The makers' people, too, and of those who are asked, so that they can answer."""
        side = super()._own_side(known)
        if known.user_id is None:
            return side
        makers = PilotMaker.objects.exclude(answer="declined")
        theirs = makers.filter(organisation__in=known.organisations)
        return side | Q(pk__in=theirs.values("pilot"))

    def made_by(self, organisations: Any) -> Self:
        """Those of which these organisations are makers."""
        makers = PilotMaker.objects.accepted().filter(organisation__in=organisations)
        return self.filter(pk__in=makers.values("pilot"))

    def running(self) -> Self:
        return self.filter(stage=Stage.RUNNING)

    def closed(self) -> Self:
        return self.filter(stage=Stage.CLOSED)

    def without_learnings(self) -> Self:
        """Ended, and nothing is told yet of what was learned."""
        return self.filter(stage=Stage.CLOSING)

    def overdue(self) -> Self:
        """Under way though the last day has passed."""
        return self.filter(stage=Stage.RUNNING, ends_on__lt=timezone.localdate())

    def newest_first(self) -> Self:
        """What goes on now, what is planned, then what is over; the latest first in each."""
        turn = Case(
            When(stage=Stage.RUNNING, then=Value(0)),
            When(stage__in=[Stage.PLANNED, Stage.CLOSING, Stage.DRAFT], then=Value(1)),
            default=Value(2), output_field=models.SmallIntegerField(),
        )  # fmt: skip
        begun = Coalesce(F("starts_on"), F("created_at__date"))
        return self.order_by(turn, begun.desc(), "-pk")


@audit.tracked(exclude=("search",))
class Pilot(ClusterContent, Searchable):
    """`sectors` are those of the makers who are with it, kept by `services.pilot_makers`.

    `form_key` comes with the form, so that sending it twice makes one pilot.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    title_fi = models.CharField(_("title in Finnish"), max_length=160)
    title_sv = models.CharField(_("title in Swedish"), max_length=160, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=160, blank=True, default="")
    summary_fi = models.TextField(_("question in Finnish"), max_length=400)
    summary_sv = models.TextField(_("question in Swedish"), max_length=400, blank=True, default="")
    summary_en = models.TextField(_("question in English"), max_length=400, blank=True, default="")
    aim = models.TextField(_("aim"), max_length=2000, blank=True, default="")
    how = models.TextField(_("how it is tried"), max_length=4000, blank=True, default="")
    place = models.CharField(_("place"), max_length=120, blank=True, default="")
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    participants = models.CharField(_("participants"), max_length=200, blank=True, default="")
    costs = models.CharField(_("costs"), max_length=200, blank=True, default="")
    reuse = models.TextField(
        _("what others can borrow or copy"), max_length=600, blank=True, default=""
    )
    measured_words = models.CharField(
        _("what was measured"), max_length=120, blank=True, default="",
        help_text=_("For example: people registered in an hour."),
    )  # fmt: skip
    measured_goal = models.DecimalField(
        _("goal"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), verbose_name=_("sectors"),
        default=list, blank=True, editable=False,
    )  # fmt: skip
    testbed = models.ForeignKey(
        TestEnvironment, verbose_name=_("test environment"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="pilots",
    )  # fmt: skip
    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="pilots",
    )  # fmt: skip
    proposal = models.ForeignKey(
        Proposal, verbose_name=_("proposal"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="pilots",
    )  # fmt: skip
    project = models.ForeignKey(
        Project, verbose_name=_("project or idea"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="pilots",
    )  # fmt: skip
    measures = models.ManyToManyField(
        Measure, verbose_name=_("measures"), blank=True, related_name="pilots",
        help_text=_("The measures of the action programme that this pilot is evidence of."),
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    stop_reason = models.TextField(_("why it was stopped"), max_length=2000, blank=True, default="")
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PilotQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            index("projects_pilot_search"),
            models.Index(
                fields=["ends_on"], condition=Q(stage="running"), name="projects_pilot_ending"
            ),
        ]
        constraints = [
            one_of("stage", Stage, name="projects_pilot_stage_known"),
            one_of("visibility", Visibility, name="projects_pilot_visibility_known"),
            in_order("starts_on", "ends_on", name="projects_pilot_days_in_order"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False), name="projects_pilot_has_owner",
                violation_error_message=_("A pilot belongs to an organisation."),
            ),
            models.CheckConstraint(
                condition=Q(sectors__contained_by=list(Sector.values)),
                name="projects_pilot_sectors_known",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.STOPPED])
                | Q(sectors__len__gte=FEWEST_SECTORS),
                name="projects_pilot_has_two_sectors",
                violation_error_message=_("A pilot has makers of at least two sectors."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[*sorted(LIVE), Stage.CLOSED])
                | Q(published_at__isnull=False, starts_on__isnull=False, ends_on__isnull=False),
                name="projects_pilot_published_has_times",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED) | Q(closed_at__isnull=False),
                name="projects_pilot_closed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(measured_goal=None) | Q(measured_goal__gte=0),
                name="projects_pilot_goal_not_negative",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="projects_pilot_slug_not_reserved",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en, self.aim, self.how, self.place, self.participants, self.costs,
            self.reuse, self.measured_words, self.stop_reason,
        )  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("projects:pilot", args=[self.slug])

    def search_parts(self) -> list[tuple[str, str]]:
        makers = self.makers.accepted().select_related("organisation")
        seen = [m.organisation for m in makers if LEVELS[m.organisation.visibility]
                <= LEVELS[self.visibility]]  # fmt: skip
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            ("B", "\n".join(organisation.every_name for organisation in seen)),
            *self.owner_search_parts(),
            ("D", every_translation(Stage(self.stage).label)),
            ("C", every_language(self, "summary")),
            ("C", "\n".join([self.aim, self.how, self.reuse])),
            ("D", self.place),
        ]

    @property
    def digest_line(self) -> str:
        return self.summary

    @property
    def has_started_late(self) -> bool:
        """Its first day has come, and nobody has said that it is under way."""
        begun = self.starts_on is not None and self.starts_on <= timezone.localdate()
        return self.stage == Stage.PLANNED and begun

    @property
    def missing(self) -> list[str]:
        """The fields that must be filled in before it is published."""
        return [name for name in NEEDED if not getattr(self, name)]

    @property
    def missing_words(self) -> str:
        fields: list[Any] = [self._meta.get_field(name) for name in self.missing]
        return ", ".join(str(field.verbose_name) for field in fields)

    @property
    def lacks_sectors(self) -> bool:
        return len(set(self.sectors)) < FEWEST_SECTORS


NEEDED = ("title_fi", "summary_fi", "aim", "place", "starts_on", "ends_on")


def waits_for(pilot: Pilot, user: Reader) -> bool:
    """Whether the reader's organisation has the next step to take."""
    if pilot.stage != Stage.CLOSING and not pilot.has_started_late:
        return False
    return pilot.organisation_id in audience(user).edits or pilot.teller_id == user.pk


MOVES = Workflow(
    publish=Move(
        frozenset({Stage.DRAFT}), Stage.PLANNED, may=edits, label=_("Publish the plan"),
        style="primary",
    ),
    start=Move(
        frozenset({Stage.PLANNED}), Stage.RUNNING, may=edits, label=_("It is under way"),
        style="primary",
    ),
    finish=Move(
        frozenset({Stage.RUNNING}), Stage.CLOSING, may=edits,
        label=_("It has ended: write the learnings"),
    ),
    close=Move(
        frozenset({Stage.RUNNING, Stage.CLOSING}), Stage.CLOSED, may=edits,
        label=_("Close the pilot and tell the learnings"), style="primary",
    ),
    stop=Move(
        frozenset({Stage.DRAFT, *LIVE}), Stage.STOPPED, may=edits, label=_("Stop the pilot"),
        style="danger", needs_reason=True,
    ),
)  # fmt: skip


for through in (Pilot.terms.through, Pilot.measures.through):
    audit.track_links(through)
