"""To whom a letter goes: those who registered for an event, or who sit in a body today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from cluster_portal.core.numbers import whole_of
from cluster_portal.notifications.outbox import Guest
from events.models import BodyMember, Event, Registration
from events.models.registrations import COMING
from members.models import User

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from events.models.bodies import BodyMemberQuerySet
    from events.models.registrations import RegistrationQuerySet

    Narrowed = Mapping[str, Sequence[str]]


def participants(cluster: int, narrowed: Narrowed) -> QuerySet[User]:
    rows = _rows(cluster, narrowed).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(rows))


def guests(cluster: int, narrowed: Narrowed) -> Iterator[Guest]:
    """Who confirmed the address; an address that two guests share gets the letter once."""
    rows = _rows(cluster, narrowed).filter(user=None).exclude(email="").order_by("pk")
    for email, name, language in rows.values_list("email", "name", "language"):
        yield Guest(email, name, language)


def _rows(cluster: int, narrowed: Narrowed) -> RegistrationQuerySet:
    """Of the picked events that the cluster hosts, with others too; nobody where none is picked."""
    events = [whole_of(value) or 0 for value in narrowed.get("event", ())]
    stages = narrowed.get("stage") or COMING
    hosted = Event.objects.hosted_by(frozenset({cluster})).filter(pk__in=events)
    return Registration.objects.filter(event__in=hosted.values("pk"), stage__in=[*stages])


def seated(cluster: int, narrowed: Narrowed) -> QuerySet[User]:
    rows = _seats(cluster, narrowed).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(rows))


def seated_guests(cluster: int, narrowed: Narrowed) -> Iterator[Guest]:
    """Who sits there by name and address, without an account."""
    rows = _seats(cluster, narrowed).filter(user=None).exclude(email="").order_by("pk")
    for email, name in rows.values_list("email", "name"):
        yield Guest(email, name, "fi")


def _seats(cluster: int, narrowed: Narrowed) -> BodyMemberQuerySet:
    """Of the picked bodies of the cluster, as seated today; nobody where none is picked."""
    bodies = [whole_of(value) or 0 for value in narrowed.get("body", ())]
    rows = BodyMember.objects.current().filter(body__in=bodies, body__home_cluster=cluster)
    roles = narrowed.get("role")
    return rows.filter(role__in=[*roles]) if roles else rows
