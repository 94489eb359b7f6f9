"""Telling the companies whose capabilities fit a challenge, each person once.

A challenge waits in `matched_at`, written in the transaction that publishes it. A worker claims
one at a time; what a killed one held is found again. A capability that comes later is brought by
the task of `members.services.need_matching`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core.visibility import audience, audiences_of
from cluster_portal.notifications import outbox
from members import matching
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Challenge
from projects.models.proposals import may_propose, proposers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.answers import Answers
    from cluster_portal.core.matching.score import Match
    from cluster_portal.core.visibility import Reader
    from members.models import User

CAPABILITIES = "capabilities"
SHOWN = 5  # of the reader's own, on a page or in a mail
LOOKED_AT = 40


@transaction.atomic
def match_next() -> bool:
    """Handle one challenge; False when none waits."""
    waiting = Challenge.objects.open().filter(matched_at=None).order_by("pk")
    challenge = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if challenge is None:
        return False
    tell_who_fits(challenge)
    Challenge.objects.filter(pk=challenge.pk).update(matched_at=timezone.now())
    return True


def tell_who_fits(challenge: Challenge) -> None:
    """Those who are named as its readers, whatever they can do, and those whose capability fits."""
    _post(challenge, [each for each in _named(challenge) if _reads(challenge, each)])
    _tell_owners(challenge, fits(challenge))


def _named(challenge: Challenge) -> list[User]:
    """The contacts of the organisations that a graded challenge names, and the people."""
    if not challenge.is_graded:
        return []
    contacts = contacts_of([row.pk for row in challenge.named_organisations.all()])
    people = challenge.named_people.filter(is_active=True)
    return list({each.pk: each for each in [*contacts, *people]}.values())


def capability_came(key: str, pk: int) -> None:
    """One that was published or confirmed after the challenges: held against those still open."""
    answers = matching.declared(key)
    if key != CAPABILITIES or answers is None:
        return
    asked = matching.asked_for(answers, pk, Challenge.objects.open())
    challenges = Challenge.objects.in_bulk(asked)
    met = (_met(answers, pk, challenges[number]) for number in asked)
    for challenge, match in islice(filter(None, met), SHOWN):  # the best first
        _tell_owners(challenge, [match])


def _met(answers: Answers, pk: int, challenge: Challenge) -> tuple[Challenge, Match] | None:
    reader = _reader_of(challenge)
    match = matching.fit_of(answers, pk, challenge, reader) if reader else None
    return (challenge, match) if match else None


def is_named(challenge: Challenge, person: User) -> bool:
    return person in _named(challenge)


def _tell_owners(challenge: Challenge, found: Iterable[Match]) -> None:
    """Each once of a challenge. Who may not read it, or not propose, hears nothing of it."""
    owners: dict[int, User] = {}
    for match in found:
        owners |= {owner.pk: owner for owner in _owners(match)}
    audiences_of(owners.values())
    readers = [each for each in owners.values() if _reads(challenge, each)]
    _post(challenge, [each for each in readers if may_propose(challenge, each)])


def _owners(match: Match) -> list[User]:
    answers = matching.declared(CAPABILITIES)
    return list(answers.owners(match.object)) if answers else []


def _reads(challenge: Challenge, person: User) -> bool:
    return Challenge.objects.visible_to(person).filter(pk=challenge.pk).exists()


def _post(challenge: Challenge, readers: Iterable[User]) -> None:
    outbox.post_to_all("challenge_for_you", to=readers, key=str(challenge.pk), about=challenge)


def will_hear(challenge: Challenge) -> list[Match]:
    """Of what fits, that whose owners are told as soon as the challenge is published."""
    found = [(match, _owners(match)) for match in fits(challenge)]
    audiences_of({owner.pk: owner for _match, owners in found for owner in owners}.values())
    return [m for m, owners in found if any(_is_meant(challenge, owner) for owner in owners)]


def _is_meant(challenge: Challenge, person: User) -> bool:
    rows = Challenge.objects.meant_for(person).filter(pk=challenge.pk)
    return rows.exists() and proposers(challenge, person).exists()


def fits(challenge: Challenge) -> list[Match]:
    """Capabilities that fit, by the eyes of its owner, each with a reason."""
    answers, reader = matching.declared(CAPABILITIES), _reader_of(challenge)
    return matching.fits(answers, challenge, reader) if answers and reader else []


def _reader_of(challenge: Challenge) -> User | None:
    """By whose eyes capabilities are looked for: what they cannot see is not told of."""
    side = contacts_of([challenge.organisation_id]).order_by("pk").first()
    return side or coordinators_of([challenge.home_cluster_id]).first()


def fits_of(challenge: Challenge, user: Reader) -> list[Match]:
    """Which of the reader's own capabilities fit, and why."""
    answers = matching.declared(CAPABILITIES)
    if answers is None or not audience(user).organisations:
        return []
    rows = _own(answers, challenge, user)
    wish = matching.Wish.of(challenge)
    found = [matching.explained(answers, row, wish) for row in rows]
    return [match for match in found if match.has_reason][:SHOWN]


def _own(answers: Answers, challenge: Challenge, user: Reader) -> Any:
    mine = answers.mine(user).order_by().values("pk")
    rows = matching.possible(answers, challenge, user).filter(pk__in=mine)
    return matching.with_keys(answers, rows).order_by("-pk")[:LOOKED_AT]
