"""Measures of a programme: who does what by when, and how far it is."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.search import Searchable, SearchableQuerySet, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import (
    LANGUAGES,
    InLanguage,
    every_language,
    every_translation,
)
from cluster_portal.core.visibility import Reader, Visibility, audience
from members.models import Organisation
from projects.models.counted import COUNTING, Counted
from projects.models.goals import Goal
from projects.models.programmes import Programme, Stage

if TYPE_CHECKING:
    import datetime
    from typing import Self


class State(models.TextChoices):
    """How far a measure is."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("measure", "In progress")
    DELAYED = "delayed", _("Delayed")
    DONE = "done", _("Done")
    DISCONTINUED = "discontinued", _("Discontinued")


UNFINISHED = frozenset({State.NOT_STARTED, State.IN_PROGRESS, State.DELAYED})


class MeasureQuerySet(SearchableQuerySet):
    def of(self, programme: Programme) -> Self:
        return self.filter(goal__programme=programme).select_related("goal")

    def with_programme(self) -> Self:
        """What a measure's number and address are made of."""
        return self.select_related("goal__programme__home_cluster")

    def visible_to(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.visible_to(user))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.editable_by(user))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.in_scope_of(user))

    def managed_by(self, user: Reader) -> Self:
        return self.filter(goal__programme__in=Programme.objects.managed_by(user))

    def choosable_by(self, user: Reader) -> Self:
        """Work is tied to measures in force, of any programme that its reader sees."""
        return self.visible_to(user).current().with_programme()

    def current(self) -> Self:
        """Of the approved versions."""
        return self.filter(goal__programme__stage=Stage.APPROVED)

    def overdue(self, day: datetime.date | None = None) -> Self:
        today = day or timezone.localdate()
        return self.filter(state__in=UNFINISHED, ends_on__lt=today)

    def late(self, day: datetime.date | None = None) -> Self:
        return self.filter(Q(state=State.DELAYED) | Q(pk__in=self.overdue(day).values("pk")))

    def concerning(self, user: Reader) -> Self:
        """Those that an organisation of theirs answers for."""
        return self.filter(responsible__in=audience(user).organisations)


