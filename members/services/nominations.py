"""Naming a second coordinator: one names, another confirms, either ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.models import Cluster, Coordinator, Nomination, User
from members.models.nominations import MOVES, OPEN, Stage
from members.services import coordinators

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.audit import AuditEntry


@dataclass(frozen=True)
class Named:
    """Whom a coordinator names, for how long and why."""

    cluster: Cluster
    address: str
    since: datetime.date
    until: datetime.date | None
    reason: str


def account_of(address: str) -> User:
    """The account whose confirmed address it is; `Refused` tells politely that there is none."""
    rows = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    found = rows.select_related("user").first()
    if found is None:
        raise Refused(
            _(
                "Nobody with this address has a confirmed account in the portal yet. Ask the "
                "person to create one and to confirm the address first."
            )
        )
    return found.user


def check_naming(named: Named, *, by: User) -> User:
    """Whose account it is; `Refused` with the sentence that tells why it cannot be named."""
    known = audience(by)
    if not (known.is_admin or named.cluster.pk in known.coordinates):
        raise Refused(_("You cannot do this."))
    user = account_of(named.address)
    if user == by:
        raise Refused(_("Nobody names themselves."))
    if named.until and named.until < max(named.since, timezone.localdate()):
        raise Refused(_("The last day is before the first one or over already."))
    if Coordinator.objects.filter(user=user, cluster=named.cluster).unfinished().exists():
        raise Refused(_("This person coordinates the cluster already."))
    if Nomination.objects.filter(user=user, cluster=named.cluster, stage__in=OPEN).exists():
        raise Refused(_("This person has been named already."))
    return user


@transaction.atomic
def name_coordinator(named: Named, *, by: User) -> Nomination:
    """The administrators are told, who confirm or refuse it."""
    Cluster.objects.select_for_update(no_key=True).get(pk=named.cluster.pk)
    user = check_naming(named, by=by)
    reason = cleaning.prose(named.reason)
    if not reason:
        raise Refused(_("Write the reason: it is told to those concerned."))
    made = Nomination.objects.create(
        cluster=named.cluster, user=user, named_by=by, since=named.since, until=named.until,
        reason=reason,
    )  # fmt: skip
    entry = audit.record(made, "coordinator named", by=by, reason=reason)
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    for reader in administrators.exclude(pk__in=[by.pk, user.pk]):
        outbox.post("coordinator_named", to=reader, key=str(entry.pk), about=made)
    return made


@transaction.atomic
def confirm(nomination: Nomination, *, by: User) -> Nomination:
    """The person coordinates from the first day on; both are told."""
    nomination = _lock(nomination)
    _step(nomination, "confirm", by=by)
    coordinators.start(
        nomination.user, nomination.cluster, by=by, since=nomination.since, until=nomination.until
    )
    entry = audit.record(nomination, "coordinator confirmed", by=by)
    _tell(nomination.named_by, "coordinator_confirmed", nomination, entry)
    return nomination


@transaction.atomic
def refuse(nomination: Nomination, *, by: User, reason: str) -> Nomination:
    nomination = _lock(nomination)
    _step(nomination, "refuse", by=by, reason=reason)
    entry = audit.record(nomination, "coordinator refused", by=by, reason=reason)
    for reader in (nomination.named_by, nomination.user):
        _tell(reader, "coordinator_refused", nomination, entry)
    return nomination


@transaction.atomic
def withdraw(nomination: Nomination, *, by: User) -> Nomination:
    nomination = _lock(nomination)
    _step(nomination, "withdraw", by=by)
    audit.record(nomination, "naming of a coordinator withdrawn", by=by)
    return nomination


@transaction.atomic
def end(nomination: Nomination, *, by: User, reason: str) -> Nomination:
    """Ends it today; the two are told, but for who ends it."""
    nomination = _lock(nomination)
    _step(nomination, "end", by=by, reason=reason)
    terms = Coordinator.objects.filter(user=nomination.user, cluster=nomination.cluster)
    for term in terms.unfinished():
        coordinators.stop(term, by=by)
    entry = audit.record(nomination, "coordination ended", by=by, reason=reason)
    for reader in (nomination.named_by, nomination.user):
        if reader != by:
            _tell(reader, "coordinator_ended", nomination, entry)
    return nomination


def close_expired() -> int:
    """Those whose last day is past are over; returns how many."""
    today = timezone.localdate()
    past = Nomination.objects.filter(stage=Stage.CONFIRMED, until__lt=today)
    return past.update(stage=Stage.ENDED)


def _lock(nomination: Nomination) -> Nomination:
    return Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)


def _step(nomination: Nomination, action: str, *, by: User, reason: str = "") -> None:
    move = MOVES.step(action, nomination, by)
    words = cleaning.prose(reason)
    if move.needs_reason and not words:
        raise Refused(_("Write the reason: it is told to those concerned."))
    nomination.stage = move.target
    nomination.decision_reason = words
    if move.target in {Stage.CONFIRMED, Stage.REFUSED}:
        nomination.decided_by, nomination.decided_at = by, timezone.now()
    nomination.save()


def _tell(reader: User | None, kind: str, nomination: Nomination, entry: AuditEntry) -> None:
    if reader is not None and reader.is_active:
        outbox.post(kind, to=reader, key=str(entry.pk), about=nomination)
