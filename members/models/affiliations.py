"""Who belongs to which organisation, in which role."""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.visibility import GivesRights, Reader, audience
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


CURRENT = (Stage.REQUESTED, Stage.CONFIRMED)
RESTS_FOR = datetime.timedelta(days=7)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def confirmed(self) -> Self:
        return self.filter(stage=Stage.CONFIRMED)

    def contacts(self) -> Self:
        """Those who speak for an organisation and can sign in."""
        return self.confirmed().filter(role=Role.CONTACT, user__is_active=True)

    def contested(self) -> Self:
        """Former contacts whose role somebody else took away less than seven days ago."""
        return self.filter(contact_taken_at__gt=timezone.now() - RESTS_FOR)

    def waiting_for(self, user: Reader) -> Self:
        """Requests that this reader is to answer: the contact and deputies, else a coordinator."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        confirmed = self.model.objects.confirmed()
        deputies = confirmed.filter(role=Role.DEPUTY, user=known.user_id)
        side = Q(organisation__in=known.edits) | Q(organisation__in=deputies.values("organisation"))
        if known.coordinates:
            side |= Q(pk__in=self.model.objects.unanswered_for(user).values("pk"))
        return self.filter(side, stage=Stage.REQUESTED).exclude(user=known.user_id)

    def unanswered_for(self, user: Reader) -> Self:
        """Requests that fall to this coordinator, since the organisation has no contact."""
        managed = Organisation.objects.managed_by(user).values("pk")
        led = self.model.objects.contacts().values("organisation")
        asked = self.filter(organisation__in=managed, stage=Stage.REQUESTED)
        return asked.exclude(organisation__in=led).exclude(user=user.pk)

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
class Affiliation(GivesRights):
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
    # Empty again as soon as the person or a coordinator agrees, or the coordinator undoes it.
    contact_taken_at = models.DateTimeField(
        _("role of contact person taken away"), null=True, blank=True, editable=False
    )
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

    @property
    def rests_until(self) -> datetime.datetime | None:
        """Until when nobody becomes contact in this person's place without consent."""
        return self.contact_taken_at + RESTS_FOR if self.contact_taken_at else None

    @property
    def is_contested(self) -> bool:
        return bool(self.rests_until and self.rests_until > timezone.now())


def manages(organisation_pk: int, user: Reader) -> bool:
    """As a coordinator; the organisation's own people count in `leads` and `confirms`."""
    return Organisation.objects.managed_by(user).filter(pk=organisation_pk).exists()


def leads(organisation_pk: int, user: Reader) -> bool:
    """The contact; the administrator; a coordinator only where there is no contact."""
    known = audience(user)
    if known.is_admin or organisation_pk in known.edits:
        return True
    contacts = Affiliation.objects.contacts().filter(organisation=organisation_pk)
    return manages(organisation_pk, user) and not contacts.exists()


def confirms(organisation_pk: int, user: Reader) -> bool:
    """Whoever leads, and the contact's deputy."""
    if leads(organisation_pk, user):
        return True
    deputies = Affiliation.objects.confirmed().filter(role=Role.DEPUTY, user=user.pk)
    return deputies.filter(organisation=organisation_pk).exists()


def _confirms(affiliation: Affiliation, user: Reader) -> bool:
    """Nobody confirms themselves."""
    return affiliation.user_id != user.pk and confirms(affiliation.organisation_id, user)


def _ends(affiliation: Affiliation, user: Reader) -> bool:
    if affiliation.user_id == user.pk or affiliation.organisation_id in audience(user).edits:
        return True  # what holds for every row of a contact's page asks the database for none
    return Affiliation.objects.editable_by(user).contains(affiliation)


def _undoes(affiliation: Affiliation, user: Reader) -> bool:
    """A coordinator of a cluster concerned, within the seven days."""
    is_other = affiliation.is_contested and affiliation.user_id != user.pk
    return is_other and manages(affiliation.organisation_id, user)


def _settles(affiliation: Affiliation, user: Reader) -> bool:
    own = affiliation.is_contested and affiliation.user_id == user.pk
    return own or _undoes(affiliation, user)


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
    restore=Move(
        frozenset(Stage),
        Stage.CONFIRMED,
        may=_undoes,
        label=_("Give the role of contact person back"),
    ),
    settle=Move(
        frozenset(Stage),
        "",  # the state stays
        may=_settles,
        label=_("Agree to the removal"),
    ),
)
