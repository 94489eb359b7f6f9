"""Telling the person behind a registration, by account or by the guest's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.notifications import outbox

if TYPE_CHECKING:
    from events.models import Registration


def tell(kind: str, registration: Registration, key: object, **values: str | int) -> None:
    """`key` names the occasion: a repeat with the same one tells nothing."""
    reader = registration.user or outbox.Guest(
        email=registration.email, name=registration.name, language=registration.language
    )
    outbox.post(kind, to=reader, key=str(key), about=registration, values=values)
