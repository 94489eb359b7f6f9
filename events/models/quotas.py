"""Quotas: places of an event that are held for a group of people until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.vocabulary import Term
from events.models.events import Event
from events.models.seats import MOST_SEATS, Seats
from members.models import Affiliation, Cluster, Membership, User
from members.models.kinds import Sector

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class Group(models.TextChoices):
    SECTOR = "sector", _("People of a sector")
    REGION = "region", _("People of a region")
    CLUSTER = "cluster", _("Members of a cluster")
    INVITED = "invited", _("People of the invited organisations")


def _only(group: str, *, sector: bool = False, region: bool = False, cluster: bool = False) -> Q:
    return Q(
        ~Q(sector="") if sector else Q(sector=""), group=group,
        region__isnull=not region, cluster__isnull=not cluster,
    )  # fmt: skip


class QuotaQuerySet(models.QuerySet["Quota"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(seats__event__in=Event.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(seats__event__in=Event.objects.editable_by(user).values("pk"))

    def holding(self) -> Self:
        """Those that still keep places from others today; what ends first comes first."""
        rows = self.filter(held__gt=0, held_until__gte=timezone.localdate())
        return rows.order_by("held_until", "pk")

    def with_taken(self) -> Self:
        """`taken`: how many places of the quota are somebody's."""
        return self.annotate(taken=models.Count("registrations"))

    def due(self) -> Self:
        """Those whose day has passed, with places that they still keep."""
        return self.filter(held__gt=0, held_until__lt=timezone.localdate())


@audit.tracked(exclude=("held",))
class Quota(models.Model):
    """`held` counts the places that nobody of the group has taken yet, to the end of `held_until`.

    It is changed only under the event's row lock, together with `Seats.held`, which is the sum of
    the quotas of those seats.
    """

    seats = models.ForeignKey(Seats, on_delete=models.CASCADE, related_name="quotas")
    group = models.CharField(_("for whom"), max_length=10, choices=Group)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True, default="")
    region = models.ForeignKey(
        Term, verbose_name=_("region"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    places = models.PositiveIntegerField(
        _("places"), validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    held = models.PositiveIntegerField(_("not taken yet"), default=0, editable=False)
    held_until = models.DateField(_("held until"))

    objects = QuotaQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["held_until", "pk"]
        constraints = [
            one_of("group", Group, name="events_quota_group_known"),
            models.CheckConstraint(
                condition=_only("sector", sector=True) | _only("region", region=True)
                | _only("cluster", cluster=True) | _only("invited"),
                name="events_quota_group_named",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, held__lte=F("places")), name="events_quota_within_places"
            ),
            models.UniqueConstraint(
                fields=["seats", "group", "sector", "region", "cluster"], nulls_distinct=False,
                name="events_quota_group_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.group_name

    @property
    def group_name(self) -> str:
        if self.group == Group.SECTOR:
            return str(self.get_sector_display())
        if self.group == Group.REGION and self.region:
            return str(self.region.label)
        return str(self.cluster) if self.cluster else str(self.get_group_display())

    @property
    def is_in_force(self) -> bool:
        return self.held_until >= timezone.localdate()

    def people(self) -> models.QuerySet[Any]:
        """The accounts of the group, by what their organisations have confirmed."""
        own = Affiliation.objects.confirmed()
        if self.group == Group.CLUSTER:
            members = Membership.objects.active().filter(cluster=self.cluster_id)
            own = own.filter(organisation__in=members.values("organisation"))
            return User.objects.filter(
                Q(pk__in=own.values("user")) | Q(pk__in=members.values("person"))
            )
        if self.group == Group.SECTOR:
            own = own.filter(organisation__sector=self.sector)
        elif self.group == Group.REGION:
            own = own.filter(organisation__region=self.region_id)
        else:
            own = own.filter(organisation__invitations=self.seats.event_id)
        return User.objects.filter(pk__in=own.values("user"))
