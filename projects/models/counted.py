"""A figure that can be counted: where it comes from, as `core.counting` has it, and since when."""

from __future__ import annotations

from django.db import models

COUNTING = (
    "counts", "count_by", "count_words", "counted_since", "counted_at", "count_lost_on",
)  # fmt: skip


class Counted(models.Model):
    """Typed by hand where `counts` is empty. `count_words` says by language what is counted."""

    counts = models.CharField(max_length=40, blank=True, default="", editable=False)
    count_by = models.JSONField(default=dict, blank=True, editable=False)
    count_words = models.JSONField(default=dict, blank=True, editable=False)
    counted_since = models.DateField(null=True, blank=True, editable=False)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    count_lost_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
