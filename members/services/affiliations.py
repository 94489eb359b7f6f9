"""Who works where: asked by one's verified address, confirmed by the contact or a coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.addresses import normal_domain
from cluster_portal.notifications import outbox
from members.models import Affiliation, Coordinator, Organisation, User
from members.models.affiliations import CURRENT, MOVES, Role, Stage, confirms, leads, manages
from members.services import consent, greeting

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
    """Whether a verified address of theirs is in one of the organisation's domains."""
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
    existing = current.filter(stage__in=CURRENT).first()
    if existing:
        return existing
    affiliation = Affiliation.objects.create(user=by, organisation=organisation)
    entry = audit.record(affiliation, "affiliation requested", by=by)
    tell_deciders(affiliation, entry)
    return affiliation


@transaction.atomic
def name_person(
    organisation: Organisation, user: User, role: str, *, by: User, reason: str = ""
) -> Affiliation:
    """Confirmed at once if `by` may confirm it; else it waits for the contact, who is told."""
    lock_people(organisation.pk)
    check_naming(organisation, user, role, by=by, reason=reason)
    stage = stage_of(organisation, user, role, by=by)
    made = Affiliation.objects.create(user=user, organisation=organisation, role=role, stage=stage)
    entry = audit.record(made, f"affiliation {stage}", by=by, reason=reason, details={"role": role})
    if stage == Stage.REQUESTED:
        tell_deciders(made, entry)
    else:
        outbox.post("affiliation_confirmed", to=user, key=str(entry.pk), about=made)
        greeting.greet_colleague(made)
        claim(organisation, role)
    return made


def check_naming(
    organisation: Organisation, user: User, role: str, *, by: User, reason: str
) -> None:
    """`Refused` with the sentence that tells why `by` cannot bring this user in so."""
    if user == by or not Organisation.objects.peopled_by(by).contains(organisation):
        raise Refused(_("You cannot do this."))
    if Affiliation.objects.filter(user=user, organisation=organisation, stage__in=CURRENT).exists():
        raise Refused(_("This person belongs to the organisation or has asked to."))
    if role == Role.CONTACT:
        check_reason(organisation, by=by, reason=reason)


def stage_of(organisation: Organisation, user: User, role: str, *, by: User) -> Stage:
    """In which state `by` can bring the user in: confirmed, or to be confirmed by the contact."""
    if user == by or not confirms(organisation.pk, by):
        return Stage.REQUESTED
    is_contested = role == Role.CONTACT and _contested(organisation, user, by=by)
    return Stage.REQUESTED if is_contested else Stage.CONFIRMED


def check_contact(organisation: Organisation, user: User, *, by: User) -> None:
    """`Refused` unless `by`, who leads or deputises, may make this user the contact now."""
    if user == by:
        raise Refused(_("Nobody makes themselves a contact person. Ask another one to do it."))
    contested = _contested(organisation, user, by=by)
    if contested is not None:
        raise Refused(
            _(
                "A contact person was removed. Until %(day)s a new one needs the consent of "
                "%(person)s or of the cluster’s coordinator."
            )
            % {"day": date_format(localtime(contested.rests_until)), "person": contested.user}
        )


def _contested(organisation: Organisation, user: User, *, by: User) -> Affiliation | None:
    """The removed contact whose place it is for seven days; a coordinator's act is consent."""
    if manages(organisation.pk, by):
        return None
    rows = organisation.affiliations.contested().exclude(user=user)
    return rows.order_by("contact_taken_at").last()


def check_reason(organisation: Organisation, *, by: User, reason: str) -> None:
    """Who names a contact from outside the organisation tells why."""
    if not _speaks(organisation, by) and not reason.strip():
        raise Refused(_("Write the reason: it is told to those concerned."))


def _speaks(organisation: Organisation, user: User) -> bool:
    """As contact or deputy."""
    own = organisation.affiliations.confirmed().filter(user=user)
    return own.filter(role__in=[Role.CONTACT, Role.DEPUTY]).exists()


def claim(organisation: Organisation, role: str) -> None:
    """A profile that has a contact person is the organisation's own from then on."""
    if role == Role.CONTACT and organisation.is_shadow:
        organisation.is_shadow = False
        organisation.save(update_fields=["is_shadow", "updated_at"])


@transaction.atomic
def confirm(affiliation: Affiliation, *, by: User) -> Affiliation:
    """What a coordinator confirms, where there is no contact, is a colleague."""
    lock_people(affiliation.organisation_id)
    affiliation, entry = _step(affiliation, "confirm", by=by)
    if affiliation.role == Role.CONTACT:
        _confirm_contact(affiliation, by=by)
    outbox.post("affiliation_confirmed", to=affiliation.user, key=str(entry.pk), about=affiliation)
    consent.start_waiting(affiliation, by=by)
    greeting.greet_colleague(affiliation)
    return affiliation


def _confirm_contact(affiliation: Affiliation, *, by: User) -> None:
    if _speaks(affiliation.organisation, by):
        check_contact(affiliation.organisation, affiliation.user, by=by)
        claim(affiliation.organisation, Role.CONTACT)
        return
    affiliation.role = Role.MEMBER
    affiliation.save(update_fields=["role"])


@transaction.atomic
def decline(affiliation: Affiliation, *, by: User) -> Affiliation:
    affiliation, entry = _step(affiliation, "decline", by=by)
    outbox.post("affiliation_declined", to=affiliation.user, key=str(entry.pk), about=affiliation)
    consent.refuse_waiting(affiliation, by=by)
    return affiliation


