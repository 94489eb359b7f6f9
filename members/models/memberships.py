"""Membership of an organisation or a private person in a cluster, from draft to end.

States and who decides: DOMAIN 2.3. Approval makes the membership active at once, unless the
cluster asks for a signed agreement; then it waits as accepted for the agreement's date.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of, together
from cluster_portal.core.visibility import GivesRights, Reader, audience
from cluster_portal.core.vocabulary import Term
from cluster_portal.core.workflow import Move, Workflow
from members.models.affiliations import Affiliation
from members.models.clusters import Cluster
from members.models.organisations import Organisation

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable
    from typing import Self


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("Being handled")
    MORE_INFORMATION = "more_information", _("More information asked")
    ACCEPTED = "accepted", _("Accepted, not yet in force")
    REJECTED = "rejected", _("Rejected")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PENDING = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW, Stage.MORE_INFORMATION})
OPEN = PENDING | {Stage.DRAFT, Stage.ACCEPTED, Stage.ACTIVE}
# Whose turn it is; desk, queue and the application's page say it from here.
APPLICANTS_TURN = frozenset({Stage.DRAFT, Stage.MORE_INFORMATION})
COORDINATORS_TURN = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW})
# Colleagues may draft side by side; only one of them can send.
BINDING = OPEN - {Stage.DRAFT}


class Expectation(models.TextChoices):
    """What an applicant looks for: the cluster's tasks a-e of its presentation."""

    LEARNING = "learning", _("A learning network across sectors")
    PROJECTS = "projects", _("Joint research and development projects")
    TESTING = "testing", _("An environment for research and experiments")
    THESES = "theses", _("Thesis cooperation")
    BRAND = "brand", _("Visibility as part of the security ecosystem")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, day: datetime.date | None = None) -> Self:
        """In force on the day (today): the last day still counts, the next midnight ends it."""
        today = day or timezone.localdate()
        open_end = Q(until__isnull=True) | Q(until__gte=today)
        return self.filter(open_end, stage=Stage.ACTIVE, since__lte=today)

    def binding(self) -> Self:
        return self.filter(stage__in=BINDING)

    def pending(self) -> Self:
        return self.filter(stage__in=PENDING)

    def visible_to(self, user: Reader) -> Self:
        """Applicant, person, the organisation's contacts, and the cluster's coordinators; what was
        recorded of an organisation, also the coordinators of its other clusters."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        own = Q(applicant=known.user_id) | Q(person=known.user_id)
        theirs = Q(cluster__in=known.coordinates) & ~Q(stage=Stage.DRAFT)
        theirs |= ~Q(source="") & Q(organisation__in=_members_of(known.coordinates))
        return self.filter(own | Q(organisation__in=known.edits) | theirs)

    def editable_by(self, user: Reader) -> Self:
        """Those who may still change the application's text: its own side, while it is theirs."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        own = Q(applicant=known.user_id) | Q(person=known.user_id)
        return self.filter(Q(stage__in=APPLICANTS_TURN), own | Q(organisation__in=known.edits))

    def to_agree_by(self, user: Reader) -> Self:
        """Recorded by another cluster, of an organisation that has nobody to confirm it."""
        mine = audience(user).coordinates
        contacts = Affiliation.objects.contacts().filter(organisation=OuterRef("organisation"))
        waiting = self.filter(~Q(source=""), ~Exists(contacts), stage=Stage.ACCEPTED)
        return waiting.filter(organisation__in=_members_of(mine)).exclude(cluster__in=mine)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(cluster__in=known.coordinates).exclude(stage=Stage.DRAFT)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def decidable_by(self, user: Reader) -> Self:
        """Those in scope on whose side the coordinator does not stand (`MOVES`)."""
        known = audience(user)
        own = Q(applicant=known.user_id) | Q(person=known.user_id)
        return self.in_scope_of(user).exclude(own | Q(organisation__in=known.edits))


