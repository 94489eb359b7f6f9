"""Who works where: asked by one's verified address, confirmed by the contact or a coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.addresses import normal_domain
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import forget_audience
from cluster_portal.notifications import outbox
from members.models import Affiliation, Coordinator, Organisation, User
from members.models.affiliations import MOVES, Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from cluster_portal.core.audit import AuditEntry
    from cluster_portal.core.visibility import Reader


def verified_addresses(user: Reader) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(user_id=user.pk, verified=True)


def is_open_to(organisation: Organisation, addresses: Iterable[str]) -> bool:
    """Whether one of the addresses is exactly in one of the organisation's domains."""
    domains = {normal_domain(domain) for domain in organisation.email_domains}
    named = {normal_domain(address.rpartition("@")[2]) for address in addresses}
    return not organisation.has_ended and not domains.isdisjoint(named)


def may_ask(organisation: Organisation, user: Reader) -> bool:
    """Whether a verified address of hers is in one of the organisation's domains."""
    if not user.is_authenticated:
        return False
    return is_open_to(organisation, verified_addresses(user).values_list("email", flat=True))


def lock_people(organisation_pk: int) -> None:
    """Until the transaction ends, nobody else changes who belongs to the organisation as what."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_pk)


@transaction.atomic
def request(organisation: Organisation, *, by: User) -> Affiliation:
    if not may_ask(organisation, by):
        raise Refused(
            _(
                "Your e-mail address is not in the organisation's domain. Ask its contact person "
                "for an invitation."
            )
        )
    lock_people(organisation.pk)
    current = Affiliation.objects.filter(user=by, organisation=organisation)
    existing = current.filter(stage__in=[Stage.REQUESTED, Stage.CONFIRMED]).first()
    if existing:
        return existing
    affiliation = Affiliation.objects.create(user=by, organisation=organisation)
    entry = audit.record(affiliation, "affiliation requested", by=by)
    for reader in _deciders(organisation):
        outbox.post("affiliation_requested", to=reader, key=str(entry.pk), about=affiliation)
    return affiliation


@transaction.atomic
def confirm(affiliation: Affiliation, *, by: User) -> Affiliation:
    affiliation, entry = _step(affiliation, "confirm", by=by)
    outbox.post("affiliation_confirmed", to=affiliation.user, key=str(entry.pk), about=affiliation)
    return affiliation


@transaction.atomic
def decline(affiliation: Affiliation, *, by: User) -> Affiliation:
    affiliation, entry = _step(affiliation, "decline", by=by)
    outbox.post("affiliation_declined", to=affiliation.user, key=str(entry.pk), about=affiliation)
    return affiliation


@transaction.atomic
def end(affiliation: Affiliation, *, by: User) -> Affiliation:
    """Ends it today; the organisation's only contact must name another one first."""
    lock_people(affiliation.organisation_id)
    contacts = affiliation.organisation.affiliations.confirmed().filter(role=Role.CONTACT)
    others = contacts.exclude(pk=affiliation.pk)
    if contacts.filter(pk=affiliation.pk).exists() and not others.exists():
        raise Refused(_("The organisation needs a contact person. Name another one first."))
    affiliation, _entry = _step(affiliation, "end", by=by)
    return affiliation


@transaction.atomic
def change_role(affiliation: Affiliation, role: str, *, by: User) -> Affiliation:
    lock_people(affiliation.organisation_id)
    locked = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)
    if locked.stage != Stage.CONFIRMED or not Affiliation.objects.editable_by(by).contains(locked):
        raise Refused(_("You cannot do this."))
    contacts = locked.organisation.affiliations.confirmed().filter(role=Role.CONTACT)
    if role != Role.CONTACT and not contacts.exclude(pk=locked.pk).exists():
        raise Refused(_("The organisation needs a contact person. Name another one first."))
    details = audit.change(role=(locked.role, role))
    locked.role = Role(role)
    locked.save(update_fields=["role"])
    audit.record(locked, "role changed", by=by, details=details)
    return locked


def _step(affiliation: Affiliation, action: str, *, by: User) -> tuple[Affiliation, AuditEntry]:
    locked = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)
    locked.stage = MOVES.step(action, locked, by).target
    if locked.stage == Stage.CONFIRMED:
        locked.since = timezone.localdate()
    if locked.stage in {Stage.ENDED, Stage.DECLINED}:
        locked.until = timezone.localdate()
        locked.since = min(locked.since, locked.until)
    locked.save()
    forget_audience(by)
    return locked, audit.record(locked, f"affiliation {locked.stage}", by=by)


def _deciders(organisation: Organisation) -> list[User]:
    """The contacts; where there is none, the coordinators of its clusters."""
    active = User.objects.filter(is_active=True)
    contacts = organisation.affiliations.confirmed().filter(role=Role.CONTACT)
    found = list(active.filter(affiliations__in=contacts).distinct())
    if found:
        return found
    clusters = organisation.memberships.active().values("cluster")
    today = Coordinator.objects.current().filter(cluster__in=clusters)
    return list(active.filter(coordinatorships__in=today).distinct())
