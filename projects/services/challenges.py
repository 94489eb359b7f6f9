"""Publishing, closing and deciding challenges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Challenge
from projects.models.challenges import MOVES, PUBLISHED, Stage
from projects.services.arrivals import content_came
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def move_challenge(challenge: Challenge, action: str, *, by: User, reason: str = "") -> Challenge:
    """Takes one step; coordinators hear of what waits for them, the organisation of the rest."""
    challenge = Challenge.objects.select_for_update(of=("self",)).get(pk=challenge.pk)
    move = MOVES.step(action, challenge, by)
    reason = checked_reason(move, reason)
    if action in {"solve", "give_up"} and challenge.proposals.filter(stage="sent").exists():
        raise Refused(_("Proposals wait for your answer. Decide on them on their own page."))
    if action == "submit" and challenge.missing:
        raise Refused(_("Something is still missing. Check the challenge before you send it."))
    if action == "give_up":
        challenge.solution = reason
    enter(challenge, move.target)
    entry = audit.record(challenge, action, by=by, reason=reason, details={"stage": move.target})
    following.tell(challenge, "moved", key=str(entry.pk), by=by)
    if move.target == Stage.IN_REVIEW:
        kind = "challenge_submitted"
        readers = list(coordinators_of([challenge.home_cluster_id], but=by))
    else:
        kind, readers = "challenge_moved", side_of(challenge, but=by)
    outbox.post_to_all(
        kind, to=readers, key=str(entry.pk), about=challenge,
        values={"stage": move.target, "reason": reason},
    )  # fmt: skip
    if action == "withdraw":
        _tell_proposers(challenge, reason, str(entry.pk))
    return challenge


def _tell_proposers(challenge: Challenge, reason: str, key: str) -> None:
    """Whose proposals are left without a decision."""
    for proposal in challenge.proposals.filter(stage="sent").select_related("author"):
        readers = {person.pk: person for person in contacts_of([proposal.organisation_id])}
        if proposal.author and proposal.author.is_active:
            readers[proposal.author.pk] = proposal.author
        outbox.post_to_all(
            "challenge_withdrawn", to=readers.values(), key=key, about=proposal,
            values={"reason": reason},
        )  # fmt: skip


def locked(challenge: Challenge) -> Challenge:
    """The challenge's row is the lock of all that is written to answer it."""
    return Challenge.objects.select_for_update(of=("self",), no_key=True).get(pk=challenge.pk)


def side_of(challenge: Challenge, *, but: User | None = None) -> list[User]:
    """The organisation's contacts, and who told the challenge, as long as they belong to it."""
    people = {person.pk: person for person in contacts_of([challenge.organisation_id])}
    teller = challenge.teller
    if teller and teller.is_active and Challenge.objects.editable_by(teller).contains(challenge):
        people[teller.pk] = teller
    return [person for person in people.values() if person != but]


def enter(challenge: Challenge, stage: str) -> None:
    now = timezone.now()
    challenge.stage = stage
    if stage in PUBLISHED and challenge.published_at is None:
        challenge.published_at, challenge.matched_at = now, None
    challenge.decided_at = now if stage in {Stage.SOLVED, Stage.UNMATCHED} else None
    challenge.save(
        update_fields=[
            "solution",
            "stage",
            "published_at",
            "decided_at",
            "matched_at",
            "updated_at",
        ]
    )
    search.reindex(challenge)
    content_came(challenge)


@transaction.atomic
def close_overdue() -> int:
    """Closes what has reached its deadline, and tells the organisation to decide."""
    overdue = Challenge.objects.overdue().select_for_update(of=("self",), skip_locked=True)
    closed = list(overdue)
    for challenge in closed:
        enter(challenge, Stage.CLOSED)
        entry = audit.record(challenge, "close", by=None, details={"stage": Stage.CLOSED})
        outbox.post_to_all(
            "challenge_moved", to=side_of(challenge), key=str(entry.pk),
            about=challenge, values={"stage": Stage.CLOSED, "reason": ""},
        )  # fmt: skip
    return len(closed)
