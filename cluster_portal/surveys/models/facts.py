"""What became of a section of an answer: a record, or nothing because the organisation said no."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of, together
from cluster_portal.core.workflow import Stages
from cluster_portal.surveys.models.questions import FactKind
from cluster_portal.surveys.models.responses import Response


class Stage(Stages):
    CONFIRMED = "confirmed", "done", pgettext_lazy("record of an answer", "Recorded")
    REFUSED = "refused", "stopped", pgettext_lazy("record of an answer", "Not recorded")


@audit.tracked()
class Fact(models.Model):
    """`told` is the fingerprint of the answers that the record was made of."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="facts")
    section_key = models.SlugField(max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=FactKind)
    stage = models.CharField(_("state"), max_length=20, choices=Stage)
    told = models.CharField(max_length=64, blank=True, default="")
    record_type = models.ForeignKey(
        ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("record_type", "record_id")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), auto_now=True)

    class Meta:
        verbose_name = _("record of an answer")
        verbose_name_plural = _("records of answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "section_key"], name="surveys_fact_section_once"
            ),
            one_of("stage", Stage, name="surveys_fact_stage_known"),
            one_of("kind", FactKind, name="surveys_fact_kind_known"),
            together("record_type", "record_id", name="surveys_fact_record_whole"),
            models.CheckConstraint(
                condition=Q(record_id__isnull=False) | Q(stage=Stage.REFUSED),
                name="surveys_fact_confirmed_has_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.section_key}"
