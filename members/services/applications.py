"""Membership applications: each step is one transaction, locked, recorded and told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Visibility
from cluster_portal.notifications import outbox
from members.models import Cluster, Membership, Organisation, User
from members.models.memberships import BINDING, MOVES, OPEN, Stage
from members.services import affiliations, consent, greeting, welcome
from members.services.membership_letters import tell_applicant, tell_coordinators, tell_member
from members.services.organisations import free_slug, lock_identity, named, with_business_id

if TYPE_CHECKING:
    import datetime

    from cluster_portal.core.audit import AuditEntry
    from cluster_portal.core.vocabulary import Term


@dataclass(frozen=True)
class Applied:
    """What an applicant states: an organisation chosen, or details of a new one; else a person.

    An organisation's draft keeps what is not stated again.
    """

    cluster: Cluster
    membership: dict[str, Any]
    interests: list[Term] | None = None
    organisation: Organisation | None = None
    details: dict[str, Any] | None = None


def lock(membership: Membership) -> Membership:
    """The row as it is now, held until the transaction ends."""
    return Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)


@transaction.atomic
def save_draft(applied: Applied, *, by: User, draft: Membership | None = None) -> Membership:
    """Writes the applicant's draft, a new one unless `draft` is given; nobody else sees it."""
    if draft is not None:
        draft = lock(draft)
        if draft.stage != Stage.DRAFT or not Membership.objects.editable_by(by).contains(draft):
            raise Refused(_("You cannot do this."))
    else:
        draft = _new_draft(applied, by)
    draft.cluster = applied.cluster
    for name, value in applied.membership.items():
        setattr(draft, name, value)
    if draft.person_id is None:
        _attach_organisation(draft, applied)
        _refuse_taken(draft)
    draft.save()
    if applied.interests is not None:
        draft.interests.set(applied.interests)
    return draft


def _new_draft(applied: Applied, by: User) -> Membership:
    """One open application of a person per cluster: an existing draft of theirs goes on."""
    is_person = applied.organisation is None and applied.details is None
    if not is_person:
        begun = _begun(applied, by)
        return begun or Membership(cluster=applied.cluster, applicant=by)
    open_ones = Membership.objects.filter(person=by, cluster=applied.cluster, stage__in=OPEN)
    existing = open_ones.select_for_update().first()
    if existing and existing.stage != Stage.DRAFT:
        raise Refused(_("You have already applied to this cluster."))
    return existing or Membership(cluster=applied.cluster, applicant=by, person=by)


def _begun(applied: Applied, by: User) -> Membership | None:
    """Their draft for the same organisation, which goes on."""
    drafts = Membership.objects.filter(applicant=by, person=None, stage=Stage.DRAFT)
    if applied.organisation is not None:
        drafts = drafts.filter(organisation=applied.organisation)
    else:
        name = (applied.details or {})["name"]
        drafts = drafts.filter(organisation__brought_by=by, organisation__name=name)
    return drafts.select_for_update(of=("self",)).first()


def _refuse_taken(draft: Membership) -> None:
    bound = Membership.objects.filter(cluster=draft.cluster, stage__in=BINDING)
    if draft.organisation_id and bound.filter(organisation=draft.organisation_id).exists():
        raise Refused(_already_there(draft))


def _attach_organisation(draft: Membership, applied: Applied) -> None:
    """The chosen organisation, or the draft's own private row for a new one."""
    own = draft.organisation if draft.organisation and _is_drafts_own(draft) else None
    if applied.organisation is not None:
        draft.organisation = applied.organisation
        if own and own != applied.organisation:
            draft.save()
            own.delete()
        return
    details = applied.details
    if details is None:
        return
    if own is None:
        own = Organisation(
            slug=free_slug(details["name"]), visibility=Visibility.PRIVATE, is_brought=True,
            brought_by=draft.applicant,
        )  # fmt: skip
    for name, value in details.items():
        setattr(own, name, value)
    own.save()
    search.reindex(own)
    draft.organisation = own


