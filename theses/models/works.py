"""A thesis: what an accepted student, a commissioner and a supervisor do together."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.text import richtext
from cluster_portal.core.visibility import Audience, Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from theses.models.applications import Application
from theses.models.choices import Level, Origin
from theses.models.profile_parts import SupervisorSeats
from theses.models.profiles import ACTS, SupervisorProfile
from theses.models.topic_workflow import is_offered_by
from theses.models.topics import Topic

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.matching.features import Features


class Stage(Stages):
    SEEKING = "seeking", "waiting", _("Parties are missing")
    MATCHED = "matched", "waiting", _("All have accepted")
    AGREED = "agreed", "running", _("Agreed")
    IN_PROGRESS = "in_progress", "running", _("In progress")
    INTERRUPTED = "interrupted", "stopped", _("Interrupted")
    FINISHED = "finished", "done", _("Finished")
    ENDED = "ended", "stopped", _("Ended unfinished")


UNDER_WAY = [Stage.MATCHED, Stage.AGREED, Stage.IN_PROGRESS, Stage.INTERRUPTED]
ACTIVE = [Stage.SEEKING, *UNDER_WAY]
# Stands for the sentence where a chosen student has taken the application back.
STEPPED_BACK = "stepped back"

# Until then a student can step back from the match without ending a thesis.
BEFORE_AGREEMENT = frozenset({Stage.SEEKING, Stage.MATCHED})


class Light(Stages):
    """How the work goes, by the student’s own judgement."""

    GREEN = "green", "open", _("Going well")
    YELLOW = "yellow", "waiting", _("Slower than planned")
    RED = "red", "late", _("Stuck, I need help")


class Decision(Stages):
    """What became of the result at the commissioner’s."""

    UNKNOWN = "unknown", "", _("Not known yet")
    USED = "used", "done", _("Taken into use")
    PARTLY = "partly", "running", _("Partly taken into use")
    BASIS = "basis", "running", _("Basis of further work")
    NOT_USED = "not_used", "stopped", _("Not taken into use")


def _handed_on(known: Audience) -> Q:
    """Topics that the reader proposed as a supervisor and an organisation has commissioned since.

    The supervisor still edits them, but of their theses is a party to the supervised ones.
    """
    proposed = Q(origin=Origin.SUPERVISOR, supervisor=known.user_id, organisation__isnull=False)
    named = Q(contact=known.user_id, organisation__in=known.organisations)
    named |= Q(organisation__in=known.edits)
    return proposed & ~named & ~Q(home_cluster__in=known.coordinates)


class ThesisQuerySet(search.SearchableQuerySet):
    def visible_to(self, user: Reader) -> Self:
        """Finished ones to whoever sees their topic, for a thesis is public; others to a party."""
        known = audience(user)
        if known.is_admin:
            return self
        topics = Topic.objects.visible_to(user).values("pk")
        seen = Q(stage=Stage.FINISHED, application__topic__in=topics)
        if known.user_id is not None:
            seen |= Q(pk__in=Thesis.objects.editable_by(user).values("pk"))
        return self.filter(seen)

    def editable_by(self, user: Reader) -> Self:
        """The three parties and the home cluster's coordinators: the workspace is theirs.

        A supervisor is one while having a place in the school.
        """
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        commissioned = Topic.objects.editable_by(user).exclude(_handed_on(known)).values("pk")
        return self.filter(
            Q(application__student=known.user_id)
            | Q(Exists(SupervisorProfile.objects.acting(known)), supervisor=known.user_id)
            | Q(application__topic__in=commissioned)
        )

    def mine(self, user: Reader) -> Self:
        """Those in which the reader is a party, whichever of the three."""
        topics = Topic.objects.mine(user).values("pk")
        party = Q(application__student=user.pk) | Q(supervisor=user.pk)
        return self.filter(party | Q(application__topic__in=topics))

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(application__topic__home_cluster__in=known.coordinates)

    def active(self) -> Self:
        return self.filter(stage__in=ACTIVE)

    def finished(self) -> Self:
        return self.filter(stage=Stage.FINISHED)


@audit.tracked(exclude=("search",))
class Thesis(search.Searchable, Matchable):
    owner_path = "application__topic__organisation"
    match_related = ("application__topic__terms", "application__topic__organisation")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        pgettext_lazy("of a page", "address"), max_length=90, blank=True, default=""
    )
    application = models.OneToOneField(
        Application,
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="thesis",
    )
    supervisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("supervisor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supervised_theses",
    )
    seat = models.ForeignKey(
        SupervisorSeats,
        verbose_name=_("supervisor’s term"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="theses",
    )
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.SEEKING)
    stage_before = models.CharField(max_length=20, choices=Stage, blank=True, default="")
    title = models.CharField(_("title"), max_length=250)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True, default="")
    light = models.CharField(_("how it goes"), max_length=10, choices=Light, default=Light.GREEN)
    light_note = models.TextField(_("what slows it down"), max_length=2000, blank=True, default="")
    light_at = models.DateTimeField(_("told"), null=True, blank=True)
    started_on = models.DateField(_("began on"), null=True, blank=True)
    target_on = models.DateField(_("should be ready by"), null=True, blank=True)
    resumes_on = models.DateField(_("goes on"), null=True, blank=True)
    # Which leave of the supervisor was told of last: the affiliation's key and last day.
    leave_told = models.CharField(max_length=40, blank=True, default="", editable=False)
    # When the student has told that only the finishing is left; writing on takes it back.
    ready_at = models.DateTimeField(_("told to be ready"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    # What the list of finished theses is narrowed by; set with the day of finishing.
    finished_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    field_codes = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("fields of education"),
        default=list,
        blank=True,
    )
    repository_url = models.URLField(
        _("address in the repository"), max_length=300, blank=True, default=""
    )
    abstract = models.TextField(_("abstract"), max_length=5000, blank=True, default="")
    used_for = models.TextField(
        _("what the result was used for"), max_length=3000, blank=True, default=""
    )
    usage = models.CharField(
        _("use of the result"), max_length=20, choices=Decision, default=Decision.UNKNOWN
    )
    usage_at = models.DateTimeField(_("use of the result told"), null=True, blank=True)
    usage_asked_at = models.DateTimeField(_("use of the result asked"), null=True, blank=True)
    shows_author = models.BooleanField(_("the author’s name is shown"), default=False)
    ending_reason = models.TextField(_("why it ended"), max_length=2000, blank=True, default="")
    created_at = models.DateTimeField(_("matched"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ThesisQuerySet.as_manager()

    class Meta:
        verbose_name = _("thesis")
        verbose_name_plural = _("theses")
        ordering = ["-created_at", "-pk"]
        indexes = [
            search.index("theses_thesis_search"),
            models.Index(fields=["stage", "-finished_on"], name="theses_thesis_stage"),
        ]
        constraints = [
            one_of("stage", Stage, name="theses_thesis_stage_known"),
            one_of("light", Light, name="theses_thesis_light_known"),
            one_of("usage", Decision, name="theses_thesis_usage_known"),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="theses_thesis_slug_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.SEEKING, Stage.ENDED]) | Q(supervisor__isnull=False),
                name="theses_thesis_supervised_when_matched",
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=Level.values),
                name="theses_thesis_level_known",
            ),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True, finished_year__isnull=True)
                | Q(finished_on__isnull=False, finished_year__isnull=False),
                name="theses_thesis_year_of_finishing",
            ),
            models.CheckConstraint(
                condition=~Q(light=Light.RED) | ~Q(light_note=""),
                name="theses_thesis_red_light_explained",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.FINISHED)
                | (Q(finished_on__isnull=False) & ~Q(abstract="") & ~Q(slug="")),
                name="theses_thesis_finished_whole",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ENDED) | ~Q(ending_reason=""),
                name="theses_thesis_end_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.INTERRUPTED, stage_before__in=UNDER_WAY)
                | (~Q(stage=Stage.INTERRUPTED) & Q(stage_before="")),
                name="theses_thesis_interrupted_from_somewhere",
            ),
            in_order("started_on", "target_on", name="theses_thesis_time_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page of a finished one; the parties' workspace until then."""
        if self.stage == Stage.FINISHED:
            return reverse("theses:finished_thesis", args=[self.slug])
        return self.workspace_url

    @property
    def why_it_ended(self) -> str:
        """In a party's own words; what the portal itself says, in the reader's language."""
        if self.ending_reason == STEPPED_BACK:
            return str(_("The student stepped back."))
        return self.ending_reason

    @property
    def workspace_url(self) -> str:
        return reverse("theses:work", args=[self.public_id])

    @property
    def mail_thread(self) -> Application:
        return self.application

    @property
    def topic(self) -> Topic:
        return self.application.topic

    def search_parts(self) -> list[tuple[str, str]]:
        """Only what the public page shows."""
        topic = self.topic
        owner = topic.named_owner
        author = self.application.student.get_full_name() if self.shows_author else ""
        parts = [
            ("A", self.title),
            ("B", owner.every_name if owner else ""),
            ("B", author),
            ("B", ", ".join(topic.keywords)),
            ("C", richtext.plain(self.abstract)),
            ("C", richtext.plain(self.used_for)),
        ]
        return [(weight, text) for weight, text in parts if text]

    def match_features(self) -> Features:
        """What it is about: its own words and its topic's themes, nobody's name."""
        bag = Bag()
        bag.add(f"{self.title}. {', '.join(self.topic.keywords)}", WEIGHTS["A"])
        bag.add(richtext.plain(self.abstract), WEIGHTS["C"])
        bag.add_terms(self.topic.terms.all())
        return bag.as_document()

    @property
    def search_summary(self) -> str:
        return richtext.plain(self.abstract)

    @property
    def digest_line(self) -> str:
        owner = self.topic.named_owner
        return owner.title if owner else ""


