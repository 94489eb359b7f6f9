"""Needs: what a member lacks, told in three lines so that others can offer it."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, search
from cluster_portal.core.constraints import one_of
from cluster_portal.core.matching.features import Bag
from cluster_portal.core.matching.stored import WEIGHTS, Matchable
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.text.languages import every_language, every_translation
from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models.affiliations import Affiliation
from members.models.content import ClusterContent, SearchableContentQuerySet

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.matching.features import Features

# Addresses under /members/needs/ that mean something else than a need.
RESERVED_SLUGS = frozenset(["propose", "feed"])
# Without a day it is asked after this long whether the need is still open.
NO_HURRY = datetime.timedelta(days=180)
# From that question until a need without an answer expires.
GRACE = datetime.timedelta(days=14)


class Kind(models.TextChoices):
    SOLUTION = "solution", _("Solution")
    PARTNER = "partner", _("Partner")
    KNOWLEDGE = "knowledge", _("Knowledge")
    FUNDING = "funding", _("Funding")
    VOLUNTEERS = "volunteers", _("Voluntary help")


ICONS = {
    Kind.SOLUTION: "product",
    Kind.PARTNER: "link",
    Kind.KNOWLEDGE: "skill",
    Kind.FUNDING: "money",
    Kind.VOLUNTEERS: "hand",
}


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    WAITING = "waiting", "waiting", _("Waits for the organisation")
    OPEN = "open", "open", _("Open")
    ANSWERED = "answered", "done", _("Answered")
    CLOSED = "closed", "stopped", _("Closed without an answer")
    EXPIRED = "expired", "stopped", _("Expired")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")


PUBLISHED = frozenset({Stage.OPEN, Stage.ANSWERED, Stage.CLOSED, Stage.EXPIRED})
UNANSWERED = frozenset({Stage.CLOSED, Stage.EXPIRED})  # kept: what nobody could offer


class NeedQuerySet(SearchableContentQuerySet):
    def published(self) -> Q:
        return Q(stage__in=PUBLISHED)

    def editor_condition(self, known: Audience) -> Q:
        """The private member, and who told it as long as they belong to the organisation."""
        own = Q(person=known.user_id)
        return own | Q(teller=known.user_id, organisation__in=known.organisations)

    def open(self) -> Self:
        return self.filter(stage=Stage.OPEN)

    def open_first(self) -> Self:
        """The open ones, the soonest needed first; then those that are over, the latest first."""
        over_at = Case(When(~Q(stage=Stage.OPEN), then=F("ended_at")))
        soonest = F("needed_by").asc(nulls_last=True)
        return self.order_by(over_at.desc(nulls_first=True), soonest, "-published_at", "-pk")

    def mine(self, user: Reader) -> Self:
        """Of the reader's own side: theirs, and those of their organisations."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        return self.filter(Q(organisation__in=known.organisations) | Q(person=known.user_id))

    def waiting_for(self, user: Reader) -> Self:
        """Told on behalf of an organisation whose contact the reader is."""
        return self.filter(stage=Stage.WAITING, organisation__in=audience(user).edits)


