"""People recorded with a membership: named, invited in a second step, and what they answer.

Who accepts must hold the address; the letter's link alone makes a colleague to be confirmed, since
two people may share a mailbox.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.imports import remembered
from cluster_portal.notifications import outbox
from cluster_portal.notifications.outbox import Guest
from members.models import Affiliation, Membership, NamedPerson
from members.models.affiliations import Role
from members.models.memberships import Stage as MembershipStage
from members.models.named_people import KEPT, MOVES, REFUSED, REFUSED_KEPT, VALID_FOR, Stage
from members.services import affiliations, greeting, invitations
from members.services.invitations import Invitation, fingerprint_of
from members.services.memberships import Days, check_coordinator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.visibility import Reader
    from members.models import Cluster, Organisation, User

SALT = "members.named"
FACTS = ("name", "email", "role", "title", "language", "phone")
AT_ONCE = 500


@dataclass(frozen=True)
class Named:
    """A person as a coordinator states them."""

    name: str
    email: str = ""
    role: str = Role.MEMBER
    title: str = ""
    language: str = "fi"
    phone: str = ""


def has_contact(organisation: Organisation) -> bool:
    """Somebody who is, or is named as, its contact person."""
    if organisation.pk is None:
        return False
    named = organisation.named_people.filter(role=Role.CONTACT).exclude(stage__in=REFUSED)
    return organisation.affiliations.contacts().exists() or named.exists()


@transaction.atomic
def record_person(
    named: Named,
    cluster: Cluster,
    *,
    by: User | None,
    source: str,
    organisation: Organisation | None = None,
    days: Days | None = None,
) -> NamedPerson:
    """Nobody is written to. A private member is one without an organisation, but with days.

    A second contact is recorded as a colleague, whom the first one confirms.
    """
    check_coordinator(cluster, by)
    made = new_person(named, cluster, by=by, source=source, days=days)
    if organisation is not None:
        affiliations.lock_people(organisation.pk)
        made.organisation = organisation
        if made.role == Role.CONTACT and has_contact(organisation):
            made.role = Role.MEMBER
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(_("%(name)s has been recorded already.") % {"name": made.name}) from None
    audit.record(made, "person named", by=by, reason=source)
    return made


@transaction.atomic
def record_new(person: NamedPerson, *, by: User) -> NamedPerson:
    """An unsaved row as the admin's form has filled it."""
    named = Named(**{name: getattr(person, name) for name in FACTS})
    days = Days(person.since, person.until, person.agreement_on) if person.since else None
    return record_person(
        named,
        person.cluster,
        by=by,
        source=person.source or _("Named by the coordinator"),
        organisation=person.organisation,
        days=days,
    )


def new_person(
    named: Named, cluster: Cluster, *, by: User | None, source: str, days: Days | None = None
) -> NamedPerson:
    """The unsaved row."""
    facts: dict[str, Any] = {name: getattr(named, name) for name in FACTS}
    own = asdict(days) if days else {}
    return NamedPerson(cluster=cluster, recorded_by=by, source=source, **facts, **own)


@transaction.atomic
def change_person(person: NamedPerson, values: dict[str, Any], *, by: User) -> NamedPerson:
    """Who has another address now has not been invited there."""
    locked = lock(person)
    if not NamedPerson.objects.managed_by(by).contains(locked):
        raise Refused(_("You cannot do this."))
    changed = set_facts(locked, values)
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise Refused(_("%(name)s has been recorded already.") % {"name": locked.name}) from None
    audit.record(locked, "named person changed", by=by, details={"fields": list(changed)})
    return locked


def set_facts(person: NamedPerson, values: dict[str, Any]) -> tuple[str, ...]:
    """The names of what changed; a changed address takes the invitation back."""
    changed = tuple(name for name, value in values.items() if getattr(person, name) != value)
    for name in changed:
        setattr(person, name, values[name])
    if "email" in changed and person.stage != Stage.ACCEPTED:
        person.stage, person.user = Stage.RECORDED, None
        person.invited_at = person.reminded_at = person.answered_at = None
    return changed


def lock(person: NamedPerson) -> NamedPerson:
    return NamedPerson.objects.select_for_update(of=("self",)).get(pk=person.pk)


# Inviting


@transaction.atomic
def invite_people(people: Iterable[NamedPerson], *, by: User | None) -> list[NamedPerson]:
    """Those who may be invited now get a letter each; the others are passed over."""
    return _write_to(people, "invite", by=by)


@transaction.atomic
def remind_people(people: Iterable[NamedPerson], *, by: User | None) -> list[NamedPerson]:
    return _write_to(people, "remind", by=by)


def _write_to(people: Iterable[NamedPerson], action: str, *, by: User | None) -> list[NamedPerson]:
    keys = [person.pk for person in people]
    rows = NamedPerson.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    ready = [row for row in rows.in_force().order_by("pk") if may(action, row, by)]
    now = timezone.now()
    for person in ready:
        if action == "invite":
            person.stage, person.invited_at, person.invited_by = Stage.INVITED, now, by
        person.reminded_at = now if action == "remind" else None
        person.save()
        _post(person, "named_reminder" if action == "remind" else "named_invitation")
    acts: dict[Any, dict[str, object]] = {person: {} for person in ready}
    audit.record_many(acts, "named person reminded" if action == "remind" else "person invited",
                      by=by)  # fmt: skip
    return ready


def may(action: str, person: NamedPerson, by: User | None) -> bool:
    """The portal itself, from the command line, invites whoever waits for a first letter."""
    if by is None:
        return person.stage == Stage.RECORDED and bool(person.email)
    return MOVES.may(action, person, by)


