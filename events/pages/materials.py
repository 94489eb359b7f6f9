"""The programme and the materials of an event, as far as the reader may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Material

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from events.models import AgendaItem, Event


def programme(event: Event, *, shows_rooms: bool) -> dict[str, Any]:
    """The items in order; where there are parallel streams, each item names its own."""
    items = list(event.agenda.all())
    return {
        "items": [_item(item, shows_rooms=shows_rooms) for item in items],
        "days": len({item.starts_at.date() for item in items}),
    }


def _item(item: AgendaItem, *, shows_rooms: bool) -> dict[str, Any]:
    speaker = item.shown_speaker
    if item.speaker and not speaker:
        speaker = _("The speaker is told later")
    room = item.room if shows_rooms else ""
    return {
        "starts_at": item.starts_at, "ends_at": item.ends_at, "title": item.title,
        "abstract": item.abstract,
        "notes": [note for note in (item.stream, room, speaker) if note],
    }  # fmt: skip


def of_event(event: Event, user: Reader) -> list[dict[str, Any]]:
    rows = Material.objects.visible_to(user).filter(event=event)
    return [
        {
            "title": row.title,
            "url": row.link or reverse("events:material_file", args=[row.public_id]),
            "note": f"{row.name.rpartition('.')[2].upper()}, {filesizeformat(row.size)}"
            if row.file
            else row.get_kind_display(),
            "is_link": bool(row.link),
        }
        for row in rows
    ]