def writes_elsewhere(topic: Topic) -> bool:
    """Whether the student whose idea this is has another thesis under way."""
    if topic.student_id is None:
        return False
    own = Thesis.objects.active().filter(application__student=topic.student_id)
    return own.exclude(application__topic=topic.pk).exists()


def acts(user: Reader) -> bool:
    """Whether the user is a supervisor today: with a profile, and a place in its institution."""
    known = audience(user)
    return ACTS.get(known, SupervisorProfile.objects.acting(known).exists)


def is_student(thesis: Thesis, user: Reader) -> bool:
    return user.is_authenticated and thesis.application.student_id == user.pk


def is_supervisor(thesis: Thesis, user: Reader) -> bool:
    return user.is_authenticated and thesis.supervisor_id == user.pk and acts(user)


def is_commissioner(thesis: Thesis, user: Reader) -> bool:
    topic = thesis.topic
    if is_student(thesis, user) or not is_offered_by(topic, user):
        return False
    known = audience(user)
    proposed = topic.origin == Origin.SUPERVISOR and topic.supervisor_id == user.pk
    is_contact = topic.contact_id == user.pk and topic.organisation_id in known.organisations
    named = is_contact or topic.organisation_id in {None, *known.edits}
    return not proposed or named or known.is_admin or topic.home_cluster_id in known.coordinates


