"""Reminders before a capability expires, and the signed links that renew or confirm it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail
from members.models import Capability, User
from members.models.capabilities import Stage
from members.models.capability_workflow import MOVES
from members.services.capabilities import AT_ONCE, owners

if TYPE_CHECKING:
    from collections.abc import Iterator

SALT = "members.capability"
KIND = "capability_expiring"
# Days before the end, the earlier first; each reminder is due until the next one is.
REMINDERS = ((30, 7), (7, -1))
LINK_LIVES = datetime.timedelta(days=60)


def remind_of_expiry() -> int:
    """Posts the reminders that are due; a repeat posts none. Returns how many had one."""
    today = timezone.localdate()
    return sum(_remind(today, days, until) for days, until in REMINDERS)


def _remind(today: datetime.date, days: int, next_days: int) -> int:
    found = list(_due(today, days, next_days))[:AT_ONCE]
    for capability in found:
        until = str(capability.expires_on)
        for person in owners(capability):
            outbox.post(
                KIND, to=person, key=f"{capability.pk}:{until}:{days}", about=capability,
                values={"days": days, "until": until},
            )  # fmt: skip
    return len(found)


def _due(today: datetime.date, days: int, next_days: int) -> Iterator[Capability]:
    """Those that end in the window and of which nobody has been reminded in it."""
    first, last = (today + datetime.timedelta(days=each) for each in (next_days + 1, days))
    posted = OutboxMail.objects.filter(
        kind=KIND, values__days=days, created_at__gte=timezone.now() - LINK_LIVES
    )
    told = set(posted.values_list("about_id", "values__until"))
    rows = Capability.objects.filter(stage=Stage.PUBLISHED, expires_on__range=(first, last))
    for capability in rows.order_by("expires_on", "pk").iterator():
        if (capability.pk, str(capability.expires_on)) not in told:
            yield capability


def path_of(action: str, capability: Capability, user: User) -> str:
    """The address at which one press confirms or renews, for one reader of one mail."""
    values = [action, capability.pk, user.pk, str(capability.expires_on or "")]
    token = signing.dumps(values, salt=SALT, compress=False)
    return reverse("members:capability_by_link", args=[token])


def read_token(token: str) -> tuple[str, Capability, User] | None:
    """The step, the capability and who may take it; None once it was taken or the link is old."""
    try:
        action, capability_pk, user_pk, until = signing.loads(
            token, salt=SALT, max_age=LINK_LIVES + datetime.timedelta(days=REMINDERS[0][0])
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Capability.objects.select_related("home_cluster", "organisation")
    capability = rows.filter(pk=capability_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if capability is None or user is None or str(capability.expires_on or "") != until:
        return None
    return (action, capability, user) if MOVES.may(action, capability, user) else None
