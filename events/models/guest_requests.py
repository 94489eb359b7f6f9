"""How often forms of those without an account came, by network and hour."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GuestRequests(models.Model):
    """How often guests of one network have sent the form within an hour of the clock."""

    network = models.CharField(_("network"), max_length=50)
    hour = models.DateTimeField(_("hour"))
    count = models.PositiveIntegerField(_("count"), default=0)

    class Meta:
        verbose_name = _("forms of guests")
        verbose_name_plural = _("forms of guests")
        constraints = [
            models.UniqueConstraint(fields=["network", "hour"], name="events_guestrequests_one_row")
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.count}"
