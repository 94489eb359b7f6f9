"""People whom a coordinator has recorded with a membership, and who have no account yet.

A name and an address become an affiliation, or a private person's membership, only when the person
accepts. An account with the same address is a proposal that its holder answers.
"""

from __future__ import annotations

import datetime
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import in_order, one_of
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.core.text.sorting import sort_key
from cluster_portal.core.visibility import Reader, audience
from cluster_portal.core.workflow import Move, Workflow
from members.models.affiliations import Role
from members.models.clusters import Cluster
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from typing import Self


class Stage(models.TextChoices):
    RECORDED = "recorded", _("Not invited")
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", pgettext_lazy("invitation", "Declined")
    MISTAKEN = "mistaken", _("Wrong person")


UNANSWERED = (Stage.RECORDED, Stage.INVITED)
REFUSED = (Stage.DECLINED, Stage.MISTAKEN)
VALID_FOR = datetime.timedelta(days=30)  # from the last letter
KEPT = datetime.timedelta(days=365)  # without an answer, from the last letter or change
REFUSED_KEPT = datetime.timedelta(days=90)


def name_key(name: str) -> str:
    """By which two rows of one address are told apart."""
    return cleaning.one_line(name).casefold()


class NamedPersonQuerySet(models.QuerySet["NamedPerson"]):
    def visible_to(self, user: Reader) -> Self:
        """The cluster's coordinators, the organisation's contact, and the person themselves.

        Whoever holds the address may be the person: they see the row until it is answered.
        """
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        staff = Q(cluster__in=known.coordinates) | Q(organisation__in=known.edits)
        return self.filter(staff | Q(user=known.user_id) | self._proposed(user))

    def proposed_to(self, user: Reader) -> Self:
        """Unanswered ones that bear a verified address of this account."""
        return self.filter(self._proposed(user)) if user.pk else self.none()

    def editable_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def unanswered(self) -> Self:
        return self.filter(stage__in=UNANSWERED)

    def expired(self) -> Self:
        last = timezone.now() - VALID_FOR
        asked = self.alias(asked_at=Coalesce("reminded_at", "invited_at"))
        return asked.filter(stage=Stage.INVITED, asked_at__lt=last)

    def awaited(self) -> Self:
        """Invited, and the invitation still holds."""
        since = timezone.now() - VALID_FOR
        asked = self.alias(asked_at=Coalesce("reminded_at", "invited_at"))
        return asked.filter(stage=Stage.INVITED, asked_at__gte=since)

    def in_force(self) -> Self:
        """Those who belong to a membership of today: their organisation's, or their own."""
        membership = self.model._meta.apps.get_model("members", "Membership").objects.active()
        today = timezone.localdate()
        member = membership.filter(
            organisation=models.OuterRef("organisation"), cluster=models.OuterRef("cluster")
        )
        own = Q(organisation=None) & (Q(until=None) | Q(until__gte=today))
        return self.filter(models.Exists(member) | own)

    def _proposed(self, user: Reader) -> Q:
        address = self.model._meta.apps.get_model("account", "EmailAddress").objects
        own = address.filter(user=user.pk, verified=True).values("email")
        return Q(email__in=own, stage__in=UNANSWERED)


@audit.tracked(exclude=("sort_name",))
class NamedPerson(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="named_people"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="named_people",
        help_text=_("Empty for a private member."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    title = models.CharField(_("job title"), max_length=150, blank=True, default="")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True, default="")
    # Of a private member; an organisation's days stand in its membership.
    since = models.DateField(_("member since"), null=True, blank=True)
    until = models.DateField(_("member until"), null=True, blank=True)
    agreement_on = models.DateField(_("agreement signed on"), null=True, blank=True)
    stage = models.CharField(_("state"), max_length=20, choices=Stage, default=Stage.RECORDED)
    source = models.CharField(_("source"), max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="named_as",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    name_key = models.CharField(max_length=200, editable=False)
    sort_name = sort_key("name", max_length=200)

    objects = NamedPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        ordering = ["sort_name", "pk"]
        constraints = [
            one_of("role", Role, name="members_namedperson_role_known"),
            one_of("stage", Stage, name="members_namedperson_stage_known"),
            in_order("since", "until", name="members_namedperson_days_in_order"),
            models.UniqueConstraint(
                fields=["cluster", "organisation", "email", "name_key"],
                nulls_distinct=False,
                name="members_namedperson_once",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, since__isnull=False, role=Role.MEMBER)
                | Q(
                    organisation__isnull=False, since__isnull=True, until__isnull=True,
                    agreement_on__isnull=True,
                ),
                name="members_namedperson_days_of_a_private_member",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.INVITED) | (Q(invited_at__isnull=False) & ~Q(email="")),
                name="members_namedperson_invited_by_a_letter",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.ACCEPTED) | Q(user__isnull=False),
                name="members_namedperson_accepted_by_an_account",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} – {self.home}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("members:named", args=[self.public_id])

    def prepare(self) -> None:
        """Fill what follows from other columns; saving does it, bulk writes must."""
        self.email = normal_address(self.email)
        self.name = cleaning.one_line(self.name)
        self.name_key = name_key(self.name)

    @property
    def home(self) -> Organisation | Cluster:
        """What the person is named with."""
        return self.organisation or self.cluster

    @property
    def is_answered(self) -> bool:
        return self.stage not in UNANSWERED

    @property
    def asked_at(self) -> datetime.datetime | None:
        """When the last letter left."""
        return self.reminded_at or self.invited_at

    @property
    def is_expired(self) -> bool:
        asked = self.asked_at
        is_open = self.stage == Stage.INVITED and asked is not None
        return is_open and asked < timezone.now() - VALID_FOR  # type: ignore[operator]


def _invites(person: NamedPerson, user: Reader) -> bool:
    """For the first time, or anew where the link has expired without an answer."""
    is_due = person.stage == Stage.RECORDED or person.is_expired
    return bool(person.email) and is_due and _manages(person, user)


def _reminds(person: NamedPerson, user: Reader) -> bool:
    """Once per invitation."""
    return person.reminded_at is None and not person.is_expired and _manages(person, user)


def _manages(person: NamedPerson, user: Reader) -> bool:
    known = audience(user)
    return known.is_admin or person.cluster_id in known.coordinates


MOVES = Workflow(
    invite=Move(
        frozenset(UNANSWERED), Stage.INVITED, may=_invites, label=_("Invite"), style="primary"
    ),
    remind=Move(frozenset({Stage.INVITED}), Stage.INVITED, may=_reminds, label=_("Remind")),
)
