"""Telling those who sit in a body, by account or by the address that their seat bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.notifications import outbox
from events.models import BodyMember
from events.models.bodies import LEADING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from events.models import Body
    from members.models import User

LANGUAGE = "fi"  # of those whose language nobody knows


def tell_seat(kind: str, seat: BodyMember, key: object, about: Model, **values: str | int) -> None:
    """A seat of an account that was closed, or without an address, is told nothing."""
    if not seat.address:
        return
    reader = seat.user or outbox.Guest(email=seat.email, name=seat.name, language=LANGUAGE)
    outbox.post(kind, to=reader, key=str(key), about=about, values=values)


def leaders_of(body: Body, *, but: User | None = None) -> Iterable[BodyMember]:
    """Chair and secretary of today."""
    rows = BodyMember.objects.current().filter(body=body, role__in=LEADING).select_related("user")
    return rows.exclude(user=but) if but else rows
