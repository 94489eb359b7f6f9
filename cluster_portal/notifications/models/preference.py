from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.constraints import one_of
from cluster_portal.notifications.kinds import KindGroup


class Channel(models.TextChoices):
    AT_ONCE = "at_once", _("By e-mail at once")
    WEEKLY = "weekly", _("In the digest")
    OFF = "off", _("In the portal only")
    # How often the digest comes.
    DAILY = "daily", _("Every day")
    MONTHLY = "monthly", _("Once a month")


class Weekday(models.IntegerChoices):
    """As `date.weekday` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Preference(models.Model):
    """A choice that differs from the default; the portal shows every notice whatever it says."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    group = models.CharField(max_length=20, choices=KindGroup)
    channel = models.CharField(max_length=10, choices=Channel)
    # On which a digest comes that is not daily.
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group"], name="notifications_preference_one_per_group"
            ),
            one_of("group", KindGroup, name="notifications_preference_group"),
            one_of("channel", Channel, name="notifications_preference_channel"),
            models.CheckConstraint(
                condition=~Q(group=KindGroup.DIGEST) | ~Q(channel=Channel.AT_ONCE),
                name="notifications_preference_digest_has_period",
            ),
            models.CheckConstraint(
                condition=Q(group=KindGroup.DIGEST)
                | ~Q(channel__in=[Channel.DAILY, Channel.MONTHLY]) & Q(weekday=Weekday.MONDAY),
                name="notifications_preference_period_is_of_digest",
            ),
            one_of("weekday", Weekday, name="notifications_preference_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.channel}"


class GuestRefusal(models.Model):
    """Letters that the holder of an address without an account wants no more; the address itself
    is not stored."""

    fingerprint = models.CharField(max_length=64, unique=True)
    refused_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.fingerprint


def fingerprint_of(address: str) -> str:
    """Says nothing of the address to whoever does not know the portal's secret."""
    return salted_hmac("notifications.guest", address.lower(), algorithm="sha256").hexdigest()
