"""What has been published of a round: fixed tables, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.constraints import one_of
from cluster_portal.surveys.models.rounds import Round

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class Dimension(models.TextChoices):
    ALL = "all", pgettext_lazy("survey results", "All")
    SECTOR = "sector", pgettext_lazy("survey results", "By sector")
    REGION = "region", pgettext_lazy("survey results", "By region")


class PublishedTableQuerySet(models.QuerySet["PublishedTable"]):
    def visible_to(self, user: Reader) -> Self:
        return self.filter(round__in=Round.objects.visible_to(user))


class PublishedTable(models.Model):
    """`table` is what is shown, and all that is shown: no answer can be worked out from it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tables")
    question_key = models.SlugField(_("question"), max_length=60)
    dimension = models.CharField(max_length=10, choices=Dimension)
    table = models.JSONField()
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    objects = PublishedTableQuerySet.as_manager()

    class Meta:
        verbose_name = _("published table")
        verbose_name_plural = _("published tables")
        ordering = ["pk"]
        constraints = [
            one_of("dimension", Dimension, name="surveys_publishedtable_dimension_known"),
            models.UniqueConstraint(
                fields=["round", "question_key", "dimension"], name="surveys_publishedtable_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.round}: {self.question_key} ({self.get_dimension_display()})"
