"""Who is told of a change: the contacts of organisations, the coordinators of clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from members.models import Affiliation, Coordinator, User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def contacts_of(organisations: Any, *, but: User | None = None) -> QuerySet[User]:
    """Active contacts of these organisations (ids or a subquery), without the one who acted."""
    posts = Affiliation.objects.contacts().filter(organisation__in=organisations)
    people = User.objects.filter(Exists(posts.filter(user=OuterRef("pk"))), is_active=True)
    return people.exclude(pk=but.pk) if but else people


def coordinators_of(clusters: Any, *, but: User | None = None) -> QuerySet[User]:
    """Today's coordinators of these clusters, by name, without the one who acted."""
    posts = Coordinator.objects.current().filter(user=OuterRef("pk"), cluster__in=clusters)
    people = User.objects.filter(Exists(posts), is_active=True).order_by("sort_name", "pk")
    return people.exclude(pk=but.pk) if but else people
