"""Which challenges began from figures of the regional situation."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.vocabulary import Term
from cluster_portal.knowledge.models.situation import Indicator
from projects.models import Challenge

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class BegunQuerySet(models.QuerySet["BegunChallenge"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(
            challenge__in=Challenge.objects.visible_to(user).values("pk"),
            indicator__in=Indicator.objects.visible_to(user).values("pk"),
        )


@audit.tracked()
class BegunChallenge(models.Model):
    """A challenge that began from an indicator's figure in a region."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    challenge = models.OneToOneField(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="+"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="begun"
    )
    region = models.ForeignKey(
        Term, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = BegunQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge begun from an indicator")
        verbose_name_plural = _("challenges begun from indicators")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.challenge}"
