"""The welcome letter of a cluster: once to each person and cluster, in the cluster's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from cluster_portal.core import audit
from cluster_portal.notifications import outbox
from members.models import Cluster
from members.models.affiliations import Stage
from members.models.memberships import Stage as MembershipStage
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Affiliation, Membership, User

KIND, TEST = "welcome", "welcome_test"


def greet(people: Iterable[User], cluster: Cluster) -> None:
    outbox.post_to_all(KIND, to=people, key=str(cluster.pk), about=cluster)


def greet_member(membership: Membership) -> None:
    """A private member, or the contacts of an organisation, when the membership has begun."""
    if membership.stage != MembershipStage.ACTIVE:
        return
    if membership.person:
        greet([membership.person], membership.cluster)
    elif membership.organisation_id:
        greet(contacts_of([membership.organisation_id]), membership.cluster)


def greet_colleague(affiliation: Affiliation) -> None:
    """By each cluster that the organisation is a member of, once the place is confirmed."""
    if affiliation.stage != Stage.CONFIRMED:
        return
    memberships = affiliation.organisation.memberships.active()
    for cluster in Cluster.objects.filter(pk__in=memberships.values("cluster")):
        greet([affiliation.user], cluster)


@transaction.atomic
def send_test(cluster: Cluster, *, by: User) -> None:
    """To oneself, in every language of the portal."""
    entry = audit.record(cluster, "welcome letter tested", by=by)
    for language, _name in settings.LANGUAGES:
        values: outbox.Values = {"language": language}
        outbox.post(TEST, to=by, key=f"{entry.pk}:{language}", about=cluster, values=values)
