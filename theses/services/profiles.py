"""What students and supervisors tell of themselves, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import audience
from members.services import contacts
from members.services.contacts import Readers, ReceiverKind
from theses.models import (
    ProfileAccess,
    StudentField,
    StudentProfile,
    StudentRegion,
    StudentTerm,
    SupervisorField,
    SupervisorProfile,
    SupervisorTheme,
)
from theses.models.profiles import Openness
from theses.models.works import ACTIVE
from theses.services.links import set_terms
from theses.services.seats import set_capacity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.vocabulary import Term
    from members.models import Organisation, User


MAX_OPENED_TO = 50


@dataclass(frozen=True)
class Links:
    """The vocabulary of a profile; None leaves what there is."""

    fields: Iterable[Term]
    terms: Iterable[Term]
    regions: Iterable[Term] = ()


@transaction.atomic
def save_student(user: User, values: dict[str, Any], links: Links, *, by: User) -> StudentProfile:
    """Makes the profile, private, or changes it; whom it is open to stays as it was."""
    profile = StudentProfile.objects.select_for_update(of=("self",)).filter(user=user).first()
    is_new = profile is None
    profile = profile or StudentProfile(user=user)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    set_terms(StudentField, links.fields, profile=profile)
    set_terms(StudentTerm, links.terms, profile=profile)
    set_terms(StudentRegion, links.regions, profile=profile)
    search.reindex(profile)
    audit.record(profile, "created" if is_new else "edited", by=by)
    return profile


@transaction.atomic
def open_student(profile: StudentProfile, openness: str, *, by: User) -> StudentProfile:
    """To nobody, to chosen organisations, or to all commissioners and supervisors."""
    profile = StudentProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    if profile.openness == openness:
        return profile
    details = audit.change(openness=(profile.openness, openness))
    profile.openness = Openness(openness)
    profile.opened_at = None if openness == Openness.PRIVATE else timezone.now()
    profile.save(update_fields=["openness", "opened_at", "updated_at"])
    audit.record(profile, "opened", by=by, details=details)
    return profile


def close_student(user: User, *, by: User) -> bool:
    """Whether the profile was open to somebody until now."""
    profile = StudentProfile.objects.filter(user=user).first()
    if profile is None or profile.openness == Openness.PRIVATE:
        return False
    open_student(profile, Openness.PRIVATE, by=by)
    return True


@transaction.atomic
def let_in(profile: StudentProfile, organisation: Organisation, *, by: User) -> None:
    """The organisation's contacts see the profile while it is open to chosen ones."""
    profile = StudentProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)
    if ProfileAccess.objects.filter(profile=profile).count() >= MAX_OPENED_TO:
        raise Refused(_("A profile can be opened to at most 50 organisations."))
    _row, is_new = ProfileAccess.objects.get_or_create(profile=profile, organisation=organisation)
    if is_new:
        audit.record(profile, "let in", by=by, details={"organisation": organisation.pk})
    if profile.openness == Openness.PRIVATE:
        open_student(profile, Openness.CHOSEN, by=by)


@transaction.atomic
def shut_out(profile: StudentProfile, organisation: Organisation, *, by: User) -> None:
    gone, _rows = ProfileAccess.objects.filter(profile=profile, organisation=organisation).delete()
    if gone:
        audit.record(profile, "shut out", by=by, details={"organisation": organisation.pk})


@transaction.atomic
def delete_student(profile: StudentProfile, *, by: User) -> None:
    """The profile goes whole; applications and theses stay."""
    audit.record(profile, "deleted", by=by)
    profile.delete()


@dataclass(frozen=True)
class Room:
    """How many theses a supervisor takes on in one term."""

    year: int
    half: str
    capacity: int


@dataclass(frozen=True)
class SupervisorDraft:
    values: dict[str, Any]
    links: Links
    rooms: list[Room] = field(default_factory=list)


@transaction.atomic
def save_supervisor(user: User, draft: SupervisorDraft, *, by: User) -> SupervisorProfile:
    """Makes or changes it; `Refused` for an institution without a confirmed place in it."""
    profile = SupervisorProfile.objects.select_for_update(of=("self",)).filter(user=user).first()
    is_new = profile is None
    profile = profile or SupervisorProfile(user=user, slug=_free_slug(user))
    for name, value in draft.values.items():
        setattr(profile, name, value)
    known = audience(user)
    if not known.is_admin and profile.institution_id not in known.organisations:
        raise Refused(_("Your place in this institution has not been confirmed."))
    profile.save()
    set_terms(SupervisorField, draft.links.fields, profile=profile)
    set_terms(SupervisorTheme, draft.links.terms, profile=profile)
    for room in draft.rooms:
        set_capacity(profile, room.year, room.half, room.capacity, by=by)
    search.reindex(profile)
    audit.record(profile, "created" if is_new else "edited", by=by)
    return profile


@transaction.atomic
def delete_supervisor(profile: SupervisorProfile, *, by: User) -> None:
    """`Refused` while theses are under way: they count on the seats."""
    if profile.user.supervised_theses.filter(stage__in=ACTIVE).exists():
        raise Refused(
            _("You have theses under way. Hide the profile from the list instead of deleting it.")
        )
    if profile.seats.filter(theses__isnull=False).exists():
        profile.is_open = False
        profile.save(update_fields=["is_open", "updated_at"])
        audit.record(profile, "closed", by=by)
        return
    audit.record(profile, "deleted", by=by)
    profile.delete()


def _free_slug(user: User) -> str:
    return cleaning.free_slug(
        SupervisorProfile.objects.all(), user.get_full_name(), empty="ohjaaja"
    )


def of_supervisor(profile: SupervisorProfile) -> Readers:
    people = [profile.user] if profile.user.is_active else []
    return Readers(people, _("The supervisor gets your message."))


def register_receiver() -> None:
    contacts.register(ReceiverKind("supervisor", SupervisorProfile, of_supervisor))
