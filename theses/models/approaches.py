"""One party turns to another about a topic: any of the three may be the first mover."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Audience, Reader, audience
from cluster_portal.core.workflow import Move, Stages, Workflow
from members.models import Organisation
from theses.models.choices import Origin
from theses.models.topic_workflow import is_offered_by
from theses.models.topics import Topic

if TYPE_CHECKING:
    from typing import Self


class Kind(models.TextChoices):
    """Who turns to whom. The first two go to the topic's side, the others come from it."""

    COMMISSION = "commission", _("An organisation wants to commission the topic")
    SUPERVISE = "supervise", _("A supervisor offers to supervise")
    INVITE_STUDENT = "invite_student", _("A student is invited to apply")
    INVITE_SUPERVISOR = "invite_supervisor", _("A supervisor is asked")
    INVITE_COMMISSIONER = "invite_commissioner", _("An organisation is asked to commission")


TO_TOPIC = [Kind.COMMISSION, Kind.SUPERVISE]
TO_PERSON = [Kind.INVITE_STUDENT, Kind.INVITE_SUPERVISOR]


class Stage(Stages):
    PENDING = "pending", "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", "done", _("Accepted")
    DECLINED = "declined", "stopped", _("Declined")
    WITHDRAWN = "withdrawn", "stopped", _("Taken back")
    EXPIRED = "expired", "late", _("No answer in time")


def _between_others(known: Audience) -> Q:
    """What other organisations and the proposer wrote before one of them came to commission.

    The organisation that came reads its own; the proposer and the coordinators read them all.
    """
    proposed = Q(topic__origin=Origin.STUDENT, topic__student=known.user_id)
    proposed |= Q(topic__origin=Origin.SUPERVISOR, topic__supervisor=known.user_id)
    reads = proposed | Q(organisation__in=known.edits)
    reads |= Q(topic__home_cluster__in=known.coordinates)
    of_commission = Q(kind__in=[Kind.COMMISSION, Kind.INVITE_COMMISSIONER])
    return of_commission & Q(topic__organisation__isnull=False) & ~reads


class ApproachQuerySet(models.QuerySet["Approach"]):
    def pending(self) -> Self:
        return self.filter(stage=Stage.PENDING)

    def addressed_to(self, known: Audience) -> Self:
        """Those that ask this reader, or an organisation that the reader speaks for."""
        return self.filter(
            Q(to=known.user_id) | Q(kind=Kind.INVITE_COMMISSIONER, organisation__in=known.edits)
        ).exclude(stage=Stage.WITHDRAWN)

    def waiting_for(self, user: Reader) -> Self:
        """Those that the reader answers."""
        topics = Topic.objects.mine(user).values("pk")
        offered = Q(kind__in=TO_TOPIC, topic__in=topics) & ~Q(by=user.pk)
        asked = Q(kind=Kind.INVITE_COMMISSIONER, organisation__in=audience(user).edits)
        return self.pending().filter(offered | asked | Q(kind__in=TO_PERSON, to=user.pk))

    def visible_to(self, user: Reader) -> Self:
        """Sender, addressee, and the topic's side."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        addressed = self.model._default_manager.addressed_to(known).values("pk")
        topics = Topic.objects.editable_by(user).values("pk")
        told = Q(topic__in=topics) & ~_between_others(known)
        return self.filter(Q(by=known.user_id) | Q(pk__in=addressed) | told)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def in_scope_of(self, user: Reader) -> Self:
        """A coordinator follows what is said about the cluster's topics."""
        known = audience(user)
        if known.is_admin:
            return self
        return self.filter(topic__home_cluster__in=known.coordinates)


@audit.tracked()
class Approach(models.Model):
    """`to` is the person addressed; `organisation` the one that would commission.

    An offer to the topic (`TO_TOPIC`) is answered by those who edit the topic.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.ForeignKey(
        Topic, verbose_name=_("thesis topic"), on_delete=models.CASCADE, related_name="approaches"
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        on_delete=models.CASCADE,
        related_name="thesis_approaches",
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("addressee"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="thesis_invitations",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("commissioner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    message = models.TextField(_("message"), max_length=2000)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.PENDING)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    answer_by = models.DateField(_("answer by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True, default="")

    objects = ApproachQuerySet.as_manager()

    class Meta:
        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["stage", "answer_by"], name="theses_approach_due")]
        constraints = [
            one_of("kind", Kind, name="theses_approach_kind_known"),
            one_of("stage", Stage, name="theses_approach_stage_known"),
            models.UniqueConstraint(
                fields=["topic", "kind", "to", "organisation"],
                condition=Q(stage=Stage.PENDING),
                nulls_distinct=False,
                name="theses_approach_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TO_PERSON, to__isnull=False, organisation__isnull=True)
                | Q(kind=Kind.SUPERVISE, to__isnull=False, organisation__isnull=True)
                | Q(
                    kind__in=[Kind.COMMISSION, Kind.INVITE_COMMISSIONER],
                    organisation__isnull=False,
                    to__isnull=True,
                ),
                name="theses_approach_addressed",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DECLINED) | ~Q(reason=""),
                name="theses_approach_refusal_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.topic}"

    def get_absolute_url(self) -> str:
        return reverse("theses:approach", args=[self.public_id])

    @property
    def mail_thread(self) -> Topic:
        return self.topic


def _answers(approach: Approach, user: Reader) -> bool:
    """For SUPERVISE, `to` is the offering supervisor, so the topic's side answers."""
    if not user.is_authenticated:
        return False
    if approach.kind in TO_TOPIC:
        return approach.by_id != user.pk and is_offered_by(approach.topic, user)
    if approach.kind in TO_PERSON:
        return approach.to_id == user.pk
    return approach.organisation_id in audience(user).edits


def _sent(approach: Approach, user: Reader) -> bool:
    return user.is_authenticated and approach.by_id == user.pk


MOVES = Workflow(
    accept=Move(
        frozenset({Stage.PENDING}),
        Stage.ACCEPTED,
        may=_answers,
        label=_("Accept"),
        style="primary",
    ),
    decline=Move(
        frozenset({Stage.PENDING}),
        Stage.DECLINED,
        may=_answers,
        label=_("Decline"),
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.PENDING}),
        Stage.WITHDRAWN,
        may=_sent,
        label=_("Take back"),
    ),
)
