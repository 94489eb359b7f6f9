"""Addresses from which mail comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import audience

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class MailTroubleQuerySet(models.QuerySet["MailTrouble"]):
    def stopped(self) -> Self:
        """To these addresses nothing leaves but what somebody waits for at the screen."""
        return self.filter(is_stopped=True)

    def of_address(self, address: str) -> Self:
        return self.filter(address=address.lower())

    def of_person(self, user: Reader) -> Self:
        """An address is the person's as long as it is that of the account."""
        return self.of_address(getattr(user, "email", "")) if user.is_authenticated else self.none()

    def in_scope_of(self, user: Reader) -> Self:
        known = audience(user)
        if known.is_admin:
            return self
        people = get_user_model().objects.in_scope_of(user)
        return self.filter(address__in=people.order_by().values(low=Lower("email")))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)


class MailTrouble(models.Model):
    """What a mailbox has answered; stopped once it is sure that mail does not arrive."""

    address = models.EmailField(_("address"), max_length=254, unique=True)
    status = models.CharField(_("status"), max_length=12)
    words = models.CharField(_("what the server says"), max_length=300, blank=True, default="")
    count = models.PositiveIntegerField(_("times"), default=1)
    is_stopped = models.BooleanField(_("mail is stopped"), default=False)
    first_at = models.DateTimeField(_("since"), default=timezone.now)
    last_at = models.DateTimeField(_("last time"), default=timezone.now)

    objects = MailTroubleQuerySet.as_manager()

    class Meta:
        verbose_name = _("address from which mail comes back")
        verbose_name_plural = _("addresses from which mail comes back")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="notifications_trouble_small_letters"
            ),
            models.CheckConstraint(
                condition=Q(last_at__gte=models.F("first_at"), count__gte=1),
                name="notifications_trouble_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.address
