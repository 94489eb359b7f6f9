"""Proposals to challenges: private to who proposes, who asked and the coordinators."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.text.classified import refuse_marked
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import Organisation
from projects.models.challenges import Challenge
from projects.models.challenges import Stage as ChallengeStage

if TYPE_CHECKING:
    from typing import Self


class Stage(Stages):
    DRAFT = "draft", "waiting", _("Draft")
    SENT = "sent", "open", _("Sent")
    WITHDRAWN = "withdrawn", "stopped", _("Withdrawn")
    CHOSEN = "chosen", "done", _("Chosen")
    DECLINED = "declined", "stopped", _("Not chosen")


RECEIVED = frozenset({Stage.SENT, Stage.CHOSEN, Stage.DECLINED})  # what who asked may read
DECIDED = frozenset({Stage.CHOSEN, Stage.DECLINED})


class Price(models.TextChoices):
    FREE = "free", _("free of charge")
    SMALL = "small", _("under 5,000 €")
    MEDIUM = "medium", _("5,000–15,000 €")
    LARGE = "large", _("15,000–40,000 €")
    LARGEST = "largest", _("over 40,000 €")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Reader) -> Self:
        """The proposing organisation's people; once it is sent, who asked and the coordinators."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        asked = Challenge.objects.editable_by(user).values("pk")
        received = Q(stage__in=sorted(RECEIVED), challenge__in=asked)
        return self.filter(Q(organisation__in=known.organisations) | received)

    def editable_by(self, user: Reader) -> Self:
        """Who wrote it, as long as they belong to the organisation, and its contacts."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        own = Q(author=known.user_id, organisation__in=known.organisations)
        return self.filter(own | Q(organisation__in=known.edits))

    def in_scope_of(self, user: Reader) -> Self:
        challenges = Challenge.objects.in_scope_of(user).values("pk")
        return self.filter(stage__in=sorted(RECEIVED), challenge__in=challenges)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def received(self) -> Self:
        return self.filter(stage__in=sorted(RECEIVED))


@audit.tracked()
class Proposal(models.Model):
    """One of an organisation to a challenge: it is taken up again rather than written anew."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.PROTECT, related_name="proposals"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    stage = models.CharField(
        _("state"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    title = models.CharField(_("name of the solution"), max_length=120)
    what = models.TextField(_("what is proposed"), max_length=1200, blank=True, default="")
    evidence = models.TextField(_("evidence"), max_length=1200, blank=True, default="")
    trl = models.PositiveSmallIntegerField(
        _("maturity (TRL)"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )  # fmt: skip
    wanted = models.TextField(_("what is needed"), max_length=1200, blank=True, default="")
    price = models.CharField(
        _("price of a trial"), max_length=10, choices=Price, blank=True, default=""
    )
    starts_on = models.DateField(_("can begin"), null=True, blank=True)
    reason = models.TextField(_("reason of the decision"), max_length=2000, blank=True, default="")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["sent_at", "pk"]
        constraints = [
            one_of("stage", Stage, name="projects_proposal_stage_known"),
            models.UniqueConstraint(
                fields=["challenge", "organisation"], name="projects_proposal_one_each"
            ),
            models.CheckConstraint(
                condition=Q(price="") | Q(price__in=Price.values),
                name="projects_proposal_price_known",
            ),
            models.CheckConstraint(
                condition=Q(trl=None) | Q(trl__gte=1, trl__lte=9),
                name="projects_proposal_trl_in_scale",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(RECEIVED)) | Q(sent_at__isnull=False),
                name="projects_proposal_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(DECIDED))
                | Q(decided_at__isnull=False) & ~Q(reason=""),
                name="projects_proposal_decided_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:proposal", args=[self.challenge.slug, self.public_id])

    def clean(self) -> None:
        refuse_marked(self.title, self.what, self.evidence, self.wanted, self.reason)

    @property
    def is_sent(self) -> bool:
        return self.stage == Stage.SENT

    @property
    def missing(self) -> list[str]:
        """What must be told before it can be sent."""
        return [name for name in ("what", "evidence", "trl", "wanted") if not getattr(self, name)]

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()


def _is_own(proposal: Proposal, user: Reader) -> bool:
    return Proposal.objects.editable_by(user).filter(pk=proposal.pk).exists()


def _answers(proposal: Proposal, user: Reader) -> bool:
    """To an open challenge that the reader still sees, for an organisation that it still asks."""
    challenge = Challenge.objects.visible_to(user).open().filter(pk=proposal.challenge_id).first()
    if challenge is None or not _is_own(proposal, user):
        return False
    return proposers(challenge, user).filter(pk=proposal.organisation_id).exists()


def _takes_back(proposal: Proposal, user: Reader) -> bool:
    """As long as nothing is decided."""
    return _is_own(proposal, user)


def _decides(proposal: Proposal, user: Reader) -> bool:
    """Whoever looks after the challenge, when its time is over; nobody decides on their own."""
    if proposal.organisation_id in audience(user).organisations:
        return False
    asked = Challenge.objects.editable_by(user).filter(stage=ChallengeStage.CLOSED)
    return asked.filter(pk=proposal.challenge_id).exists()


MOVES = Workflow(
    send=Move(
        frozenset({Stage.DRAFT}), Stage.SENT, may=_answers, label=_("Send the proposal"),
        style="primary",
    ),
    resume=Move(
        frozenset({Stage.WITHDRAWN}), Stage.DRAFT, may=_answers, label=_("Take it up again")
    ),
    withdraw=Move(
        frozenset({Stage.DRAFT, Stage.SENT}), Stage.WITHDRAWN, may=_takes_back,
        label=_("Withdraw the proposal"), style="danger",
    ),
    choose=Move(
        frozenset({Stage.SENT}), Stage.CHOSEN, may=_decides, label=_("Choose"), needs_reason=True
    ),
    decline=Move(
        frozenset({Stage.SENT}), Stage.DECLINED, may=_decides, label=_("Not this time"),
        needs_reason=True,
    ),
)  # fmt: skip


def may_propose(challenge: Challenge, user: Reader) -> bool:
    return challenge.is_open and proposers(challenge, user).exists()


def proposers(challenge: Challenge, user: Reader) -> models.QuerySet[Organisation]:
    """The reader's member organisations of the sectors that it asks, but not its own."""
    mine = Organisation.objects.standing().members().filter(pk__in=audience(user).organisations)
    if challenge.proposer_sectors:
        mine = mine.filter(sector__in=challenge.proposer_sectors)
    return mine.exclude(pk=challenge.organisation_id).order_by("sort_name", "pk")
