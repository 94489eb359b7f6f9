from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Digest(models.Model):
    """That a person's digest of a period was composed; without items no mail was posted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    kind = models.CharField(max_length=20, default="weekly")
    period = models.CharField(max_length=8)
    # Tells the composer which rows of a bulk insert were its own, and which another's.
    token = models.UUIDField(default=uuid4, unique=True)
    composed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "period"], name="notifications_digest_one_per_period"
            ),
            models.CheckConstraint(
                condition=Q(period__regex=r"^[0-9]{4}-W[0-5][0-9]$"),
                name="notifications_digest_period",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["weekly"]), name="notifications_digest_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.period


class DigestItem(models.Model):
    """One thing told to one person: the unique row is what makes it told exactly once.

    `day` is the day that is told of it, as that of closing; a new day is told anew.

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
    content_type = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    object_id = models.BigIntegerField()
    day = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id", "section", "day"],
                name="notifications_digest_item_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.object_id}"