@transaction.atomic
def end(affiliation: Affiliation, *, by: User) -> Affiliation:
    """Ends it today; the organisation's only contact must name another one first."""
    lock_people(affiliation.organisation_id)
    locked = lock(affiliation)
    was_contact = _is_contact(locked)
    if was_contact and _is_last_contact(locked):
        raise Refused(_("The organisation needs a contact person. Name another one first."))
    locked, entry = _step(locked, "end", by=by)
    if was_contact:
        _take_contact(locked, entry, by=by)
    return locked


@transaction.atomic
def change_role(affiliation: Affiliation, role: str, *, by: User, reason: str = "") -> Affiliation:
    lock_people(affiliation.organisation_id)
    locked = lock(affiliation)
    check_role(locked, role, by=by, reason=reason)
    if locked.role == role:
        return locked
    was_contact = _is_contact(locked)
    if role == Role.CONTACT:
        claim(locked.organisation, role)
    details = audit.change(role=(locked.role, role))
    locked.role = Role(role)
    locked.save(update_fields=["role"])
    entry = audit.record(locked, "role changed", by=by, reason=reason, details=details)
    if was_contact:
        _take_contact(locked, entry, by=by)
    return locked


def check_role(affiliation: Affiliation, role: str, *, by: User, reason: str) -> None:
    """`Refused` with the sentence that tells why `by` cannot give this role."""
    organisation = affiliation.organisation
    is_own = affiliation.user == by and not _is_contact(affiliation)
    if affiliation.stage != Stage.CONFIRMED or not leads(organisation.pk, by) or is_own:
        raise Refused(_("You cannot do this."))
    if role == Role.CONTACT:
        check_contact(organisation, affiliation.user, by=by)
        check_reason(organisation, by=by, reason=reason)
    elif _is_contact(affiliation) and _is_last_contact(affiliation):
        raise Refused(_("The organisation needs a contact person. Name another one first."))


def _is_contact(affiliation: Affiliation) -> bool:
    return (affiliation.stage, affiliation.role) == (Stage.CONFIRMED, Role.CONTACT)


def _is_last_contact(affiliation: Affiliation) -> bool:
    contacts = affiliation.organisation.affiliations.contacts()
    return not contacts.exclude(pk=affiliation.pk).exists()


def _take_contact(affiliation: Affiliation, entry: AuditEntry, *, by: User) -> None:
    """Told to the person and to the coordinators, who can undo it, unless it is their own act."""
    if affiliation.user == by:
        return
    affiliation.contact_taken_at = timezone.now()
    affiliation.save(update_fields=["contact_taken_at"])
    values: dict[str, str | int] = {"by": str(by)}
    key = str(entry.pk)
    outbox.post("contact_removed", to=affiliation.user, key=key, about=affiliation, values=values)
    for reader in coordinators_of(affiliation.organisation):
        if reader not in (by, affiliation.user):
            outbox.post("contact_contested", to=reader, key=key, about=affiliation, values=values)


@transaction.atomic
def restore(affiliation: Affiliation, *, by: User) -> Affiliation:
    """The removed contact has their role back; they and the contacts are told."""
    lock_people(affiliation.organisation_id)
    locked = lock(affiliation)
    MOVES.step("restore", locked, by)
    locked.contact_taken_at = None
    locked.save(update_fields=["contact_taken_at"])
    rows = Affiliation.objects.filter(user=locked.user, organisation=locked.organisation)
    current = rows.filter(stage__in=CURRENT).first() or locked
    current.stage, current.role, current.until = Stage.CONFIRMED, Role.CONTACT, None
    current.save(update_fields=["stage", "role", "until"])
    entry = audit.record(current, "contact given back", by=by)
    contacts = current.organisation.affiliations.contacts()
    for reader in User.objects.filter(affiliations__in=contacts).exclude(pk=by.pk).distinct():
        outbox.post("contact_restored", to=reader, key=str(entry.pk), about=current)
    return current


@transaction.atomic
def settle(affiliation: Affiliation, *, by: User) -> Affiliation:
    """The removed person or a coordinator agrees: a new contact can be named at once."""
    lock_people(affiliation.organisation_id)
    locked = lock(affiliation)
    MOVES.step("settle", locked, by)
    locked.contact_taken_at = None
    locked.save(update_fields=["contact_taken_at"])
    audit.record(locked, "removal agreed", by=by)
    return locked


def lock(affiliation: Affiliation) -> Affiliation:
    return Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)


def _step(affiliation: Affiliation, action: str, *, by: User) -> tuple[Affiliation, AuditEntry]:
    """What was only asked for has no last day: it never was in force."""
    locked = lock(affiliation)
    had, locked.stage = locked.stage, MOVES.step(action, locked, by).target
    if locked.stage == Stage.CONFIRMED:
        locked.since = timezone.localdate()
    if had == Stage.CONFIRMED:
        locked.until = timezone.localdate()
        locked.since = min(locked.since, locked.until)
    locked.save()
    return locked, audit.record(locked, f"affiliation {locked.stage}", by=by)


def tell_deciders(affiliation: Affiliation, entry: AuditEntry) -> None:
    for reader in deciders(affiliation.organisation):
        outbox.post("affiliation_requested", to=reader, key=str(entry.pk), about=affiliation)


def deciders(organisation: Organisation) -> list[User]:
    """The contacts; where there is none, the coordinators of its clusters."""
    contacts = organisation.affiliations.contacts()
    found = list(User.objects.filter(affiliations__in=contacts).distinct())
    return found or coordinators_of(organisation)


def coordinators_of(organisation: Organisation) -> list[User]:
    clusters = organisation.memberships.active().values("cluster")
    today = Coordinator.objects.current().filter(cluster__in=clusters)
    return list(User.objects.filter(is_active=True, coordinatorships__in=today).distinct())
