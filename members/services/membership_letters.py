"""Who hears of an application or a membership, at each step of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_portal.notifications import outbox
from members.models import User
from members.services.recipients import contacts_of

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry
    from members.models import Membership, Organisation


def tell_applicant(kind: str, membership: Membership, entry: AuditEntry) -> None:
    reader = membership.applicant or membership.person
    readers = [reader] if reader else _contacts(membership.organisation)
    for user in readers:
        outbox.post(kind, to=user, key=str(entry.pk), about=membership)


def _contacts(organisation: Organisation | None) -> list[User]:
    return list(contacts_of([organisation.pk])) if organisation is not None else []


def tell_coordinators(
    kind: str, membership: Membership, entry: AuditEntry, values: outbox.Values | None = None
) -> None:
    """To the cluster's coordinators; where there is none, to the administrators."""
    active = User.objects.filter(is_active=True)
    today = membership.cluster.coordinators.current()
    readers = list(active.filter(coordinatorships__in=today).distinct())
    for user in readers or active.filter(is_superuser=True):
        outbox.post(kind, to=user, key=str(entry.pk), about=membership, values=values or {})


def tell_member(kind: str, membership: Membership, entry: AuditEntry) -> None:
    """The private member; else the organisation's contacts, and its applicant where none is."""
    if membership.person or not membership.organisation_id:
        return tell_applicant(kind, membership, entry)
    readers = contacts_of([membership.organisation_id])
    if not readers.exists():
        return tell_applicant(kind, membership, entry)
    return outbox.post_to_all(kind, to=readers, key=str(entry.pk), about=membership)