def _is_drafts_own(draft: Membership) -> bool:
    """Whether the draft's organisation exists only for this draft, so that it may be rewritten."""
    organisation = draft.organisation
    if organisation is None or organisation.visibility != Visibility.PRIVATE:
        return False
    if not organisation.is_brought or organisation.brought_by_id != draft.applicant_id:
        return False
    others = organisation.memberships.exclude(pk=draft.pk).exists()
    return not (others or organisation.is_shadow or organisation.affiliations.exists())


@transaction.atomic
def submit(membership: Membership, *, by: User) -> Membership:
    """Sends the draft. An organisation that is known already is taken instead of a second one."""
    lock_identity()
    membership = lock(membership)
    move = MOVES.step("submit", membership, by)
    _settle_organisation(membership)
    membership.stage = move.target
    membership.submitted_at = timezone.now()
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError:
        raise Refused(_already_there(membership)) from None
    entry = audit.record(membership, "application submitted", by=by)
    tell_applicant("application_submitted", membership, entry)
    tell_coordinators("application_received", membership, entry)
    _tell_the_named(membership, entry)
    return membership


def _tell_the_named(membership: Membership, entry: AuditEntry) -> None:
    """An organisation that exists hears at once that somebody applies in its name."""
    organisation = membership.organisation
    if organisation is None or consent.is_new(membership):
        return
    has_contact = organisation.affiliations.contacts().exists()
    values: dict[str, str | int] = {
        "cluster": membership.cluster.name, "person": str(membership.applicant or ""),
        "path": membership.get_absolute_url() if has_contact else "",
    }  # fmt: skip
    readers = [one for one in affiliations.deciders(organisation) if one != membership.applicant]
    outbox.post_to_all(
        "application_in_name", to=readers, key=str(entry.pk), about=organisation, values=values
    )


def _settle_organisation(membership: Membership) -> None:
    own = membership.organisation
    if own is None or not _is_drafts_own(membership):
        return
    own.terms.set(membership.interests.all())
    search.reindex(own)
    if membership.says_another:
        return
    known = _known_twin(own)
    if known is None:
        return
    membership.organisation = known
    if known.memberships.filter(cluster=membership.cluster, stage__in=BINDING).exists():
        raise Refused(_already_there(membership))
    membership.save()
    own.delete()


def _known_twin(own: Organisation) -> Organisation | None:
    """The organisation that a new row repeats: by Business ID, else by name.

    Units share their parent's Business ID, so that of several the one with the same name counts.
    """
    others = Organisation.objects.exclude(pk=own.pk).exclude(
        visibility=Visibility.PRIVATE, memberships__stage=Stage.DRAFT
    )
    same_name = named(own.name, others)
    if not own.business_id:
        return same_name.order_by("pk").first()
    same_id = list(with_business_id(own.business_id, others)[:2])
    if len(same_id) == 1:
        return same_id[0]
    return same_name.filter(business_id__in=["", own.business_id]).order_by("pk").first()


def _already_there(membership: Membership) -> str:
    return _(
        "Organisation: %(name)s. It is already a member of this cluster, or its application is "
        "being handled. Ask its contact person to confirm you as a colleague."
    ) % {"name": membership.organisation or membership.person}


@transaction.atomic
def take_up(membership: Membership, *, by: User) -> Membership:
    membership, _entry = step(membership, "take_up", by=by)
    return membership


@transaction.atomic
def ask(membership: Membership, *, by: User, question: str) -> Membership:
    """Asks the applicant for more; the answer brings the application back into review."""
    membership, entry = step(
        membership, "ask", by=by, reason=question, question=cleaning.prose(question), answer=""
    )
    tell_applicant("more_information_asked", membership, entry)
    return membership


@transaction.atomic
def reply(membership: Membership, *, by: User, answer: str) -> Membership:
    membership, entry = step(
        membership, "reply", by=by, reason=answer, answer=cleaning.prose(answer)
    )
    tell_coordinators("information_given", membership, entry)
    return membership


