"""Who is told of a change: the contacts of organisations, the coordinators of a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from members.models import Affiliation, Coordinator, User
from members.models.affiliations import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


def contacts_of(organisations: Any, *, but: User | None = None) -> QuerySet[User]:
    """Active contacts of these organisations (ids or a subquery), without the one who acted."""
    contact = Affiliation.objects.confirmed().filter(
        user=OuterRef("pk"), role=Role.CONTACT, organisation__in=organisations
    )
    people = User.objects.filter(Exists(contact), is_active=True)
    return people.exclude(pk=but.pk) if but else people


def coordinators_of(cluster_id: int, *, but: User | None = None) -> QuerySet[User]:
    duty = Coordinator.objects.current().filter(user=OuterRef("pk"), cluster=cluster_id)
    people = User.objects.filter(Exists(duty), is_active=True)
    return people.exclude(pk=but.pk) if but else people