def is_party(thesis: Thesis, user: Reader) -> bool:
    parts = (is_student, is_supervisor, is_commissioner)
    return any(part(thesis, user) for part in parts)


def _guides(thesis: Thesis, user: Reader) -> bool:
    return is_supervisor(thesis, user) or is_commissioner(thesis, user)


MOVES = Workflow(
    begin=Move(
        frozenset({Stage.AGREED}),
        Stage.IN_PROGRESS,
        may=is_party,
        label=_("The work has begun"),
        style="primary",
    ),
    finish=Move(
        frozenset({Stage.IN_PROGRESS}),
        Stage.FINISHED,
        may=_guides,
        label=_("The thesis is finished"),
        style="primary",
    ),
    interrupt=Move(
        frozenset({Stage.MATCHED, Stage.AGREED, Stage.IN_PROGRESS}),
        Stage.INTERRUPTED,
        may=is_party,
        label=_("Interrupt for a time"),
        needs_reason=True,
    ),
    resume=Move(
        frozenset({Stage.INTERRUPTED}),
        Stage.IN_PROGRESS,
        may=is_party,
        label=_("Go on"),
        style="primary",
    ),
    end=Move(
        frozenset(ACTIVE),
        Stage.ENDED,
        may=is_party,
        label=_("End unfinished"),
        style="danger",
        needs_reason=True,
    ),
)