@transaction.atomic
def approve(membership: Membership, *, by: User) -> Membership:
    """Makes the membership active from today.

    It is accepted only where the cluster wants an agreement, or where the organisation has not
    yet confirmed who applied in its name.
    """
    membership = lock(membership)
    MOVES.step("approve", membership, by)
    membership.decided_at, membership.decided_by = timezone.now(), by
    waits = membership.cluster.requires_agreement or consent.is_lacking(membership)
    membership.stage = Stage.ACCEPTED if waits else Stage.ACTIVE
    if membership.stage == Stage.ACTIVE:
        membership.since = timezone.localdate()
    membership.save()
    entry = audit.record(membership, "application approved", by=by)
    if membership.stage == Stage.ACTIVE:
        welcome.welcome(membership, entry, by=by)
    elif not consent.is_new(membership):
        welcome.introduce(membership)
    tell_applicant("application_approved", membership, entry)
    greeting.greet_member(membership)
    return membership


@transaction.atomic
def activate(
    membership: Membership, *, by: User, agreement_on: datetime.date | None = None
) -> Membership:
    """Records the signed agreement of an accepted member; membership starts on its day."""
    signed = agreement_on or timezone.localdate()
    if signed > timezone.localdate():
        raise Refused(_("The agreement cannot be signed in the future."))
    if consent.is_lacking(membership):
        raise Refused(_("The organisation has not yet confirmed the applicant as a colleague."))
    membership, entry = step(membership, "activate", by=by, agreement_on=signed, since=signed)
    welcome.welcome(membership, entry, by=by)
    tell_applicant("membership_started", membership, entry)
    greeting.greet_member(membership)
    return membership


@transaction.atomic
def reject(membership: Membership, *, by: User, reason: str) -> Membership:
    membership, entry = step(
        membership, "reject", by=by, reason=reason, decision_reason=cleaning.prose(reason),
        decided_at=timezone.now(), decided_by=by,
    )  # fmt: skip
    tell_applicant("application_rejected", membership, entry)
    return membership


@transaction.atomic
def withdraw(membership: Membership, *, by: User) -> Membership:
    """Takes the application back; a draft that nobody else has seen is told to nobody."""
    was_draft = lock(membership).stage == Stage.DRAFT
    membership, entry = step(membership, "withdraw", by=by)
    if not was_draft:
        tell_applicant("application_withdrawn", membership, entry)
        tell_coordinators("application_taken_back", membership, entry)
    return membership


def close_expired() -> int:
    """Memberships whose last day is past are ended by the portal itself; returns how many."""
    today = timezone.localdate()
    rows = Membership.objects.filter(stage=Stage.ACTIVE, until__lt=today)
    return sum(_close(membership) for membership in rows)


@transaction.atomic
def _close(membership: Membership) -> bool:
    membership = lock(membership)
    if membership.stage != Stage.ACTIVE:
        return False
    membership.stage = Stage.ENDED
    membership.save(update_fields=["stage", "updated_at"])
    entry = audit.record(membership, "membership ended", by=None)
    tell_member("membership_ended", membership, entry)
    return True


def step(
    membership: Membership, action: str, *, by: User, reason: str = "", **changes: Any
) -> tuple[Membership, AuditEntry]:
    """Takes a step of the workflow on the locked row; `changes` are written with it."""
    membership = lock(membership)
    move = MOVES.step(action, membership, by)
    if move.needs_reason and not reason.strip():
        raise Refused(_("Write the reason: it is told to those concerned."))
    membership.stage = move.target
    for name, value in changes.items():
        setattr(membership, name, value)
    membership.save()
    return membership, audit.record(membership, ACTS[action], by=by, reason=reason.strip())


ACTS = {
    "take_up": "application taken into review",
    "ask": "more information asked",
    "reply": "information given",
    "activate": "agreement recorded",
    "reject": "application rejected",
    "withdraw": "application withdrawn",
    "end": "membership ended",
    "renew": "membership renewed",
    "revert": "decision taken back",
    "agree": "recorded membership confirmed",
    "disagree": "recorded membership denied",
    "take_back": "recorded membership removed",
}