@audit.tracked()
class Membership(GivesRights):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="memberships",
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("private person"), null=True, blank=True,
        on_delete=models.CASCADE, related_name="memberships",
    )  # fmt: skip
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("applicant"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="applications",
    )  # fmt: skip
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.DRAFT)
    says_another = models.BooleanField(
        _("says that it is another organisation than the one of nearly the same name"),
        default=False,
    )
    motive = models.TextField(_("why you want to join"), max_length=3000, blank=True, default="")
    expectations = ArrayField(
        models.CharField(max_length=20, choices=Expectation),
        verbose_name=_("expectations"),
        default=list,
        blank=True,
    )
    interests = models.ManyToManyField(
        Term, verbose_name=_("themes of interest"), blank=True, related_name="+"
    )
    representative_name = models.CharField(
        _("representative"), max_length=200, blank=True, default=""
    )
    representative_email = models.EmailField(_("representative's e-mail"), blank=True, default="")
    deputy_name = models.CharField(_("deputy"), max_length=200, blank=True, default="")
    deputy_email = models.EmailField(_("deputy's e-mail"), blank=True, default="")
    values_accepted_at = models.DateTimeField(_("shared values accepted"), null=True, blank=True)
    question = models.TextField(_("what is asked"), max_length=3000, blank=True, default="")
    answer = models.TextField(_("answer"), max_length=3000, blank=True, default="")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    decided_at = models.DateTimeField(_("time of the decision"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decision made by"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    decision_reason = models.TextField(
        _("reason for the decision"), max_length=3000, blank=True, default=""
    )
    agreement_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    since = models.DateField(_("member since"), null=True, blank=True)
    until = models.DateField(_("member until"), null=True, blank=True)
    # Of one that existed before the portal; empty for an application.
    source = models.CharField(_("recorded from"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships and applications")
        ordering = ["submitted_at", "pk"]
        constraints = [
            one_of("stage", Stage, name="members_membership_stage_known"),
            together("decided_at", "decided_by", name="members_membership_decision_whole"),
            in_order("since", "until", name="members_membership_days_in_order"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
                name="members_membership_organisation_or_person",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.REJECTED) | ~Q(decision_reason=""),
                name="members_membership_rejection_reasoned",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.ACTIVE, Stage.ENDED]) | Q(since__isnull=False),
                name="members_membership_active_since_a_day",
            ),
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(stage__in=sorted(BINDING)),
                name="members_membership_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["cluster", "person"],
                condition=Q(stage__in=sorted(OPEN)),
                name="members_membership_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("members:application", args=[self.public_id])

    @property
    def member(self) -> models.Model | None:
        return self.organisation or self.person

    @property
    def is_recorded(self) -> bool:
        """Whether a coordinator recorded it as one that existed, without an application."""
        return bool(self.source)

    @property
    def waits_for_agreement(self) -> bool:
        """Whether the organisation's contact has not yet confirmed what was recorded."""
        return self.is_recorded and self.stage == Stage.ACCEPTED


class CurrentMember(models.Model):
    """A database view: which organisation is a member of which cluster today, in Helsinki."""

    organisation = models.ForeignKey(Organisation, on_delete=models.DO_NOTHING, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "members_currentmember"

    def __str__(self) -> str:
        return f"{self.organisation_id} – {self.cluster_id}"


audit.track_links(Membership.interests.through)


def applies(membership: Membership, user: Reader) -> bool:
    """Whether they are on the applicant's side."""
    known = audience(user)
    if known.user_id is None:
        return False
    own = known.user_id in (membership.applicant_id, membership.person_id)
    return own or membership.organisation_id in known.edits


def _coordinates(membership: Membership, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or membership.cluster_id in known.coordinates


def waits_for(membership: Membership, user: Reader) -> bool:
    """Whether it is this reader's turn; the administrator may decide too, but is not waited for."""
    if membership.stage in APPLICANTS_TURN or membership.waits_for_agreement:
        return applies(membership, user)
    handles = membership.cluster_id in audience(user).coordinates and _decides(membership, user)
    return membership.stage in COORDINATORS_TURN and handles


def _applied(membership: Membership, user: Reader) -> bool:
    """On the side of who sent an application; a recorded membership has none."""
    return not membership.is_recorded and applies(membership, user)


def _members_of(clusters: Iterable[int]) -> models.QuerySet[Any]:
    """The organisations that are members of these clusters today."""
    return CurrentMember.objects.filter(cluster__in=clusters).values("organisation")


def _agrees(membership: Membership, user: Reader) -> bool:
    """The contact of an organisation whose membership a coordinator has recorded; where it has
    none, a coordinator of another cluster that it is a member of."""
    speaks = membership.is_recorded and applies(membership, user)
    return speaks or Membership.objects.to_agree_by(user).filter(pk=membership.pk).exists()


def _signs(membership: Membership, user: Reader) -> bool:
    return not membership.is_recorded and _coordinates(membership, user)


def _reverts(membership: Membership, user: Reader) -> bool:
    """Only a decision on an application; what was recorded is taken back."""
    return membership.decided_at is not None and _decides(membership, user)


def _takes_back(membership: Membership, user: Reader) -> bool:
    return membership.is_recorded and _coordinates(membership, user)


def _decides(membership: Membership, user: Reader) -> bool:
    """Nobody decides on their own application, nor on that of an organisation they speak for."""
    return _coordinates(membership, user) and not applies(membership, user)


MOVES = Workflow(
    submit=Move(
        frozenset({Stage.DRAFT}), Stage.SUBMITTED, may=applies,
        label=_("Send the application"), style="primary"
    ),
    take_up=Move(
        frozenset({Stage.SUBMITTED}), Stage.IN_REVIEW, may=_coordinates, label=_("Take into review")
    ),
    ask=Move(
        frozenset({Stage.SUBMITTED, Stage.IN_REVIEW}),
        Stage.MORE_INFORMATION,
        may=_coordinates,
        label=_("Ask for more information"),
        needs_reason=True,
    ),
    reply=Move(
        frozenset({Stage.MORE_INFORMATION}),
        Stage.IN_REVIEW,
        may=applies,
        label=_("Send the answer"),
        style="primary",
        needs_reason=True,
    ),
    approve=Move(
        frozenset({Stage.SUBMITTED, Stage.IN_REVIEW}),
        Stage.ACTIVE,
        may=_decides,
        label=_("Approve"),
        style="primary",
    ),
    reject=Move(
        PENDING,
        Stage.REJECTED,
        may=_decides,
        label=_("Reject"),
        style="danger",
        needs_reason=True,
    ),
    activate=Move(
        frozenset({Stage.ACCEPTED}), Stage.ACTIVE, may=_signs, label=_("Record the agreement")
    ),
    agree=Move(
        frozenset({Stage.ACCEPTED}), Stage.ACTIVE, may=_agrees,
        label=_("Confirm the membership"), style="primary"
    ),
    disagree=Move(
        frozenset({Stage.ACCEPTED}), Stage.WITHDRAWN, may=_agrees,
        label=_("We are not a member"), style="danger"
    ),
    withdraw=Move(
        PENDING | {Stage.DRAFT, Stage.ACCEPTED},
        Stage.WITHDRAWN,
        may=_applied,
        label=_("Withdraw the application"),
        style="danger",
    ),
    end=Move(
        frozenset({Stage.ACTIVE}),
        Stage.ENDED,
        may=_coordinates,
        label=_("End the membership"),
        style="danger",
        needs_reason=True,
        day=_("Last day of the membership"),
    ),
    renew=Move(
        frozenset({Stage.ACTIVE, Stage.ENDED}),
        Stage.ACTIVE,
        may=_coordinates,
        label=_("Renew or continue the membership"),
        day=_("New last day; empty: until further notice"),
    ),
    revert=Move(
        frozenset({Stage.ACCEPTED, Stage.ACTIVE, Stage.REJECTED}),
        Stage.IN_REVIEW,
        may=_reverts,
        label=_("Take the decision back"),
        style="danger",
        needs_reason=True,
    ),
    take_back=Move(
        frozenset({Stage.ACCEPTED, Stage.ACTIVE, Stage.ENDED}),
        Stage.WITHDRAWN,
        may=_takes_back,
        label=_("Remove a membership recorded by mistake"),
        style="danger",
        needs_reason=True,
    ),
)  # fmt: skip
