"""The content types of the events app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from events.models import Event

if TYPE_CHECKING:
    from members.models import Organisation


def front(user: Any) -> dict[str, Any] | None:
    events = list(Event.objects.visible_to(user).coming()[:3])
    return {"events": events} if events else None


def of_organisation(organisation: Organisation, user: Any) -> list[Event]:
    return list(Event.objects.visible_to(user).coming().filter(organisation=organisation)[:6])
