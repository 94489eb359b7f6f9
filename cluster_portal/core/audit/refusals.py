"""What was tried and refused: one row per act, account, network and hour, with a count."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit

if TYPE_CHECKING:
    from django.db.models import Model

KEPT = datetime.timedelta(days=365)
AT_ONCE = 5000


class Act(models.TextChoices):
    SIGN_IN = "sign_in", _("Signing in failed")
    SECOND_FACTOR = "second_factor", _("The second factor failed")
    NOT_SHOWN = "not_shown", _("Tried to open what the account may not see")
    FORBIDDEN = "forbidden", _("Tried what the account may not do")
    TOO_MANY = "too_many", _("Too many attempts")


class Refusal(models.Model):
    """Without an account: nobody was signed in, and the address that was typed has none."""

    act = models.CharField(_("action"), max_length=20, choices=Act)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True,
        on_delete=models.DO_NOTHING, db_constraint=False, related_name="+",
    )  # fmt: skip
    network = models.CharField(_("network"), max_length=50, blank=True, default="")
    hour = models.DateTimeField(_("hour"))
    count = models.PositiveIntegerField(_("count"), default=1)
    # The first of the hour.
    content_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.BigIntegerField(null=True)
    about = GenericForeignKey("content_type", "object_id")

    class Meta:
        app_label = "core"
        verbose_name = _("refusal")
        verbose_name_plural = _("failures and refusals")
        ordering = ["-hour", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "account", "network", "hour"],
                nulls_distinct=False,
                name="core_refusal_once_an_hour",
            ),
            models.CheckConstraint(condition=models.Q(act__in=Act), name="core_refusal_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.act} {self.count}"


_COUNT = """
    INSERT INTO core_refusal (act, account_id, network, hour, count, content_type_id, object_id)
    VALUES (%s, %s, %s, date_trunc('hour', now()), 1, %s, %s)
    ON CONFLICT (act, account_id, network, hour) DO UPDATE SET count = core_refusal.count + 1
"""


def count(act: Act, account: int | None, network: str, about: Model | None = None) -> None:
    kind = ContentType.objects.get_for_model(about).pk if about else None
    values: list[Any] = [act.value, account, network, kind, about.pk if about else None]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)


def forget() -> int:
    old = Refusal.objects.filter(hour__lt=timezone.now() - KEPT).order_by("hour")
    return audit.trim(old[:AT_ONCE])


def forget_account(account: int) -> None:
    audit.trim(Refusal.objects.filter(account=account))
