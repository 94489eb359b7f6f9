from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: "Reader") -> "Self":
        """What one follows is one's own business."""
        known = audience(user)
        return self.none() if known.user_id is None else self.filter(user=known.user_id)

    def editable_by(self, user: "Reader") -> "Self":
        return self.visible_to(user)

    def of(self, thing: models.Model) -> "Self":
        return self.on(type(thing)).filter(about_id=thing.pk)

    def on(self, model: type[models.Model]) -> "Self":
        return self.filter(about_type=ContentType.objects.get_for_model(model))


class Follow(models.Model):
    """Somebody wants to hear what becomes of a thing; while it is muted only the page tells."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    about_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    about_id = models.PositiveBigIntegerField()
    about: Any = GenericForeignKey("about_type", "about_id")
    is_muted = models.BooleanField(default=False)
    since = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="notifications_follow_about")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "about_type", "about_id"], name="notifications_follow_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.about}"


class FollowNews(models.Model):
    """News for many followers: one row in the transaction that causes it, posted to each of them by
    a worker, in chunks. `cursor` is the last user who was posted to; at the end the row goes.
    """

    about_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    about_id = models.PositiveBigIntegerField()
    about: Any = GenericForeignKey("about_type", "about_id")
    key = models.CharField(max_length=200)
    news = models.CharField(max_length=40)
    since = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    cursor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id", "key"], name="notifications_news_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