@audit.tracked(exclude=("search",))
class Need(ClusterContent, search.Searchable, Matchable):
    """Of an organisation, or of a private member (`person`); `teller` wrote it down.

    `needed_by` is missing where there is no hurry. `form_key` comes with the form, so that sending
    it twice makes one need.
    """

    match_related = ("terms",)
    slug = models.SlugField(pgettext_lazy("of a page", "address"), max_length=100, unique=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("private member"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="+",
    )  # fmt: skip
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("told by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    is_on_behalf = models.BooleanField(
        _("told by a coordinator on behalf"), default=False, editable=False
    )
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    what = models.CharField(_("what is needed"), max_length=160)
    purpose = models.TextField(_("for what"), max_length=1000)
    needed_by = models.DateField(
        _("by when"), null=True, blank=True, help_text=_("Empty: no hurry.")
    )
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT,
        limit_choices_to={"scheme": "region"}, related_name="+",
    )  # fmt: skip
    terms = models.ManyToManyField(Term, verbose_name=_("themes"), blank=True, related_name="+")
    visibility = models.CharField(
        _("visibility"), max_length=20, choices=Visibility, default=Visibility.MEMBERS
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    renewed_at = models.DateTimeField(
        _("said to be still open"), null=True, blank=True, editable=False
    )
    asked_at = models.DateTimeField(
        _("asked whether it is still open"), null=True, blank=True, editable=False
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    answer = models.TextField(_("what answered it"), max_length=600, blank=True, default="")
    offer_count = models.PositiveIntegerField(_("offers of help"), default=0, editable=False)
    matched_at = models.DateTimeField(null=True, editable=False)  # empty: to be matched (again)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-pk"]
        indexes = [
            search.index("members_need_search"),
            models.Index(
                fields=["needed_by"], condition=Q(stage="open"), name="members_need_open_by_day"
            ),
            models.Index(
                fields=["id"], condition=Q(stage="open", matched_at=None),
                name="members_need_to_match",
            ),
        ]  # fmt: skip
        constraints = [
            one_of("stage", Stage, name="members_need_stage_known"),
            one_of("kind", Kind, name="members_need_kind_known"),
            one_of("visibility", Visibility, name="members_need_visibility_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.GROUP), name="members_need_names_no_group",
                violation_error_message=_("A need has no named group of readers."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person=None)
                | Q(organisation=None, person__isnull=False),
                name="members_need_has_one_owner",
                violation_error_message=_("A need is an organisation’s or a private member’s."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(PUBLISHED)) | Q(published_at__isnull=False),
                name="members_need_published_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.ANSWERED, *sorted(UNANSWERED)])
                | Q(ended_at__isnull=False),
                name="members_need_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)), name="members_need_slug_not_reserved"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        cleaning.refuse_links(self.what)
        refuse_marked(self.what, self.purpose, self.answer)
        if bool(self.organisation_id) == bool(self.person_id):
            raise ValidationError(_("A need is an organisation’s or a private member’s."))

    def get_absolute_url(self) -> str:
        return reverse("members:need", args=[self.slug])

    @property
    def title(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN

    @property
    def day_in_words(self) -> str:
        if self.needed_by is None:
            return gettext("No hurry")
        return date_format(self.needed_by, "SHORT_DATE_FORMAT")

    @property
    def when_in_words(self) -> str:
        day = self.day_in_words
        return gettext("By %(day)s") % {"day": day} if self.needed_by else day

    @property
    def due_on(self) -> datetime.date:
        """The day after which it is asked whether the need is still open."""
        since = self.renewed_at or self.published_at or self.created_at
        return self.needed_by or timezone.localdate(since + NO_HURRY)

    def search_parts(self) -> list[tuple[str, str]]:
        region = [self.region] if self.region else []
        terms = [every_language(term, "label") for term in (*self.terms.all(), *region)]
        return [
            ("A", self.what),
            ("B", every_translation(Kind(self.kind).label)),
            ("B", "\n".join(terms)),
            ("C", self.purpose),
            *self.owner_search_parts(),
        ]

    def match_features(self) -> Features:
        """What it is about: its own words and themes, nobody's name."""
        bag = Bag()
        bag.add(self.what, WEIGHTS["A"])
        bag.add(self.purpose, WEIGHTS["C"])
        bag.add_terms(self.terms.all())
        return bag.as_document()

    def match_texts(self) -> list[str]:
        """What a reason may quote: whoever sees the need sees both."""
        return [self.what, self.purpose]

    @property
    def search_title(self) -> str:
        return self.what

    @property
    def search_summary(self) -> str:
        return self.purpose


audit.track_links(Need.terms.through)


def edits(need: Need, user: Reader) -> bool:
    return need.is_editable_by(user)


def _speaks_for(need: Need, user: Reader) -> bool:
    """The organisation's own contact; where it has none, whoever edits the need."""
    known = audience(user)
    if need.organisation_id in known.edits:
        return True
    return edits(need, user) and not has_contact(need)


def has_contact(need: Need) -> bool:
    contacts = Affiliation.objects.contacts().filter(organisation=need.organisation_id)
    return contacts.filter(user__is_active=True).exists()


ENDS = frozenset({Stage.OPEN, Stage.EXPIRED})
MOVES = Workflow(
    publish=Move(
        frozenset({Stage.DRAFT}), Stage.OPEN, may=edits, label=_("Publish"), style="primary"
    ),
    confirm=Move(
        frozenset({Stage.WAITING}), Stage.OPEN, may=_speaks_for, label=_("Confirm and publish"),
        style="primary",
    ),
    decline=Move(
        frozenset({Stage.WAITING}), Stage.WITHDRAWN, may=_speaks_for,
        label=_("This is not our need"), needs_reason=True,
    ),
    renew=Move(ENDS, Stage.OPEN, may=edits, label=_("Still open")),
    answer=Move(ENDS, Stage.ANSWERED, may=edits, label=_("Mark as answered"), style="primary"),
    close=Move(
        ENDS, Stage.CLOSED, may=edits, label=_("Close without an answer"), needs_reason=True
    ),
    withdraw=Move(
        frozenset({Stage.DRAFT, Stage.WAITING, Stage.OPEN}), Stage.WITHDRAWN, may=edits,
        label=_("Withdraw"), style="danger",
    ),
)  # fmt: skip
