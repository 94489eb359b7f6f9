"""Memberships beyond the application: recorded as they are, ended, continued, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.notifications import outbox
from members.models import Cluster, CurrentMember, Membership, Organisation
from members.models.memberships import PENDING, Stage
from members.services import affiliations, greeting
from members.services.applications import lock, step
from members.services.membership_letters import tell_applicant, tell_member
from members.services.organisations import reindex
from members.services.recipients import contacts_of, coordinators_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from cluster_portal.core.audit import AuditEntry
    from members.models import User


@dataclass(frozen=True)
class Days:
    """Of a membership that exists already; an open end is None."""

    since: datetime.date
    until: datetime.date | None = None
    agreement_on: datetime.date | None = None

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()


def check_coordinator(cluster: Cluster, by: User | None) -> None:
    """`None` is the portal itself, from the command line."""
    known = audience(by) if by else None
    if known and not known.is_admin and cluster.pk not in known.coordinates:
        raise Refused(_("You do not coordinate this cluster."))


@transaction.atomic
def record_membership(
    organisation: Organisation, cluster: Cluster, days: Days, *, by: User | None, source: str
) -> Membership:
    """A membership that exists already. No coordinator becomes anybody's contact by it.

    It is in force at once, unless the organisation has a contact or is a member of another cluster:
    then the contact confirms it, or a coordinator of that cluster.
    """
    check_coordinator(cluster, by)
    affiliations.lock_people(organisation.pk)
    must_agree = organisation.affiliations.contacts().exists() or is_elsewhere(
        organisation, cluster
    )
    made = new_membership(organisation, cluster, days, source=source, must_agree=must_agree)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(already_bound(organisation, cluster)) from None
    entry = audit.record(made, "membership recorded", by=by, reason=source)
    if made.stage == Stage.ACCEPTED:
        ask_contacts([made], entry)
    return made


def new_membership(
    organisation: Organisation, cluster: Cluster, days: Days, *, source: str, must_agree: bool
) -> Membership:
    """The unsaved row, in the state that it begins in."""
    stage = Stage.ACCEPTED if must_agree else Stage.ACTIVE
    return Membership(
        organisation=organisation, cluster=cluster, source=source, since=days.since,
        until=days.until, agreement_on=days.agreement_on,
        stage=Stage.ENDED if days.is_over else stage,
    )  # fmt: skip


def is_elsewhere(organisation: Organisation, cluster: Cluster) -> bool:
    """Whether it is a member of another cluster today."""
    rows = CurrentMember.objects.filter(organisation=organisation)
    return rows.exclude(cluster=cluster).exists()


def already_bound(organisation: Organisation, cluster: Cluster) -> str:
    rows = Membership.objects.filter(organisation=organisation, cluster=cluster)
    if rows.filter(stage__in=PENDING).exists():
        return _("An application of this organisation is being handled: decide on it first.")
    return _("This organisation is a member of the cluster already.")


def ask_contacts(memberships: Iterable[Membership], entry: AuditEntry | None = None) -> None:
    """Whether the recorded memberships are right: the organisations' contacts are asked, where
    there is none the coordinators of its other clusters."""
    for membership in memberships:
        key = str(entry.pk if entry else f"membership-{membership.pk}")
        contacts = contacts_of([membership.organisation_id])
        outbox.post_to_all("membership_recorded", to=contacts, key=key, about=membership)
        if not contacts.exists():
            rows = CurrentMember.objects.filter(organisation=membership.organisation_id)
            others = rows.exclude(cluster=membership.cluster_id).values("cluster")
            outbox.post_to_all(
                "membership_recorded_elsewhere", to=coordinators_of(others), key=key,
                about=membership,
            )  # fmt: skip


@transaction.atomic
def agree(membership: Membership, *, by: User) -> Membership:
    """The contact confirms; the membership counts from the recorded day."""
    membership, _entry = step(membership, "agree", by=by)
    if membership.until and membership.until < timezone.localdate():
        membership.stage = Stage.ENDED
        membership.save(update_fields=["stage", "updated_at"])
    greeting.greet_member(membership)
    return membership


@transaction.atomic
def disagree(membership: Membership, *, by: User) -> Membership:
    """The contact says that the organisation is no member; the coordinators are told."""
    membership, entry = step(membership, "disagree", by=by)
    for user in coordinators_of([membership.cluster_id], but=by):
        outbox.post("membership_denied", to=user, key=str(entry.pk), about=membership)
    return membership


@transaction.atomic
def take_back(membership: Membership, *, by: User, reason: str) -> Membership:
    """What was recorded by mistake; who knows of it is told."""
    was_known = lock(membership).stage == Stage.ACTIVE
    membership, entry = step(membership, "take_back", by=by, reason=reason)
    if was_known:
        tell_member("membership_ended", membership, entry)
    return membership


@transaction.atomic
def end(
    membership: Membership, *, by: User, reason: str, day: datetime.date | None = None
) -> Membership:
    """Ends today, or on the day given: the member is told at once either way.

    Until a coming last day the membership is in force, and the hourly round ends it.
    """
    today = timezone.localdate()
    last = day or today
    locked = lock(membership)
    if locked.since and last < locked.since:
        raise Refused(_("A membership cannot end before it has begun."))
    membership, entry = step(
        membership, "end", by=by, reason=reason, until=last,
        decision_reason=cleaning.prose(reason),
    )  # fmt: skip
    if last > today:
        membership.stage = Stage.ACTIVE
        membership.save(update_fields=["stage", "updated_at"])
    tell_member("membership_ends" if last > today else "membership_ended", membership, entry)
    return membership


@transaction.atomic
def renew(
    membership: Membership, *, by: User, reason: str = "", day: datetime.date | None = None
) -> Membership:
    """Goes on without a break until `day`, or until further notice; the member is told."""
    if day and day < timezone.localdate():
        raise Refused(_("The new last day cannot be in the past."))
    membership, entry = _bound_again(
        membership, "renew", by=by, reason=reason, until=day, decision_reason=""
    )
    tell_member("membership_renewed", membership, entry)
    return membership


@transaction.atomic
def revert(membership: Membership, *, by: User, reason: str) -> Membership:
    """The application is in review again, and what the decision gave ends at the next request.

    A new organisation that only this decision made public is hidden again.
    """
    membership, entry = _bound_again(
        membership, "revert", by=by, reason=reason, decided_at=None, decided_by=None,
        decision_reason="", since=None, until=None, agreement_on=None,
    )  # fmt: skip
    _hide_again(membership)
    tell_applicant("decision_taken_back", membership, entry)
    return membership


def _bound_again(membership: Membership, action: str, **how: Any) -> tuple[Membership, AuditEntry]:
    """A step back to a state of which a member has only one in a cluster."""
    try:
        with transaction.atomic():
            return step(membership, action, **how)
    except IntegrityError:
        raise Refused(_("A newer membership or application of the same member exists.")) from None


def _hide_again(membership: Membership) -> None:
    organisation = membership.organisation
    if organisation is None or not organisation.is_brought:
        return
    others = organisation.memberships.exclude(pk=membership.pk)
    if not others.filter(stage__in=[Stage.ACTIVE, Stage.ENDED]).exists():
        organisation.visibility = Visibility.PRIVATE
        organisation.save(update_fields=["visibility", "updated_at"])
        reindex(organisation, ["visibility"])
