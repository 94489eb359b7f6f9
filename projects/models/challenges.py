"""Challenges: a real need of an authority or association, told so that others can offer help."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.search import Searchable, index
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import InLanguage, every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Workflow
from members.models import (
    ClusterContent,
    Need,
    Organisation,
    SearchableContentQuerySet,
)
from members.models.kinds import Sector
from members.models.needs import Kind as NeedKind
from projects.models.shared import Scope, edits, refuse_reserved, scopes_known

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.matching.features import Features

# Addresses under /projects/challenges/ that mean something else than a challenge.
RESERVED_SLUGS = frozenset(["propose", "feed"])
CLOSING_HOUR = datetime.time(16)
USUAL_TIME = datetime.timedelta(days=42)  # for proposals, unless its owner says otherwise


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, under evaluation")
    SOLVED = "solved", _("Solved")
    UNMATCHED = "unmatched", _("No solution found")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PUBLISHED = frozenset({Stage.OPEN, Stage.CLOSED, Stage.SOLVED, Stage.UNMATCHED})
# By the stage alone, so that an index has the order: each minute closes what has reached its end.
OVER_AT = Case(When(~Q(stage=Stage.OPEN), then=F("closes_at")))


class ChallengeQuerySet(SearchableContentQuerySet):
    has_group = True

    def group_condition(self, known: Audience) -> Q:
        """The people whom the challenge names, the colleagues of the organisations, and those of
        member organisations of the sectors."""
        named = Q(named_organisations__in=known.organisations) | Q(named_people=known.user_id)
        ours = Organisation.objects.standing().members().filter(pk__in=known.organisations)
        by_sector = Q(named_sectors__overlap=ours.order_by().values("sector"))
        return Q(pk__in=self.model.objects.filter(named).values("pk")) | by_sector

    def editor_condition(self, known: Audience) -> Q:
        """Who told it, as long as they belong to the organisation."""
        return Q(teller=known.user_id, organisation__in=known.organisations)

    def published(self) -> Q:
        return Q(stage__in=PUBLISHED)

    def open(self) -> Self:
        """Open, and its deadline is still ahead."""
        return self.filter(stage=Stage.OPEN, closes_at__gt=timezone.now())

    def unmatched(self) -> Self:
        """What nobody could solve: kept, and counted as demand."""
        return self.filter(stage=Stage.UNMATCHED)

    def soonest_first(self) -> Self:
        """Those one can still answer by their deadline, then the others, the latest first."""
        return self.order_by(OVER_AT.desc(nulls_first=True), "closes_at", "pk")

    def overdue(self) -> Self:
        return self.filter(stage=Stage.OPEN, closes_at__lte=timezone.now())

    def teased_to(self, user: Reader) -> Self:
        """Those that the reader may not open, but whose title, summary and deadline anyone may
        read. Never to be searched: the search knows what the teaser leaves out, too."""
        teased = self.filter(self.published(), has_teaser=True)
        return teased.exclude(pk__in=self.model.objects.visible_to(user).values("pk"))


@audit.tracked(exclude=("search",))
class Challenge(ClusterContent, Searchable, Matchable):
    """`form_key` comes with the form, so that sending it twice makes one challenge."""

    match_related = ("terms",)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    from_need = models.ForeignKey(
        Need, verbose_name=_("need behind it"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
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
    title_fi = models.CharField(_("title in Finnish"), max_length=200)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, default="")
    summary_fi = models.TextField(_("summary in Finnish"), max_length=600)
    summary_sv = models.TextField(_("summary in Swedish"), max_length=600, blank=True, default="")
    summary_en = models.TextField(_("summary in English"), max_length=600, blank=True, default="")
    background = models.TextField(_("background"), blank=True, default="")
    need = models.TextField(_("need"))
    current_practice = models.TextField(_("current practice"), blank=True, default="")
    limits = models.TextField(_("limits"), blank=True, default="")
    not_to_tell = models.TextField(
        _("what cannot be told"),
        blank=True,
        default="",
        help_text=_("What nobody may describe in questions or proposals."),
    )
    outcome = models.TextField(_("desired outcome"), blank=True, default="")
    closes_at = models.DateTimeField(_("deadline"))
    has_teaser = models.BooleanField(
        _("public teaser"),
        default=False,
        help_text=_(
            "Everyone sees the title, the summary, the cluster and the deadline; the rest is seen "
            "by those whom the visibility names."
        ),
    )
    named_organisations = models.ManyToManyField(
        Organisation,
        verbose_name=_("named organisations"),
        blank=True,
        related_name="+",
        help_text=_("Their people can read the challenge when its visibility is a named group."),
    )
    named_sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), verbose_name=_("named sectors"),
        default=list, blank=True,
        help_text=_("Members of these sectors can read it when its visibility is a named group."),
    )  # fmt: skip
    named_people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named people"),
        blank=True,
        related_name="+",
        help_text=_("They can read the challenge when its visibility is a named group."),
    )
    proposer_sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector), verbose_name=_("who may propose"),
        default=list, blank=True,
        help_text=_("Sectors whose members may propose; none chosen means every member."),
    )  # fmt: skip
    takes_anonymous = models.BooleanField(
        _("questions without a name"),
        default=True,
        help_text=_("You and the coordinator see who asks. Others do not."),
    )
    decision_on = models.DateField(_("decision by"), null=True, blank=True)
    solution = models.TextField(
        _("what came of it"),
        max_length=2000,
        blank=True,
        default="",
        help_text=_("Shown to everyone who can read the challenge."),
    )
    matched_at = models.DateTimeField(null=True, editable=False)  # empty: to be told of (again)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contact person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown to signed-in members only."),
    )
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope),
        verbose_name=_("level of activity"),
        default=list,
        blank=True,
    )
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")

    objects = ChallengeQuerySet.as_manager()
    title = InLanguage()
    summary = InLanguage()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["closes_at", "pk"]
        indexes = [
            index("projects_challenge_search"),
            models.Index(
                OVER_AT.desc(nulls_first=True), "closes_at", "id", name="projects_challenge_soonest"
            ),
            models.Index(
                fields=["closes_at"], condition=Q(stage="open"), name="projects_challenge_open"
            ),
            models.Index(
                fields=["id"], condition=Q(stage="open", matched_at=None),
                name="projects_challenge_to_match",
            ),
        ]  # fmt: skip
        constraints = [
            one_of("stage", Stage, name="projects_challenge_stage_known"),
            one_of("visibility", Visibility, name="projects_challenge_visibility_known"),
            scopes_known("projects_challenge_scopes_known"),
            models.CheckConstraint(
                condition=Q(named_sectors__contained_by=list(Sector.values)),
                name="projects_challenge_sectors_known",
            ),
            models.CheckConstraint(
                condition=Q(proposer_sectors__contained_by=list(Sector.values)),
                name="projects_challenge_proposers_known",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="projects_challenge_slug_not_reserved",
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PRIVATE) | Q(has_teaser=False),
                name="projects_challenge_private_has_no_teaser",
                violation_error_message=_("A private challenge has no public teaser."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(PUBLISHED)) | Q(published_at__isnull=False),
                name="projects_challenge_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.SOLVED, Stage.UNMATCHED])
                | Q(decided_at__isnull=False),
                name="projects_challenge_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        cleaning.refuse_links(self.title_fi, self.title_sv, self.title_en)
        refuse_marked(
            self.title_fi, self.title_sv, self.title_en, self.summary_fi, self.summary_sv,
            self.summary_en, self.background, self.need, self.current_practice, self.limits,
            self.not_to_tell, self.outcome, self.solution,
        )  # fmt: skip
        if self.organisation_id is None:
            raise ValidationError({"organisation": _("Choose whose need this is.")})

    def get_absolute_url(self) -> str:
        return reverse("projects:challenge", args=[self.slug])

    @property
    def useful_until(self) -> datetime.datetime:
        """News of it come too late after that."""
        return self.closes_at

    def search_parts(self) -> list[tuple[str, str]]:
        body = (
            self.background, self.need, self.current_practice, self.limits, self.outcome,
            self.solution,
        )  # fmt: skip
        return [
            ("A", every_language(self, "title")),
            ("B", "\n".join(every_language(term, "label") for term in self.terms.all())),
            *self.owner_search_parts(),
            ("D", every_translation(Stage(self.stage).label)),
            ("C", every_language(self, "summary")),
            *(("C", text) for text in body),
        ]

    # What `members.matching` holds against capabilities: a challenge asks for a solution, anywhere.
    kind = NeedKind.SOLUTION
    region_id = None

    def match_features(self) -> Features:
        """What it is about: its own words and themes, nobody's name."""
        bag = Bag()
        bag.add(self.title_fi, WEIGHTS["A"])
        for text in self.match_texts()[1:]:
            bag.add(text, WEIGHTS["C"])
        bag.add_terms(self.terms.all())
        return bag.as_document()

    def match_texts(self) -> list[str]:
        """What a reason may quote: whoever reads the challenge reads all of it."""
        return [self.title_fi, self.summary_fi, self.need, self.outcome]

    @property
    def closed_early(self) -> bool:
        """It takes no more proposals, though its deadline is still ahead."""
        is_before = self.stage in {Stage.DRAFT, Stage.IN_REVIEW, Stage.OPEN}
        return not is_before and self.closes_at > timezone.now()

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN and self.closes_at > timezone.now()

    @property
    def is_graded(self) -> bool:
        """Only named ones read it: it is written down who has opened it."""
        return self.visibility == Visibility.GROUP

    @property
    def missing(self) -> list[str]:
        """What its owner must still tell before it can be reviewed."""
        texts = [name for name in NEEDED if not getattr(self, name)]
        is_late = self.closes_at <= timezone.now()
        nobody = self.pk and self.is_graded and not self._names_anybody()
        return [*texts, *["closes_at"] * is_late, *["visibility"] * bool(nobody)]

    def _names_anybody(self) -> bool:
        named = self.named_organisations.exists() or self.named_people.exists()
        return bool(self.named_sectors) or named


