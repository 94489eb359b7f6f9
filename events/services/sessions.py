"""Leaving the parallel sessions that one had chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from events.models import AgendaItem, SessionChoice

if TYPE_CHECKING:
    from events.models import Registration


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
