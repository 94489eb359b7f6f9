"""Signed invitations to an organisation: for one address, one use, ten days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.outbox import Guest
from members.models import Affiliation, Organisation, User
from members.models.affiliations import CURRENT, Role, Stage
from members.services import affiliations, consent, greeting

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import Membership

SALT = "members.invitation"
LIFETIME = datetime.timedelta(days=10)
ACCEPTED = "invitation accepted"
DECIDED = (ACCEPTED, "role changed", "affiliation ended", "affiliation declined")


@dataclass(frozen=True)
class Invitation:
    """`fingerprint` is that of the invited address.

    Without an inviter, or where it is not certain who accepts, the place waits to be confirmed.
    """

    organisation: Organisation
    inviter: User | None
    role: Role
    fingerprint: str
    invited_at: datetime.datetime
    is_certain: bool = True

    def is_for(self, email: str) -> bool:
        """Also when the key has been changed since, as for the link's signature."""
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return any(
            constant_time_compare(self.fingerprint, fingerprint_of(email, key)) for key in keys
        )


def token_for(organisation: Organisation, email: str, role: str, *, by: User) -> str:
    fingerprint = fingerprint_of(email, settings.SECRET_KEY)
    payload = [organisation.pk, fingerprint, role, by.pk, timezone.now().timestamp()]
    return signing.dumps(payload, salt=SALT, compress=True)


def fingerprint_of(email: str, key: str) -> str:
    """A link is seen by logs, histories and proxies: it carries no address to be read from it."""
    address = email.strip().lower()
    return salted_hmac(SALT, address, secret=key, algorithm="sha256").hexdigest()[:32]


def read(token: str) -> Invitation:
    """The invitation, or `Refused` with one neutral sentence whatever is wrong with it."""
    neutral = Refused(_("This invitation is not valid any more. Ask for a new one."))
    try:
        organisation_id, fingerprint, role, inviter_id, at = signing.loads(
            token, salt=SALT, max_age=LIFETIME
        )
    except signing.BadSignature:
        raise neutral from None
    inviter = User.objects.filter(pk=inviter_id, is_active=True).first()
    if inviter is None:
        raise neutral
    organisation = Organisation.objects.editable_by(inviter).filter(pk=organisation_id).first()
    if organisation is None:
        raise neutral
    invited_at = datetime.datetime.fromtimestamp(at, tz=datetime.UTC)
    return Invitation(organisation, inviter, Role(role), fingerprint, invited_at)


@transaction.atomic
def invite(
    organisation: Organisation, email: str, role: str, *, by: User, reason: str = ""
) -> None:
    """Posts the link to the address, at most thirty a day, so that nobody is bombed with it."""
    if not Organisation.objects.editable_by(by).contains(organisation):
        raise Refused(_("You cannot do this."))
    if role == Role.CONTACT:
        affiliations.check_reason(organisation, by=by, reason=reason)
    day_ago = timezone.now() - datetime.timedelta(days=1)
    recent = audit.of(organisation).filter(action="colleague invited", at__gte=day_ago)
    if recent.count() >= 30:
        raise Refused(_("Too many invitations today. Try again tomorrow."))
    entry = audit.record(
        organisation, "colleague invited", by=by, reason=reason, details={"role": role}
    )
    _post(organisation, email, role, entry, by=by)


def invite_stated(membership: Membership, role: Role, entry: AuditEntry) -> None:
    """The contact who applied invites the representative or deputy that the application names."""
    email = getattr(membership, f"{role.value}_email")
    applicant, organisation = membership.applicant, membership.organisation
    if email and organisation and applicant and email.lower() != applicant.email.lower():
        _post(organisation, email, role, entry, by=applicant)


def _post(
    organisation: Organisation, email: str, role: str, entry: AuditEntry, *, by: User
) -> None:
    known = User.objects.filter(email__iexact=email, is_active=True).first()
    language = known.language if known else (get_language() or "fi")[:2]
    outbox.post(
        "organisation_invitation",
        to=Guest(email=email, name=known.first_name if known else "", language=language),
        key=f"{entry.pk}:{role}",
        values={"organisation": organisation.name, "role": role, "inviter": str(by)},
        secrets={"token": token_for(organisation, email, role, by=by)},
    )


def _is_overtaken(mine: QuerySet[Affiliation], invited_at: datetime.datetime) -> bool:
    """Whether the place was made, taken up, changed or ended since: the newer decision counts."""
    if mine.exclude(stage=Stage.REQUESTED).filter(created_at__gte=invited_at).exists():
        return True
    acts = AuditEntry.objects.filter(action__in=DECIDED, at__gte=invited_at)
    kind = ContentType.objects.get_for_model(Affiliation)
    return acts.filter(content_type=kind, object_id__in=mine.values("pk")).exists()


@transaction.atomic
def accept(token: str, *, by: User) -> Affiliation:
    """Of whoever has verified the invited address; once only.

    It confirms as far as the inviter could: what a coordinator or a contested contact invites to
    waits for the organisation's contact.
    """
    invitation = read(token)
    hers = EmailAddress.objects.filter(user=by, verified=True).values_list("email", flat=True)
    if not any(invitation.is_for(address) for address in hers):
        raise Refused(_("This invitation was sent to another e-mail address than yours."))
    return join(invitation, by=by)


def join(invitation: Invitation, *, by: User) -> Affiliation:
    """The invited person's place in the organisation, in the caller's transaction."""
    organisation = Organisation.objects.select_for_update(no_key=True).get(
        pk=invitation.organisation.pk
    )
    mine = Affiliation.objects.filter(user=by, organisation=organisation)
    if _is_overtaken(mine, invitation.invited_at):
        raise Refused(_("This invitation has already been used."))
    affiliation = _take_up(mine, invitation, organisation, by)
    entry = audit.record(affiliation, ACCEPTED, by=by)
    if affiliation.stage == Stage.REQUESTED or invitation.inviter is None:
        affiliations.tell_deciders(affiliation, entry)
    else:
        affiliations.claim(organisation, affiliation.role)
        consent.start_waiting(affiliation, by=invitation.inviter)
        greeting.greet_colleague(affiliation)
    return affiliation


def _take_up(
    mine: QuerySet[Affiliation], invitation: Invitation, organisation: Organisation, user: User
) -> Affiliation:
    stage = Stage.REQUESTED
    if invitation.inviter is not None and invitation.is_certain:
        stage = affiliations.stage_of(organisation, user, invitation.role, by=invitation.inviter)
    current = mine.filter(stage__in=CURRENT).first()
    if current is None:
        return mine.create(user=user, organisation=organisation, role=invitation.role, stage=stage)
    if current.stage == Stage.CONFIRMED and stage == Stage.REQUESTED:
        raise Refused(_("You belong to the organisation: its contact person decides on your role."))
    if current.role != Role.CONTACT or current.stage != Stage.CONFIRMED:
        current.stage, current.role = stage, invitation.role
        current.save(update_fields=["stage", "role"])
    return current