NEEDED = ("title_fi", "background", "need", "summary_fi")


def usual_deadline() -> datetime.datetime:
    day = timezone.localdate(timezone.now() + USUAL_TIME)
    return timezone.make_aware(datetime.datetime.combine(day, CLOSING_HOUR))


def _coordinates(challenge: Challenge, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or challenge.home_cluster_id in known.coordinates


def _is_ahead(challenge: Challenge, user: Reader) -> bool:
    return challenge.closes_at > timezone.now() and _coordinates(challenge, user)


def waits_for(challenge: Challenge, user: Reader) -> bool:
    """Whether its time is over and this reader's organisation has to say what came of it."""
    return challenge.stage == Stage.CLOSED and challenge.organisation_id in audience(user).edits


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}), Stage.IN_REVIEW, may=edits, label=_("Send for review"),
        style="primary",
    ),
    publish=Move(
        frozenset({Stage.DRAFT, Stage.IN_REVIEW}), Stage.OPEN, may=_is_ahead, label=_("Publish"),
        style="primary",
    ),
    send_back=Move(
        frozenset({Stage.IN_REVIEW}), Stage.DRAFT, may=_coordinates, label=_("Return to draft"),
        needs_reason=True,
    ),
    close=Move(frozenset({Stage.OPEN}), Stage.CLOSED, may=edits, label=_("Close")),
    reopen=Move(frozenset({Stage.CLOSED}), Stage.OPEN, may=_is_ahead, label=_("Reopen")),
    solve=Move(
        frozenset({Stage.CLOSED}), Stage.SOLVED, may=edits, label=_("Mark as solved"),
        style="primary",
    ),
    give_up=Move(
        frozenset({Stage.CLOSED}), Stage.UNMATCHED, may=edits, label=_("No solution was found"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.OPEN}), Stage.WITHDRAWN, may=edits,
        label=_("Withdraw"), style="danger", needs_reason=True,
    ),
)  # fmt: skip


for links in (Challenge.terms, Challenge.named_organisations, Challenge.named_people):
    audit.track_links(links.through)
