"""Publishing, moving and cancelling an event: everyone concerned is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, texts
from cluster_portal.core.errors import Refused
from cluster_portal.core.search import reindex
from cluster_portal.notifications import outbox
from events.models import Event, Registration
from events.models.events import MOVES, Stage
from events.services.registrations import lock
from members.services.arrivals import came

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cluster_portal.notifications.outbox import Guest
    from members.models import User

MAX_REASON = 2000
TOLD_ABOUT = ("starts_at", "ends_at", "venue", "municipality")


@transaction.atomic
def publish_event(event: Event, *, by: User) -> Event:
    event = lock(event.pk)
    move = MOVES.step("publish", event, by)
    if not event.seats.exists():
        raise Refused(_("Say first how many places there are, on site or remotely."))
    event.stage, event.published_at = Stage(move.target), timezone.now()
    event.modes = _modes_of(event)
    event.save(update_fields=["stage", "published_at", "modes", "updated_at"])
    audit.record(event, "published", by=by)
    reindex(event)
    came("events", event, since=event.published_at)
    return event


@transaction.atomic
def cancel_event(event: Event, *, by: User, reason: str) -> Event:
    event = lock(event.pk)
    move = MOVES.step("cancel", event, by)
    reason = texts.prose(reason)[:MAX_REASON]
    if not reason:
        raise Refused(_("Give the reason."))
    event.stage = Stage(move.target)
    event.ics_sequence = F("ics_sequence") + 1
    event.save(update_fields=["stage", "ics_sequence", "updated_at"])
    entry = audit.record(event, "cancelled", by=by, reason=reason)
    _tell_everyone(event, "event_cancelled", str(entry.pk), {"reason": reason})
    event.refresh_from_db()
    return event


@transaction.atomic
def save_event(event: Event, *, by: User) -> Event:
    """Stores an edited event. A published one that moves in time or place tells everyone."""
    before = lock(event.pk) if event.pk else None
    moved = before is not None and any(
        getattr(before, field) != getattr(event, field) for field in TOLD_ABOUT
    )
    if moved:
        event.ics_sequence = before.ics_sequence + 1  # type: ignore[union-attr]
    event.save()
    entry = audit.record(event, "moved" if moved else "saved", by=by)
    if moved and event.stage == Stage.PUBLISHED and not event.is_over:
        _tell_everyone(event, "event_moved", str(entry.pk), {})
    reindex(event)
    if before is not None and event.stage == Stage.PUBLISHED:
        came("events", event, since=event.published_at, before=before.visibility)
    return event


def settle(event: Event) -> None:
    """After its rows have changed: what the event repeats of them."""
    Event.objects.filter(pk=event.pk).update(modes=_modes_of(event))
    reindex(event)


def _modes_of(event: Event) -> list[str]:
    return sorted(event.seats.values_list("mode", flat=True))


def _tell_everyone(event: Event, kind: str, key: str, values: dict[str, str | int]) -> None:
    outbox.post_to_all(kind, to=_participants(event), key=key, about=event, values=values)


def _participants(event: Event) -> Iterator[User | Guest]:
    rows = Registration.objects.coming().filter(event=event).select_related("user")
    for row in rows.iterator():
        yield row.user or outbox.Guest(email=row.email, name=row.name, language=row.language)


def move_event(event: Event, action: str, *, by: User, reason: str = "") -> Event:
    """One of the workflow's steps by its name."""
    if action == "publish":
        return publish_event(event, by=by)
    if action == "cancel":
        return cancel_event(event, by=by, reason=reason)
    raise Refused(_("You cannot do this."))
