from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import audience
from cluster_portal.notifications.models.preference import Channel

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class Group(models.TextChoices):
    """The parts of a digest, in their order."""

    WAITING = "waiting", _("Waits for you")
    NEAR = "near", _("Deadline near")
    FITS = "fits", _("Fits you")
    FOLLOWED = "followed", _("What you follow")
    NEW = "new", _("New in the network")
    OTHERS = "others", _("From other sectors")


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: "Reader") -> "Self":
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)


class Digest(models.Model):
    """That a person's digest of a period was composed; without items no mail was posted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    kind = models.CharField(max_length=10, choices=Channel, default=Channel.WEEKLY)
    period = models.CharField(max_length=10)
    # Tells a composer which rows of its bulk insert were its own, and which another's.
    batch = models.UUIDField(default=uuid4)
    # What came in the period and is not among the items, as `content type:primary key`.
    left = models.JSONField(default=list)
    composed_at = models.DateTimeField(default=timezone.now)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "period"], name="notifications_digest_one_per_period"
            ),
            models.CheckConstraint(
                condition=Q(kind=Channel.DAILY, period__regex=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
                | Q(kind=Channel.WEEKLY, period__regex=r"^[0-9]{4}-W[0-5][0-9]$")
                | Q(kind=Channel.MONTHLY, period__regex=r"^[0-9]{4}-[01][0-9]$"),
                name="notifications_digest_period",
            ),
        ]

    def __str__(self) -> str:
        return self.period

    def get_absolute_url(self) -> str:
        return reverse("digests:detail", args=[self.period])


class DigestItem(models.Model):
    """One thing told to one person: the unique row is what makes it told exactly once.

    `day` is the day that is near, as that of closing; a new day is told anew. `reason` and
    `reason_value` say why it is told; the words are made when it is read. `organisation_id` is the
    reader's own that it concerns, where the reader answers for that.

    There are millions of them. Their user is that of the digest, which refers to them.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    section = models.CharField(max_length=40)
    group = models.CharField(max_length=10, choices=Group)
    reason = models.CharField(max_length=30)
    reason_value = models.CharField(max_length=60, blank=True, default="")
    organisation_id = models.BigIntegerField(null=True, blank=True)
    content_type = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    object_id = models.BigIntegerField()
    day = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id", "day"],
                name="notifications_digest_item_once",
            ),
            one_of("group", Group, name="notifications_digest_item_group"),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.object_id}"
