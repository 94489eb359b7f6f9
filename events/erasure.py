"""The events' part in erasing an account: what is to come is cancelled, what was is nameless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from events.models import (
    AgendaItem,
    BodyMember,
    CalendarFeed,
    Course,
    CourseCertificate,
    CourseGroupMember,
    Decision,
    Event,
    GroupOutput,
    Idea,
    OneToOne,
    Registration,
    RiskEntry,
    Support,
    Talk,
)
from events.models.registrations import MOVES
from events.services.one_to_one import take_off_person
from events.services.registrations import cancel_registration
from members.models.users import ERASED
from members.services.erasure import addresses_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.content import Person
    from events.models.bodies import BodyMemberQuerySet
    from events.models.registrations import RegistrationQuerySet
    from members.models import User

NAMELESS = {"name": "–", "organisation_name": ""}


def blockers(user: User) -> list[str]:
    return []


def effects(user: User) -> list[str]:
    coming = _coming(user).count()
    past = _hers(user).count() - coming
    rows = (
        (_("Registrations to coming events that are cancelled: %(count)s."), coming),
        (_("Registrations to past events that lose name and address: %(count)s."), past),
        (
            _("Guests’ registrations with your address under another name, which stay: %(count)s."),
            Registration.objects.claimable_by(user).exclude(pk__in=_hers(user)).count(),
        ),
        (
            _("Events that stay with the organisation without your name: %(count)s."),
            Event.objects.filter(teller=user).count(),
        ),
        (
            _("Ideas of events that stay without your name: %(count)s."),
            Idea.objects.filter(author=user).count(),
        ),
        (
            _("Proposed talks: those in a programme lose your name, the others go: %(count)s."),
            Talk.objects.filter(author=user).count(),
        ),
    )
    return [words % {"count": count} for words, count in rows if count]


def _hers(user: User) -> RegistrationQuerySet:
    """Those of the account, and a guest's of the same name with an address of the account.

    Another name with the same address is somebody else who shares the mailbox.
    """
    found = Q(user=user)
    for address in addresses_of(user):
        found |= Q(user=None, email__iexact=address, name__iexact=user.get_full_name())
    return Registration.objects.filter(found)


def _coming(user: User) -> RegistrationQuerySet:
    sources = sorted(MOVES.moves["cancel"].sources)
    return _hers(user).filter(event__ends_at__gte=timezone.now(), stage__in=sources)


def erase(user: User) -> None:
    """A freed place goes to the next in the queue, who is told; then nothing names them.

    What came meanwhile is still to come, and is cancelled in the second pass.
    """
    CalendarFeed.objects.filter(user=user).delete()
    Support.objects.filter(user=user).delete()
    Idea.objects.filter(author=user).update(author=None)
    talks = Talk.objects.filter(author=user)
    AgendaItem.objects.filter(talk__in=talks).update(speaker="", speaker_agreed=False)
    talks.filter(item=None).delete()
    talks.update(author=None, speaker="")
    for registration in _coming(user).order_by("event", "pk"):
        by = user if registration.user_id == user.pk else None
        cancel_registration(registration, by=by)
    over = _hers(user).exclude(pk__in=_coming(user).values("pk"))
    over.update(
        user=None,
        email=Concat(Value("r"), Cast("pk", CharField()), Value(ERASED)),
        mailbox="",
        is_listed=False,
        diet="",
        accessibility="",
        answers={},
        **NAMELESS,
    )


def forget(person: Person) -> None:
    hers = Q(user_id=person.pk)
    for address in person.addresses:
        hers |= Q(email__iexact=address, name__iexact=person.name)
    keys = audit.versions_of(Registration, hers)
    audit.blank(Registration, hers, email="", **NAMELESS)
    audit.blank_words(Registration, keys)


def _seats(user: User) -> BodyMemberQuerySet:
    """Those of the account, and named ones with an address of it and the same name."""
    found = Q(user=user)
    for address in addresses_of(user):
        found |= Q(user=None, email__iexact=address, name__iexact=user.get_full_name())
    return BodyMember.objects.filter(found)


def seat_effects(user: User) -> list[str]:
    count = _seats(user).count()
    words = _("Seats in bodies that end and lose the name: %(count)s.")
    return [words % {"count": count}] if count else []


def erase_seats(user: User) -> None:
    """A term ends today at the latest; that somebody sat there stays."""
    today = timezone.localdate()
    seats = _seats(user)
    seats.current().filter(since__lte=today).update(until=today)
    seats.update(user=None, name="", email="")


def forget_seats(person: Person) -> None:
    hers = Q(user_id=person.pk)
    for address in person.addresses:
        hers |= Q(email__iexact=address, name__iexact=person.name)
    audit.blank(BodyMember, hers, name="", email="")


def _promised(user: User) -> QuerySet[Decision]:
    found = Q(owner=user)
    for address in addresses_of(user):
        found |= Q(owner=None, owner_email__iexact=address)
    return Decision.objects.filter(found)


def decision_effects(user: User) -> list[str]:
    count = _promised(user).count()
    words = _("Decisions that you answer for, which chair and secretary take on: %(count)s.")
    return [words % {"count": count}] if count else []


def erase_decisions(user: User) -> None:
    """They stay; chair and secretary are reminded in the person's place."""
    _promised(user).update(owner=None, owner_name="", owner_email="")


