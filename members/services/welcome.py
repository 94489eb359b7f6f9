"""What an organisation and its applicant get when the application has been approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.visibility import Visibility
from members.models import Affiliation, Membership, Organisation, User
from members.models.affiliations import CURRENT, Role
from members.models.affiliations import Stage as AffiliationStage
from members.services import affiliations, consent, invitations
from members.services.arrivals import organisation_came

if TYPE_CHECKING:
    from cluster_portal.core.audit import AuditEntry


def welcome(membership: Membership, entry: AuditEntry, *, by: User) -> None:
    """A new organisation is public and its applicant its contact; another's waits to be confirmed.

    Representatives that its own contact has named are invited.
    """
    organisation = membership.organisation
    if organisation is None:
        return
    affiliations.lock_people(organisation.pk)
    is_new = consent.is_new(membership)
    if is_new and membership.applicant:
        _make_contact(membership.applicant, organisation, entry, by=by)
        organisation.brought_by = membership.applicant
        organisation.confirmed_on = timezone.localdate()
    else:
        introduce(membership)
    is_hidden = organisation.is_brought and organisation.visibility == Visibility.PRIVATE
    if is_hidden or organisation.is_shadow:  # hidden again where a decision was taken back
        _publish(organisation)
    contacts = organisation.affiliations.contacts().filter(user=membership.applicant_id)
    for role in (Role.REPRESENTATIVE, Role.DEPUTY) if contacts.exists() else ():
        invitations.invite_stated(membership, role, entry)


def _publish(organisation: Organisation) -> None:
    before = organisation.visibility
    organisation.visibility, organisation.is_shadow = Visibility.PUBLIC, False
    fields = ["visibility", "is_shadow", "confirmed_on", "brought_by", "updated_at"]
    organisation.save(update_fields=fields)
    organisation_came(organisation, before=before)


def introduce(membership: Membership) -> None:
    """Who applied in the name of an organisation that was there before asks to be its colleague."""
    applicant, organisation = membership.applicant, membership.organisation
    if applicant is None or organisation is None:
        return
    affiliations.lock_people(organisation.pk)
    rows = Affiliation.objects.filter(user=applicant, organisation=organisation)
    if rows.filter(stage__in=CURRENT).exists():
        return
    made = rows.create(user=applicant, organisation=organisation)
    entry = audit.record(made, "affiliation requested", by=applicant)
    affiliations.tell_deciders(made, entry)


def _make_contact(user: User, organisation: Organisation, entry: AuditEntry, *, by: User) -> None:
    Affiliation.objects.update_or_create(
        user=user, organisation=organisation, stage__in=CURRENT,
        defaults={"stage": AffiliationStage.CONFIRMED, "role": Role.CONTACT},
        create_defaults={"stage": AffiliationStage.CONFIRMED, "role": Role.CONTACT},
    )  # fmt: skip
    audit.record(organisation, "contact named", by=by, details={"user": user.pk, "for": entry.pk})
