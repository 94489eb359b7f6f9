"""Whom one reaches through the page of an organisation, a cluster or a need."""

from __future__ import annotations

from django.utils.translation import gettext as _

from members.models import Cluster, ExpertProfile, Membership, Need, Organisation
from members.services import contacts, need_offers
from members.services.contacts import Readers, ReceiverKind
from members.services.needs import side_of
from members.services.recipients import contacts_of, coordinators_of


def of_organisation(organisation: Organisation) -> Readers:
    """Its contact persons, else the coordinators of the clusters where it is a member."""
    people = list(contacts_of([organisation.pk]))
    if people:
        return Readers(people, _("The organisation’s contact person gets your message."))
    memberships = Membership.objects.active().filter(organisation=organisation)
    clusters = {*memberships.values_list("cluster", flat=True), organisation.introduced_by_id}
    sentence = _(
        "The organisation has no contact person here yet. "
        "The coordinator of its cluster gets your message."
    )
    return Readers(list(coordinators_of(clusters - {None})), sentence)


def of_cluster(cluster: Cluster) -> Readers:
    sentence = _("The coordinator of the cluster gets your message.")
    return Readers(list(coordinators_of([cluster.pk])), sentence)


def of_expert(profile: ExpertProfile) -> Readers:
    sentence = _("The expert gets your message by e-mail and decides whether to answer.")
    return Readers([profile.user] if profile.user.is_active else [], sentence)


def of_need(need: Need) -> Readers:
    people = side_of(need) or list(coordinators_of([need.home_cluster_id]))
    return Readers(people, _("Whoever told the need gets your message and answers you by e-mail."))


def register() -> None:
    contacts.register(ReceiverKind("need", Need, of_need, need_offers.note_offer))
    contacts.register(ReceiverKind("organisation", Organisation, of_organisation))
    contacts.register(ReceiverKind("cluster", Cluster, of_cluster))
    contacts.register(ReceiverKind("expert", ExpertProfile, of_expert))
