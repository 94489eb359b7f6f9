"""Whether an organisation itself stands behind an application made in its name.

A new one is its applicant's. One that has people or is a member already joins a cluster only when
it has confirmed the applicant as a colleague: until then an approved application waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from members.models import Membership
from members.models.memberships import Stage
from members.services import greeting
from members.services.membership_letters import tell_coordinators

if TYPE_CHECKING:
    from members.models import Affiliation, User
    from members.models.memberships import MembershipQuerySet


def is_new(membership: Membership) -> bool:
    """Whether applicants alone have written the organisation: it was never a member, has nobody."""
    organisation = membership.organisation
    if organisation is None or not organisation.is_brought:
        return False
    others = organisation.memberships.exclude(pk=membership.pk)
    joined = others.filter(stage__in=[Stage.ACCEPTED, Stage.ACTIVE, Stage.ENDED]).exists()
    has_people = organisation.affiliations.confirmed().exists()
    return organisation.visibility == Visibility.PRIVATE and not (joined or has_people)


def is_lacking(membership: Membership) -> bool:
    organisation = membership.organisation
    if organisation is None:
        return False
    if organisation.visibility == Visibility.PRIVATE and organisation.is_shadow:
        return organisation.introduced_by_id not in {None, membership.cluster_id}
    people = organisation.affiliations.confirmed()
    if people.filter(user=membership.applicant_id).exists():
        return False
    others = organisation.memberships.active().exclude(pk=membership.pk)
    return people.exists() or others.exists()


def start_waiting(affiliation: Affiliation, *, by: User) -> None:
    """The memberships that this applicant's confirmation was awaited for begin today."""
    for membership in _waiting_for(affiliation).filter(cluster__requires_agreement=False):
        membership.stage, membership.since = Stage.ACTIVE, timezone.localdate()
        membership.save(update_fields=["stage", "since", "updated_at"])
        entry = audit.record(membership, "membership confirmed by the organisation", by=by)
        outbox.post("membership_started", to=affiliation.user, key=str(entry.pk), about=membership)
        greeting.greet_member(membership)


def refuse_waiting(affiliation: Affiliation, *, by: User) -> None:
    """An organisation that does not know the applicant does not join; its coordinators hear."""
    for membership in _waiting_for(affiliation):
        membership.stage = Stage.WITHDRAWN
        membership.save(update_fields=["stage", "updated_at"])
        entry = audit.record(membership, "application withdrawn by the organisation", by=by)
        tell_coordinators("application_taken_back", membership, entry, {"denied": 1})


def _waiting_for(affiliation: Affiliation) -> MembershipQuerySet:
    return Membership.objects.select_for_update(of=("self",)).filter(
        applicant=affiliation.user, organisation=affiliation.organisation, stage=Stage.ACCEPTED
    )