def forget_decisions(person: Person) -> None:
    hers = Q(owner_id=person.pk)
    for address in person.addresses:
        hers |= Q(owner_email__iexact=address)
    audit.blank(Decision, hers, owner_name="", owner_email="")


def _met(user: User) -> QuerySet[OneToOne]:
    return OneToOne.objects.filter(Q(asker=user) | Q(asked=user))


def one_to_one_effects(user: User) -> list[str]:
    count = _met(user).count()
    words = _("Meetings of two that are called off or lose your name: %(count)s.")
    return [words % {"count": count}] if count else []


def erase_one_to_one(user: User) -> None:
    """What lies ahead is called off; of the rest the figures stay, the words go."""
    take_off_person(user)
    words = {"words": "", "reasons": "", "outcome_words": "", "reason": ""}
    OneToOne.objects.filter(asker=user).update(asker=None, **words)
    OneToOne.objects.filter(asked=user).update(asked=None, **words)


def forget_one_to_one(person: Person) -> None:
    hers = Q(asker_id=person.pk) | Q(asked_id=person.pk)
    audit.blank(OneToOne, hers, words="", reasons="", outcome_words="", reason="")


def _certificates(user: User) -> QuerySet[CourseCertificate]:
    """Those of the account, and a guest's with an address of it and the same name."""
    found = Q(user=user)
    for address in addresses_of(user):
        found |= Q(user=None, email__iexact=address, name__iexact=user.get_full_name())
    return CourseCertificate.objects.filter(found)


def course_effects(user: User) -> list[str]:
    rows = (
        (_("Certificates of courses that are deleted and can no longer be checked: %(count)s."),
         _certificates(user).count()),
        (_("Courses that stay with the organisation without your name: %(count)s."),
         Course.objects.filter(teller=user).count()),
    )  # fmt: skip
    return [words % {"count": count} for words, count in rows if count]


def erase_courses(user: User) -> None:
    """What was done together with others stays without the name."""
    _certificates(user).delete()
    CourseGroupMember.objects.filter(user=user).delete()
    Course.objects.filter(teller=user).update(teller=None)
    GroupOutput.objects.filter(sender=user).update(sender=None)
    RiskEntry.objects.filter(author=user).update(author=None)


def forget_courses(person: Person) -> None:
    hers = Q(user_id=person.pk)
    for address in person.addresses:
        hers |= Q(email__iexact=address, name__iexact=person.name)
    audit.blank(CourseCertificate, hers, name="–", email="", organisation_name="")
