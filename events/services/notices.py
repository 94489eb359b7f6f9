"""Telling the person behind a registration, by account or by the guest's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.notifications import outbox

if TYPE_CHECKING:
    from events.models import Registration
    from members.models import User


def tell(kind: str, registration: Registration, key: object, **values: str | int) -> None:
    """`key` names the occasion: a repeat with the same one tells nothing."""
    outbox.post(kind, to=reader_of(registration), key=str(key), about=registration, values=values)


def reader_of(registration: Registration) -> User | outbox.Guest:
    return registration.user or outbox.Guest(
        email=registration.email, name=registration.name, language=registration.language
    )
