"""Whom one reaches through an organisation's and a cluster's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from members.models import Cluster, Coordinator, Membership, Organisation, User
from members.models.affiliations import Role
from members.services import contacts
from members.services.contacts import Readers, ReceiverKind

if TYPE_CHECKING:
    from collections.abc import Iterable


def contact_persons(organisation: Organisation) -> list[User]:
    posts = organisation.affiliations.confirmed().filter(role=Role.CONTACT)
    return list(User.objects.filter(affiliations__in=posts, is_active=True).distinct())


def coordinators_of(clusters: Iterable[Any]) -> list[User]:
    posts = Coordinator.objects.current().filter(cluster__in=clusters)
    people = User.objects.filter(coordinatorships__in=posts, is_active=True)
    return list(people.distinct().order_by("sort_name", "pk"))


def of_organisation(organisation: Organisation) -> Readers:
    """Its contact persons, else the coordinators of the clusters where it is a member."""
    people = contact_persons(organisation)
    if people:
        return Readers(people, _("The organisation’s contact person gets your message."))
    memberships = Membership.objects.active().filter(organisation=organisation)
    clusters = {*memberships.values_list("cluster", flat=True), organisation.introduced_by_id}
    sentence = _(
        "The organisation has no contact person here yet. "
        "The coordinator of its cluster gets your message."
    )
    return Readers(coordinators_of(clusters - {None}), sentence)


def of_cluster(cluster: Cluster) -> Readers:
    sentence = _("The coordinator of the cluster gets your message.")
    return Readers(coordinators_of([cluster.pk]), sentence)


def register() -> None:
    contacts.register(ReceiverKind("organisation", Organisation, of_organisation))
    contacts.register(ReceiverKind("cluster", Cluster, of_cluster))