@audit.tracked(exclude=("search", "counted_at"))
class Measure(Counted, Searchable):
    owner_path = "responsible"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(
        Goal, verbose_name=_("strategic goal"), on_delete=models.CASCADE, related_name="measures"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    responsible = models.ForeignKey(
        Organisation,
        verbose_name=_("responsible party"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("continues"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="successors",
        help_text=_("The measure of the earlier version."),
    )
    implementers = models.ManyToManyField(
        Organisation, verbose_name=_("implementers"), blank=True, related_name="+"
    )
    others_fi = models.CharField(
        _("other parties in Finnish"), max_length=200, blank=True, default=""
    )
    others_sv = models.CharField(
        _("other parties in Swedish"), max_length=200, blank=True, default=""
    )
    others_en = models.CharField(
        _("other parties in English"), max_length=200, blank=True, default=""
    )
    indicator_fi = models.CharField(
        _("indicator in Finnish"), max_length=200, blank=True, default=""
    )
    indicator_sv = models.CharField(
        _("indicator in Swedish"), max_length=200, blank=True, default=""
    )
    indicator_en = models.CharField(
        _("indicator in English"), max_length=200, blank=True, default=""
    )
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    achieved = models.PositiveIntegerField(_("achieved"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("progress, per cent"),
        default=0,
        help_text=_("Used where the indicator has no target figure."),
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    # The last day whose passing its owner has been told of.
    told_late_of = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.NOT_STARTED)
    note_fi = models.CharField(_("situation in Finnish"), max_length=300, blank=True, default="")
    note_sv = models.CharField(_("situation in Swedish"), max_length=300, blank=True, default="")
    note_en = models.CharField(_("situation in English"), max_length=300, blank=True, default="")
    follow_up_fi = models.TextField(_("follow-up measure in Finnish"), blank=True, default="")
    follow_up_sv = models.TextField(_("follow-up measure in Swedish"), blank=True, default="")
    follow_up_en = models.TextField(_("follow-up measure in English"), blank=True, default="")

    objects = MeasureQuerySet.as_manager()
    title = InLanguage()
    others = InLanguage()
    indicator = InLanguage()
    note = InLanguage()
    follow_up = InLanguage()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["goal__number", "number"]
        indexes = [index("projects_measure_search")]
        constraints = [
            one_of("state", State, name="projects_measure_state_known"),
            in_order("starts_on", "ends_on", name="projects_measure_days_in_order"),
            models.UniqueConstraint(fields=["goal", "number"], name="projects_measure_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="projects_measure_number_positive"
            ),
            models.CheckConstraint(
                condition=Q(progress__range=(0, 100)), name="projects_measure_progress_percent"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(target__gte=1),
                name="projects_measure_target_positive",
            ),
            models.CheckConstraint(
                condition=Q(counts="", count_lost_on__isnull=True)
                | (~Q(counts="") & Q(counted_since__isnull=False)),
                name="projects_measure_counted_since_a_day",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(state=State.DONE),
                name="projects_measure_done_on_when_done",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="owned_once_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__responsible__isnull=True),
                func="""
                    PERFORM 1 FROM projects_programme p
                        JOIN projects_goal g ON g.programme_id = p.id
                        WHERE g.id = NEW.goal_id AND p.stage = 'approved' FOR SHARE OF p;
                    IF FOUND THEN
                        RAISE EXCEPTION 'a measure of an approved programme needs an owner'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    def get_absolute_url(self) -> str:
        """Leads to its place in its version, or to the measure that continues it."""
        return reverse("projects:measure", args=[self.public_id])

    @property
    def place(self) -> str:
        return f"{self.goal.programme.get_absolute_url()}#measure-{self.public_id}"

    def in_force(self) -> Measure:
        """The measure that continues this one in an approved version, or itself."""
        found = self
        while after := found.successors.exclude(goal__programme__stage=Stage.DRAFT).first():
            found = after
        return found

    def search_parts(self) -> list[tuple[str, str]]:
        owner = self.responsible
        return [
            ("A", every_language(self, "title")),
            ("B", every_language(self.goal, "title")),
            ("B", owner.every_name if owner and owner.visibility == Visibility.PUBLIC else ""),
            ("C", every_language(self, "indicator")),
            ("C", every_language(self, "note")),
            ("C", every_language(self, "follow_up")),
            ("D", every_translation(State(self.state).label)),
        ]

    @property
    def search_title(self) -> str:
        return str(self.title)

    @property
    def search_summary(self) -> str:
        return str(self.goal.title)

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        self._clean_owner()
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.others_fi, self.others_sv,
            self.others_en, self.indicator_fi, self.indicator_sv, self.indicator_en, self.note_fi,
            self.note_sv, self.note_en, self.follow_up_fi, self.follow_up_sv, self.follow_up_en,
        )  # fmt: skip

    def _clean_owner(self) -> None:
        """The database refuses it too; here it is a sentence at the field."""
        approved = self.goal_id and self.goal.programme.stage != Stage.DRAFT
        if approved and self.responsible_id is None:
            raise ValidationError(
                {"responsible": gettext("A measure of an approved programme needs an owner.")}
            )

    @property
    def label(self) -> str:
        return f"{self.goal.number}.{self.number}"

    @property
    def takes_figures(self) -> bool:
        """In force, or new in a draft; else its figure comes from the version in force."""
        stage = self.goal.programme.stage
        return stage == Stage.APPROVED or (stage == Stage.DRAFT and self.continues_id is None)

    @property
    def percent(self) -> int:
        if self.state == State.DONE:
            return 100
        if self.target:
            return min(100, (self.achieved or 0) * 100 // self.target)
        return self.progress

    @property
    def is_late(self) -> bool:
        overdue = self.state in UNFINISHED and self.ends_on < timezone.localdate()
        return overdue or self.state == State.DELAYED


# What happens to a measure once it is in force; the rest is what the programme plans.
PROGRESS = (
    "state", "achieved", "progress", "done_on", "told_late_of", *COUNTING,
    *(f"{stem}_{code}" for stem in ("note", "follow_up") for code in LANGUAGES),
)  # fmt: skip


def take_over(measure: Measure, earlier: Measure) -> None:
    """A measure goes on from where the earlier one is; more time settles a delay."""
    for name in PROGRESS:
        setattr(measure, name, getattr(earlier, name))
    given_time = measure.ends_on > earlier.ends_on and measure.ends_on >= timezone.localdate()
    if measure.state == State.DELAYED and given_time:
        measure.state = State.IN_PROGRESS


audit.track_links(Measure.implementers.through)


def lacks(programme: Programme) -> list[str]:
    """What keeps this version from being approved, as sentences; empty when nothing does."""
    measures = list(Measure.objects.of(programme))
    missing = [
        gettext("Measure %(number)s has no responsible party.") % {"number": measure.label}
        for measure in measures
        if measure.responsible_id is None
    ]
    if programme.organisation_id is None:
        missing.append(gettext("The maintaining body is missing."))
    if not measures:
        missing.append(gettext("The programme has no measures."))
    return missing
