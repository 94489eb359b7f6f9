"""What a reader wants to get by mail, and the signed link that switches a group off."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import Kind, KindGroup
from cluster_portal.notifications.models import Channel, GuestRefusal, Preference
from cluster_portal.notifications.models.preference import Weekday, fingerprint_of

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

SALT, GUEST_SALT = "notifications.unsubscribe", "notifications.guest"


def default_channel(group: str) -> Channel:
    return Channel.WEEKLY if group == KindGroup.DIGEST else Channel.AT_ONCE


def choices_of(group: KindGroup) -> list[tuple[str, Any]]:
    """The digest comes as often as one likes or not at all; each search has a time of its own."""
    if group == KindGroup.DIGEST:
        return [
            (Channel.DAILY.value, _("Every day at 8.00")),
            (Channel.WEEKLY.value, _("Once a week at 8.00")),
            (Channel.MONTHLY.value, _("Once a month at 8.00")),
            (Channel.OFF.value, _("No digest")),
        ]
    if group == KindGroup.SAVED:
        return [
            (Channel.AT_ONCE.value, _("As often as each search says")),
            (Channel.OFF.value, Channel.OFF.label),
        ]
    return [(one.value, one.label) for one in (Channel.AT_ONCE, Channel.WEEKLY, Channel.OFF)]


def channels_of(user: "Reader") -> dict[str, str]:
    chosen = dict(Preference.objects.filter(user=user.pk).values_list("group", "channel"))
    return {group.value: chosen.get(group, default_channel(group)) for group in KindGroup}


def left_for_no_digest(channels: dict[str, str]) -> list[KindGroup]:
    """Groups left for the digest of a reader who gets none: they show in the portal alone."""
    if channels[KindGroup.DIGEST] != Channel.OFF:
        return []
    rest = [group for group in KindGroup if group != KindGroup.DIGEST]
    return [group for group in rest if channels[group] == Channel.WEEKLY]


def channel_for(user: "Reader", kind: Kind) -> str:
    """Where a message of this kind goes; what cannot be switched off always leaves at once."""
    if not kind.can_unsubscribe:
        return Channel.AT_ONCE
    rows = Preference.objects.filter(user=user.pk, group=kind.group)
    chosen = rows.values_list("channel", flat=True).first()
    return chosen or default_channel(kind.group)


def set_channels(user: "Reader", channels: dict[str, str]) -> None:
    Preference.objects.bulk_create(
        [
            Preference(user_id=user.pk, group=group, channel=chosen)
            for group, chosen in channels.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["channel", "changed_at"],
    )


def weekday_of(user: "Reader") -> int:
    rows = Preference.objects.filter(user=user.pk, group=KindGroup.DIGEST)
    return rows.values_list("weekday", flat=True).first() or Weekday.MONDAY


def set_weekday(user: "Reader", weekday: int) -> None:
    """On which the digest comes; after `set_channels`, which makes the row."""
    Preference.objects.filter(user=user.pk, group=KindGroup.DIGEST).update(weekday=weekday)


def unsubscribe_token(user: "Reader", group: str) -> str:
    """Bound to person, group and purpose; says nothing about the address."""
    return signing.dumps([user.pk, str(group)], salt=SALT, compress=False)


def read_token(token: str) -> tuple[Any, KindGroup] | None:
    """None for whatever is broken, of another purpose, or of an account that is gone."""
    try:
        pk, group = signing.loads(token, salt=SALT)
        return get_user_model().objects.get(pk=pk, is_active=True), KindGroup(group)
    except (signing.BadSignature, ValueError, TypeError, get_user_model().DoesNotExist):
        return None


def unsubscribe(user: "Reader", group: KindGroup) -> None:
    set_channels(user, {group: Channel.OFF})


def restore(user: "Reader", group: KindGroup, channel: str) -> None:
    """Takes a stop back; what is no choice of this group means its default."""
    choices = {value for value, _label in choices_of(group)} - {Channel.OFF.value}
    set_channels(user, {group: channel if channel in choices else default_channel(group)})


def stopped(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """The groups that are off now, each with what it was before."""
    off = [group for group, channel in after.items() if channel == Channel.OFF]
    return {group: before[group] for group in off if before[group] != Channel.OFF}


def guest_token(address: str) -> str:
    """For a reader without an account; says nothing about the address."""
    return signing.dumps(fingerprint_of(address), salt=GUEST_SALT, compress=False)


def read_guest_token(token: str) -> str:
    """The fingerprint of the address; empty for whatever is broken."""
    try:
        return str(signing.loads(token, salt=GUEST_SALT))
    except signing.BadSignature:
        return ""


def refuse_letters(fingerprint: str) -> None:
    GuestRefusal.objects.get_or_create(fingerprint=fingerprint)


def take_letters_again(fingerprint: str) -> None:
    GuestRefusal.objects.filter(fingerprint=fingerprint).delete()


def refusing(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in small letters, whose holders want no letters."""
    marks = {fingerprint_of(address): address.lower() for address in addresses}
    rows = GuestRefusal.objects.filter(fingerprint__in=marks)
    return {marks[found] for found in rows.values_list("fingerprint", flat=True)}
