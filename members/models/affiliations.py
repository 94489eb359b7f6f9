"""Who belongs to which organisation, in which role."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from typing import Self


class Role(models.TextChoices):
    CONTACT = "contact", _("Contact person")
    REPRESENTATIVE = "representative", _("Representative")
    DEPUTY = "deputy", _("Deputy representative")
    MEMBER = "member", _("Colleague")


class Stage(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("Ended")


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def confirmed(self) -> Self:
        return self.filter(stage=Stage.CONFIRMED)

    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        seen = Organisation.objects.in_scope_of(user).values("pk")
        return self.filter(
            Q(user=known.user_id)
            | Q(organisation__in=known.organisations)
            | Q(organisation__in=seen)
        )

    def editable_by(self, user: Reader) -> Self:
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        managed = Organisation.objects.managed_by(user).values("pk")
        return self.filter(Q(organisation__in=known.edits) | Q(organisation__in=managed))

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        seen = Organisation.objects.in_scope_of(user).values("pk")
        return self if known.is_admin else self.filter(organisation__in=seen)

    def managed_by(self, user: Reader) -> Self:
        known = audience(user)
        managed = Organisation.objects.managed_by(user).values("pk")
        return self if known.is_admin else self.filter(organisation__in=managed)


@audit.tracked()
class Affiliation(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="affiliations",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="affiliations",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.REQUESTED)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["organisation", "role", "pk"]
        constraints = [
            one_of("role", Role, name="members_affiliation_role_known"),
            one_of("stage", Stage, name="members_affiliation_stage_known"),
            in_order("since", "until", name="members_affiliation_days_in_order"),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(stage__in=["requested", "confirmed"]),
                name="members_affiliation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()


def _confirms(affiliation: Affiliation, user: Reader) -> bool:
    return Affiliation.objects.editable_by(user).contains(affiliation)


def _ends(affiliation: Affiliation, user: Reader) -> bool:
    return affiliation.user_id == user.pk or _confirms(affiliation, user)


MOVES = Workflow(
    confirm=Move(
        frozenset({Stage.REQUESTED}),
        Stage.CONFIRMED,
        may=_confirms,
        label=_("Confirm"),
        style="primary",
    ),
    decline=Move(frozenset({Stage.REQUESTED}), Stage.DECLINED, may=_confirms, label=_("Decline")),
    end=Move(
        frozenset({Stage.REQUESTED, Stage.CONFIRMED}),
        Stage.ENDED,
        may=_ends,
        label=_("End"),
        style="danger",
    ),
)
