"""A coordinator names a second one, the platform administrator confirms: never one person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of, together
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from members.models.clusters import Cluster

if TYPE_CHECKING:
    from typing import Self


class Stage(models.TextChoices):
    PROPOSED = "proposed", _("Waits for the administrator")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")


OPEN = frozenset({Stage.PROPOSED, Stage.CONFIRMED})


class NominationQuerySet(models.QuerySet["Nomination"]):
    def visible_to(self, user: Reader) -> Self:
        """Who is named, and the coordinators of the cluster."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        own = Q(user=known.user_id) | Q(named_by=known.user_id)
        return self.filter(own | Q(cluster__in=known.coordinates))

    def editable_by(self, user: Reader) -> Self:
        return self.managed_by(user)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def confirmable_by(self, user: Reader) -> Self:
        """Those that wait for this administrator, who is another than both persons."""
        if not audience(user).is_admin:
            return self.none()
        others = self.exclude(Q(user=user.pk) | Q(named_by=user.pk))
        return others.filter(stage=Stage.PROPOSED)


@audit.tracked()
class Nomination(models.Model):
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="nominations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who is named"),
        on_delete=models.CASCADE,
        related_name="nominations",
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("named by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    named_at = models.DateTimeField(_("named"), auto_now_add=True)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.PROPOSED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decision made by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("time of the decision"), null=True, blank=True)
    decision_reason = models.TextField(
        _("reason for the decision"), max_length=2000, blank=True, default=""
    )

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("naming of a coordinator")
        verbose_name_plural = _("namings of coordinators")
        ordering = ["-named_at", "-pk"]
        constraints = [
            one_of("stage", Stage, name="members_nomination_stage_known"),
            in_order("since", "until", name="members_nomination_days_in_order"),
            together("decided_at", "decided_by", name="members_nomination_decision_whole"),
            models.UniqueConstraint(
                fields=["cluster", "user"],
                condition=Q(stage__in=sorted(OPEN)),
                name="members_nomination_once",
            ),
            models.CheckConstraint(
                condition=Q(named_by__isnull=True) | ~Q(user=F("named_by")),
                name="members_nomination_of_another",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CONFIRMED, Stage.REFUSED])
                | Q(decided_by__isnull=False),
                name="members_nomination_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(named_by__isnull=True)
                | ~Q(decided_by=F("named_by")),
                name="members_nomination_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("members:cluster", args=[self.cluster.slug])


def _confirms(nomination: Nomination, user: Reader) -> bool:
    """An administrator who is neither of the two."""
    is_other = user.pk not in (nomination.user_id, nomination.named_by_id)
    return audience(user).is_admin and is_other


def _names(nomination: Nomination, user: Reader) -> bool:
    coordinates = nomination.cluster_id in audience(user).coordinates
    return nomination.named_by_id == user.pk and (coordinates or audience(user).is_admin)


def _ends(nomination: Nomination, user: Reader) -> bool:
    """Either of the two, and the administrator."""
    return user.pk == nomination.user_id or _names(nomination, user) or audience(user).is_admin


MOVES = Workflow(
    confirm=Move(
        frozenset({Stage.PROPOSED}),
        Stage.CONFIRMED,
        may=_confirms,
        label=_("Confirm the coordinator"),
        style="primary",
    ),
    refuse=Move(
        frozenset({Stage.PROPOSED}),
        Stage.REFUSED,
        may=_confirms,
        label=_("Refuse"),
        style="danger",
        needs_reason=True,
    ),
    withdraw=Move(
        frozenset({Stage.PROPOSED}), Stage.WITHDRAWN, may=_names, label=_("Withdraw the naming")
    ),
    end=Move(
        frozenset({Stage.CONFIRMED}),
        Stage.ENDED,
        may=_ends,
        label=_("End the coordination"),
        style="danger",
        needs_reason=True,
    ),
)
