"""What is open in a cluster when a coordinator leaves or the host changes: a list to go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.visibility import Reader, audience
from members.models.clusters import Cluster

if TYPE_CHECKING:
    from typing import Self


class Occasion(models.TextChoices):
    COORDINATOR = "coordinator", _("A coordinator leaves")
    HOST = "host", _("Another organisation begins to carry the cluster")


class HandoverQuerySet(models.QuerySet["Handover"]):
    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        return self if known.is_admin else self.filter(cluster__in=known.coordinates)

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def visible_to(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def editable_by(self, user: Reader) -> Self:
        return self.in_scope_of(user).filter(finished_at__isnull=True)


@audit.tracked()
class Handover(models.Model):
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="handovers"
    )
    occasion = models.CharField(
        _("occasion"), max_length=20, choices=Occasion, default=Occasion.COORDINATOR
    )
    to_whom = models.CharField(_("who goes on"), max_length=200, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("finished by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-made_at", "-pk"]
        constraints = [
            one_of("occasion", Occasion, name="members_handover_occasion_known"),
            together("finished_at", "finished_by", name="members_handover_finished_whole"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(finished_at__isnull=True),
                name="members_handover_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} {self.made_at:%d.%m.%Y}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


@audit.tracked()
class HandoverItem(models.Model):
    """What was open in one queue when the list was made, and what has been agreed about it."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=60)
    label = models.CharField(_("queue"), max_length=200)
    count = models.PositiveIntegerField(_("open"))
    oldest = models.DateTimeField(_("oldest"), null=True, blank=True)
    url = models.CharField(max_length=300)
    note = models.TextField(_("note"), max_length=1000, blank=True, default="")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("gone through by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    done_at = models.DateTimeField(_("gone through"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a handover")
        verbose_name_plural = _("lines of a handover")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "key"], name="members_handoveritem_once"),
            together("done_at", "done_by", name="members_handoveritem_done_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.count}"
