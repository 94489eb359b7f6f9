"""Failed sign-ins, counted for a while: what the limits of signing in stand on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedSignIns(models.Model):
    """Failures of one account from one network; without an account, of the network alone.

    The account is a keyed hash, so that the table names nobody, whether or not there is such an
    account.
    """

    account = models.CharField(_("account"), max_length=64, blank=True, default="")
    network = models.CharField(_("network"), max_length=50, blank=True, default="")
    failures = models.PositiveIntegerField(_("failures"), default=0)
    waits_until = models.DateTimeField(_("waits until"), null=True)
    forgotten_at = models.DateTimeField(_("forgotten at"))

    class Meta:
        verbose_name = _("failed sign-ins")
        verbose_name_plural = _("failed sign-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "network"], name="members_failedsignins_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.failures}"
