"""What a user is today: one statement answers membership, affiliations and coordination.

For many people at once three statements do, whatever their number.
"""

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


def audiences_of(users: list[User]) -> dict[int, Audience]:
    """The same by primary key, each exactly what `audience_of` says of that user."""
    groups: dict[int, dict[str, set[int]]] = {user.pk: defaultdict(set) for user in users}
    colleagues: dict[int, set[int]] = defaultdict(set)
    terms = Coordinator.objects.current().filter(user__in=groups)
    for user, cluster in terms.order_by().values_list("user_id", "cluster_id"):
        groups[user]["coordinates"].add(cluster)
    own = Affiliation.objects.confirmed().filter(user__in=groups).order_by()
    for user, organisation, role in own.values_list("user_id", "organisation_id", "role"):
        colleagues[organisation].add(user)
        groups[user]["organisations"].add(organisation)
        if role == Role.CONTACT:
            groups[user]["edits"].add(organisation)
    memberships = Membership.objects.active().filter(
        Q(person__in=groups) | Q(organisation__in=colleagues)
    )
    rows = memberships.order_by().values_list("person_id", "organisation_id", "cluster_id")
    for person, organisation, cluster in rows:
        for user in colleagues.get(organisation, set()) | ({person} & groups.keys()):
            groups[user]["member_clusters"].add(cluster)
    return {
        user.pk: Audience(
            user_id=user.pk,
            is_admin=user.is_superuser,
            **{label: frozenset(pks) for label, pks in groups[user.pk].items()},
        )
        for user in users
    }
