"""What may answer a need: what the portal has found, and what people have offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from members.models.needs import Need
from members.models.organisations import Organisation

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class NeedMatchQuerySet(models.QuerySet["NeedMatch"]):
    def visible_to(self, user: Reader) -> Self:
        """Those of needs that the reader sees; whether the answer is seen its own type says."""
        return self.filter(need__in=Need.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(need__in=Need.objects.editable_by(user).values("pk"))

    def standing(self) -> Self:
        return self.filter(dismissed_at=None)


class NeedMatch(models.Model):
    """That a thing fits a need: the unique row is what makes each pair told once.

    `answers` is the key of the declaration (`core.answers.Answers`) by which it was found.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="matches")
    answers = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing: Any = GenericForeignKey()
    score = models.FloatField(default=0.0)
    found_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True)
    is_answer = models.BooleanField(default=False)  # the one that answered the need

    objects = NeedMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion for a need")
        verbose_name_plural = _("suggestions for needs")
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="members_match_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "content_type", "object_id"], name="members_needmatch_once"
            ),
            models.UniqueConstraint(
                fields=["need"], condition=Q(is_answer=True), name="members_needmatch_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.answers} {self.object_id}"


class NeedOfferQuerySet(models.QuerySet["NeedOffer"]):
    def visible_to(self, user: Reader) -> Self:
        """For the side of the need, and for who offered."""
        ours = Q(need__in=Need.objects.editable_by(user).values("pk"))
        return self.filter(ours | Q(sender=user.pk)) if user.pk else self.none()


@audit.tracked()
class NeedOffer(models.Model):
    """Somebody wrote "I can help" through the portal; the words went by mail and are not kept."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="offers")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who offers"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    is_answer = models.BooleanField(default=False)  # the one that answered the need
    offered_at = models.DateTimeField(_("offered"), auto_now_add=True)

    objects = NeedOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help")
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["need", "sender"], name="members_needoffer_once_each"),
            models.UniqueConstraint(
                fields=["need"], condition=Q(is_answer=True), name="members_needoffer_one_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.offered_at:%Y-%m-%d}"


class AnswerArrival(models.Model):
    """That something was published that may answer needs, and has not been held against them.

    Written in the transaction that publishes it; one thing may have several.
    """

    answers = models.CharField(max_length=40)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answers=""), name="members_answerarrival_of_a_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answers} {self.object_id}"
