"""The programme and the chosen sessions follow what becomes of the event and of its people."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db.models import F

from events.models import AgendaItem, SessionChoice
from events.services.wall_clock import moved, wall

if TYPE_CHECKING:
    from events.models import Event, Registration


def leave_sessions(registration: Registration) -> None:
    """Whoever leaves the event leaves room in its sessions; the caller holds the event's lock."""
    rows = SessionChoice.objects.filter(registration=registration)
    items = list(rows.values_list("item", flat=True))
    if items:
        AgendaItem.objects.filter(pk__in=items).update(chosen=F("chosen") - 1)
        rows.delete()


def drop_choices(item: AgendaItem) -> None:
    """The item begins at another time: those who had chosen it choose again."""
    SessionChoice.objects.filter(item=item).delete()
    AgendaItem.objects.filter(pk=item.pk).update(chosen=0)
    item.chosen = 0


def move_programme(before: Event, event: Event) -> None:
    """Items and chosen sessions go with the event; the caller holds its lock.

    An event that only becomes longer or shorter within its days keeps its programme as it is.
    """
    shift = _shift(before, event)
    if not shift:
        return
    items = list(event.agenda.order_by("starts_at"))
    for item in items:
        item.starts_at = moved(item.starts_at, shift)
        item.ends_at = moved(item.ends_at, shift) if item.ends_at else None
    AgendaItem.objects.bulk_update(items, ["starts_at", "ends_at"])
    _move_choices(event, shift)


def _shift(before: Event, event: Event) -> datetime.timedelta:
    """By as much as both ends moved; where they did not move alike, by whole days."""
    starts = wall(event.starts_at) - wall(before.starts_at)
    if starts == wall(event.ends_at) - wall(before.ends_at):
        return starts
    first = wall(event.starts_at).date() - wall(before.starts_at).date()
    last = wall(event.ends_at).date() - wall(before.ends_at).date()
    return first if first and last else datetime.timedelta()


def _move_choices(event: Event, shift: datetime.timedelta) -> None:
    """Slot by slot from the far end, so that no two slots of a person ever meet."""
    choices = SessionChoice.objects.filter(item__event=event)
    slots = sorted(
        set(choices.values_list("slot", flat=True)), reverse=shift > datetime.timedelta()
    )
    for slot in slots:
        choices.filter(slot=slot).update(slot=moved(slot, shift))
