"""What a user is today: one statement answers membership, affiliations and coordination."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from cluster_portal.core.visibility import Audience
from members.models import Affiliation, Coordinator, Membership, User
from members.models.affiliations import Role


def _labelled(rows: QuerySet[Any], label: str, field: str) -> QuerySet[Any]:
    kind = Value(label, output_field=CharField())
    return rows.annotate(label=kind).order_by().values_list("label", field)


def audience_of(user: User) -> Audience:
    own = Affiliation.objects.confirmed().filter(user=user)
    memberships = Membership.objects.active().filter(
        Q(person=user) | Q(organisation__in=own.values("organisation"))
    )
    rows = _labelled(Coordinator.objects.current().filter(user=user), "coordinates", "cluster_id")
    rows = rows.union(
        _labelled(own, "organisations", "organisation_id"),
        _labelled(own.filter(role=Role.CONTACT), "edits", "organisation_id"),
        _labelled(memberships, "member_clusters", "cluster_id"),
    )
    groups: dict[str, set[int]] = defaultdict(set)
    for label, pk in rows:
        groups[label].add(pk)
    return Audience(
        user_id=user.pk,
        is_admin=user.is_superuser,
        **{label: frozenset(pks) for label, pks in groups.items()},
    )