def _post(person: NamedPerson, kind: str) -> None:
    outbox.post(
        kind,
        to=Guest(email=person.email, name=person.name, language=person.language),
        key=f"{person.pk}:{person.asked_at:%Y%m%d%H%M%S%f}",
        values={"person": person.pk},
        secrets={"token": token_for(person)},
    )


# Answering


def token_for(person: NamedPerson) -> str:
    payload = [person.pk, fingerprint_of(person.email, settings.SECRET_KEY)]
    return signing.dumps(payload, salt=SALT, compress=True)


def read(token: str) -> NamedPerson:
    """The unanswered person that a letter's link names; `Refused` in one neutral sentence."""
    neutral = Refused(
        _("This invitation is not valid any more. Ask the coordinator for a new one.")
    )
    try:
        pk, fingerprint = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        raise neutral from None
    rows = NamedPerson.objects.unanswered().select_related("organisation", "cluster")
    person = rows.filter(pk=pk).first()
    if person is None or not _is_of(person, fingerprint):
        raise neutral
    return person


def _is_of(person: NamedPerson, fingerprint: str) -> bool:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(
        constant_time_compare(fingerprint, fingerprint_of(person.email, key)) for key in keys
    )


def holds_address(person: NamedPerson, user: Reader) -> bool:
    own = EmailAddress.objects.filter(user_id=user.pk, verified=True)
    return bool(person.email) and own.filter(email__iexact=person.email).exists()


@transaction.atomic
def accept(person: NamedPerson, *, by: User) -> NamedPerson:
    """Makes the affiliation, or the private member's membership; once only.

    `person` comes from the letter's link or from a verified address of the account.
    """
    locked = _open(person)
    if not NamedPerson.objects.in_force().filter(pk=locked.pk).exists():
        raise Refused(_("The membership is not in force any more."))
    if locked.organisation is None:
        _become_member(locked, by)
    else:
        _become_colleague(locked, by)
    locked.stage, locked.user, locked.answered_at = Stage.ACCEPTED, by, timezone.now()
    locked.save()
    audit.record(locked, "invitation accepted", by=by)
    return locked


def _become_colleague(person: NamedPerson, user: User) -> None:
    """Who belongs to the organisation already keeps the role they have there."""
    same = NamedPerson.objects.filter(organisation=person.organisation, user=user)
    if same.exclude(cluster=person.cluster_id).exists():
        return  # named by another cluster, too
    if same.exists():
        raise Refused(_("You have answered for somebody else of this organisation already."))
    confirmed = Affiliation.objects.confirmed().filter(user=user)
    if confirmed.filter(organisation=person.organisation).exists():
        return
    invitations.join(_invitation(person, user), by=user)


def _invitation(person: NamedPerson, user: User) -> Invitation:
    if person.organisation is None:
        raise Refused(_("You cannot do this."))
    at = person.invited_at or person.created_at
    return Invitation(
        person.organisation, person.invited_by or person.recorded_by, Role(person.role), "", at,
        is_certain=holds_address(person, user),
    )  # fmt: skip


def _become_member(person: NamedPerson, user: User) -> None:
    if not holds_address(person, user):
        raise Refused(
            _(
                "Your account has another e-mail address. Add this one to your account first, or "
                "ask the coordinator to write your own address."
            )
        )
    rows = Membership.objects.filter(person=user, cluster=person.cluster_id)
    if rows.active().exists():
        return
    try:
        with transaction.atomic():
            made = rows.create(
                person=user, cluster=person.cluster, stage=MembershipStage.ACTIVE,
                since=person.since, until=person.until, agreement_on=person.agreement_on,
                source=person.source or _("Named by the coordinator"),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("You have already applied to this cluster.")) from None
    audit.record(made, "membership recorded", by=user, reason=person.source)
    greeting.greet_member(made)


@transaction.atomic
def decline(person: NamedPerson, *, by: User | None) -> NamedPerson:
    answered = _answer(person, Stage.DECLINED)
    audit.record(answered, "invitation declined", by=by)
    return answered


@transaction.atomic
def disown(person: NamedPerson, *, by: User | None) -> NamedPerson:
    """The letter has come to somebody else; the coordinator sees it among the named people."""
    answered = _answer(person, Stage.MISTAKEN)
    audit.record(answered, "named person is somebody else", by=by)
    return answered


def _answer(person: NamedPerson, stage: Stage) -> NamedPerson:
    """Without an account too, by the letter's link; then the act has no actor."""
    locked = _open(person)
    locked.stage, locked.answered_at = stage, timezone.now()
    locked.save()
    return locked


def _open(person: NamedPerson) -> NamedPerson:
    locked = lock(person)
    if locked.is_answered:
        raise Refused(_("This invitation has already been answered."))
    return locked


# Forgetting


def forget_old() -> int:
    """Whoever has not been asked or has not answered for a year goes, those who refused sooner."""
    now = timezone.now()
    touched = NamedPerson.objects.alias(
        last=Coalesce("reminded_at", "invited_at", "updated_at"), done=Coalesce("answered_at", now)
    )
    silent = Q(stage__in=[Stage.RECORDED, Stage.INVITED], last__lt=now - KEPT)
    refused = Q(stage__in=REFUSED, done__lt=now - REFUSED_KEPT)
    return forget(list(touched.filter(silent | refused).values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def forget(keys: list[int]) -> int:
    """With every version of the rows, the words of their acts and the cells of the file."""
    NamedPerson.objects.filter(pk__in=keys).delete()
    audit.forget(NamedPerson, Q(pgh_obj_id__in=keys))
    audit.blank_words(NamedPerson, keys)
    remembered.forget(NamedPerson, keys)
    return len(keys)
