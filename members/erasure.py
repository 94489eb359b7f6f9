"""The members app's part in erasing an account: memberships, affiliations, posts, needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from members.models import (
    Affiliation,
    Cluster,
    ContactMessage,
    Coordinator,
    ExpertConsent,
    ExpertOffer,
    ExpertProfile,
    Handover,
    HandoverItem,
    Membership,
    NamedPerson,
    Need,
    Nomination,
    Organisation,
    User,
)
from members.models.affiliations import Role
from members.models.affiliations import Stage as AffiliationStage
from members.models.memberships import OPEN, Stage
from members.models.named_people import name_key
from members.services import affiliations, applications, experts, named_people
from members.services.erasure import addresses_of, hand_over

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.content import Person

CURRENT = [AffiliationStage.REQUESTED, AffiliationStage.CONFIRMED]
# Their own words in their own application; a refusal has its reason by a rule of the database.
WORDS = {"motive": "", "question": "", "answer": ""}
REPRESENTATIVES = ("representative", "deputy")


def blockers(user: User) -> list[str]:
    """Nobody may leave an organisation, a cluster or the portal without anyone to speak for it."""
    found = [
        _(
            "Only contact person: %(organisation)s. Name another contact person first, "
            "or ask the cluster’s coordinator to do so."
        )
        % {"organisation": organisation}
        for organisation in _only_contact_of(user)
    ]
    found += [
        _("Only coordinator: %(cluster)s. The platform administrator must name another one first.")
        % {"cluster": cluster}
        for cluster in _only_coordinator_of(user)
    ]
    administrators = User.objects.filter(is_superuser=True, is_active=True)
    if user.is_superuser and not administrators.exclude(pk=user.pk).exists():
        found.append(_("Only platform administrator: name another one first."))
    return found


def _only_contact_of(user: User) -> QuerySet[Organisation]:
    contacts = Affiliation.objects.confirmed().filter(role=Role.CONTACT, user__is_active=True)
    others = contacts.exclude(user=user).values("organisation")
    mine = contacts.filter(user=user).values("organisation")
    return Organisation.objects.filter(pk__in=mine).exclude(pk__in=others)


def _only_coordinator_of(user: User) -> QuerySet[Cluster]:
    current = Coordinator.objects.current().filter(user__is_active=True)
    others = current.exclude(user=user).values("cluster")
    mine = current.filter(user=user).values("cluster")
    return Cluster.objects.filter(pk__in=mine).exclude(pk__in=others)


def effects(user: User) -> list[str]:
    """In words, what of theirs there is."""
    rows = (
        (_("Affiliations with organisations that end: %(count)s."), _affiliations(user)),
        (_("Memberships as a private person that end: %(count)s."), _active(user)),
        (_("Pending membership applications that are withdrawn: %(count)s."), _pending(user)),
        (_("Posts as coordinator that end: %(count)s."), Coordinator.objects.filter(user=user)),
    )
    counted = [(sentence, found.count()) for sentence, found in rows]
    told = [sentence % {"count": count} for sentence, count in counted if count]
    last = _("The name, the e-mail addresses, the password, passkeys and sign-ins are deleted.")
    return [*told, last]


def _affiliations(user: User) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(user=user, stage__in=CURRENT)


def _active(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(person=user, stage=Stage.ACTIVE)


def _pending(user: User) -> QuerySet[Membership]:
    """Theirs, and what they sent for an organisation that has nobody else to speak for it."""
    others = Affiliation.objects.confirmed().filter(role=Role.CONTACT, user__is_active=True)
    spoken_for = others.exclude(user=user).values("organisation")
    sent = Q(applicant=user) & ~Q(organisation__in=spoken_for)
    stages = OPEN - {Stage.ACTIVE}
    return Membership.objects.filter(Q(person=user) | sent, stage__in=stages)


def erase(user: User) -> None:
    # Two who are each other's only deputies must not both go.
    posts = Coordinator.objects.filter(user=user).values("cluster")
    list(Cluster.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk"))
    for membership in _pending(user).order_by("pk"):
        applications.withdraw(membership, by=user)
    for membership in _active(user).order_by("pk"):
        _end(membership, user)
    for affiliation in _affiliations(user).order_by("organisation", "pk"):
        affiliations.end(affiliation, by=user)
    _leave_nameless(user)
    named_people.forget(_named_as(user))
    keys = UserSession.objects.filter(user=user).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def _end(membership: Membership, user: User) -> None:
    membership = applications.lock(membership)
    membership.stage, membership.until = Stage.ENDED, timezone.localdate()
    membership.save(update_fields=["stage", "until", "updated_at"])
    audit.record(membership, "membership ended", by=user)


def _leave_nameless(user: User) -> None:
    """Decisions stay with the cluster, without who asked and who decided.

    What came meanwhile is still open, and is withdrawn in the second pass.
    """
    mine = Membership.objects.filter(person=user).exclude(stage__in=OPEN)
    mine.filter(stage=Stage.REJECTED).update(decision_reason="–")
    mine.exclude(stage=Stage.REJECTED).update(decision_reason="")
    for post in REPRESENTATIVES:
        named = Q(**{f"{post}_email__iregex": _any_of(addresses_of(user))})
        named |= Q(**{f"{post}_name__iexact": user.get_full_name()})
        Membership.objects.filter(named).update(**{f"{post}_name": "", f"{post}_email": ""})
    hand_over(mine, "person", user, **WORDS)
    hand_over(Membership.objects.filter(decided_by=user), "decided_by", user)
    hand_over(Nomination.objects.filter(decided_by=user), "decided_by", user)
    hand_over(Handover.objects.filter(finished_by=user), "finished_by", user)
    hand_over(HandoverItem.objects.filter(done_by=user), "done_by", user)
    Handover.objects.filter(to_whom__iexact=user.get_full_name()).update(to_whom="")


def _named_as(user: User) -> list[int]:
    """Their own records, and unanswered ones of their name at their address; not those of others
    who share the mailbox."""
    same = Q(email__in=addresses_of(user), name_key=name_key(user.get_full_name()))
    rows = NamedPerson.objects.filter(Q(user=user) | same)
    return list(rows.values_list("pk", flat=True))


def _any_of(addresses: list[str]) -> str:
    """A pattern of exactly these addresses; every sign but letters stands for itself."""
    escaped = ("".join(c if c.isalnum() else f"\\{c}" for c in each) for each in addresses)
    return f"^({'|'.join(escaped)})$"


def forget(person: Person) -> None:
    hers = Q(person_id=person.pk)
    keys = audit.versions_of(Membership, hers)
    audit.blank(Membership, hers, decision_reason="", **WORDS)
    for post in REPRESENTATIVES:
        named = Q(**{f"{post}_email__iregex": _any_of(list(person.addresses))})
        named |= Q(**{f"{post}_name__iexact": person.name})
        audit.blank(Membership, named, **{f"{post}_name": "", f"{post}_email": ""})
    audit.blank_words(Membership, keys)
    audit.blank(Handover, Q(to_whom__iexact=person.name), to_whom="")
    namings = audit.versions_of(Nomination, Q(user_id=person.pk))
    audit.forget(Nomination, Q(user_id=person.pk))
    audit.blank_words(Nomination, namings)
    audit.blank(
        User, Q(pgh_obj_id=person.pk), email="", first_name="", last_name="", title=""
    )  # fmt: skip
    audit.blank_words(User, [person.pk])
    for address in person.addresses:  # written as a guest; an account's own go with the account
        ContactMessage.objects.filter(email__iexact=address).delete()


def expert_effects(user: User) -> list[str]:
    has_profile = ExpertProfile.objects.filter(user=user).exists()
    return [_("Your expert profile and its consents are deleted.")] if has_profile else []


def erase_expert(user: User) -> None:
    profile = experts.profile_of(user)
    if profile is not None:
        experts.delete_profile(profile, by=user)


def forget_expert(person: Person) -> None:
    """The profile tells of nobody else: all versions of it go, and the words of its acts."""
    keys = audit.versions_of(ExpertProfile, Q(user_id=person.pk))
    audit.forget(ExpertOffer, Q(profile_id__in=keys))
    audit.forget(ExpertConsent, Q(profile_id__in=keys))
    audit.forget(ExpertProfile.terms.through, Q(expertprofile_id__in=keys))
    audit.forget(ExpertProfile, Q(pgh_obj_id__in=keys))
    audit.blank_words(ExpertProfile, keys)


def need_effects(user: User) -> list[str]:
    rows = (
        (_("Own needs as a private member that are deleted: %(count)s."),
         Need.objects.filter(person=user)),
        (_("Needs of organisations that stay without your name: %(count)s."),
         Need.objects.filter(teller=user, person=None)),
    )  # fmt: skip
    counted = [(sentence, found.count()) for sentence, found in rows]
    return [sentence % {"count": count} for sentence, count in counted if count]


def erase_needs(user: User) -> None:
    """What an organisation needs stays its own; its contacts look after it."""
    Need.objects.filter(person=user).delete()
    Need.objects.filter(teller=user).update(teller=None)


def forget_needs(person: Person) -> None:
    hers = Q(person_id=person.pk)
    keys = audit.versions_of(Need, hers)
    audit.forget(Need.terms.through, Q(need_id__in=keys))
    audit.forget(Need, hers)
    audit.blank_words(Need, keys)
