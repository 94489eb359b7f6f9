"""Rows of a programme version that go on in the next one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Continued(models.Model):
    """`continues` is the row of the version before. What was written last stands in the next one.

    A row younger than a draft was not there when the draft was copied.
    """

    continues = models.ForeignKey(
        "self", verbose_name=_("continues"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True
