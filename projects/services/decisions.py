"""Deciding a challenge: every proposal with its reason, all at once, and nobody is told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services.recipients import contacts_of
from projects.models import DecisionDraft, Proposal
from projects.models import proposals as proposal_rules
from projects.models.challenges import MOVES
from projects.models.proposals import Stage
from projects.services.challenges import enter, locked, side_of
from projects.services.decision_drafts import refuse_changed

if TYPE_CHECKING:
    from members.models import User
    from projects.models import Challenge


@dataclass(frozen=True)
class Verdict:
    is_chosen: bool
    reason: str


@dataclass(frozen=True)
class Decision:
    """`verdicts` by the proposals' keys; `words` tell everyone who reads the challenge what came
    of it. It can be solved by other means than a proposal, too."""

    verdicts: dict[int, Verdict]
    words: str
    is_solved: bool = False


@transaction.atomic
def decide(challenge: Challenge, decision: Decision, *, by: User, seen: str = "") -> Challenge:
    """1. the challenge's lock; 2. each proposal its answer; 3. the outcome; 4. the letters.

    `seen` is the stamp of the draft that the decision was made from: a colleague's is not lost.
    """
    challenge = locked(challenge)
    chosen = any(verdict.is_chosen for verdict in decision.verdicts.values())
    action = "solve" if chosen or decision.is_solved else "give_up"
    move = MOVES.step(action, challenge, by)
    words = unmarked(decision.words.strip())
    if not words:
        raise Refused(_("Tell in a few words what came of the challenge."))
    proposals = list(challenge.proposals.filter(stage=Stage.SENT).order_by("pk"))
    if {proposal.pk for proposal in proposals} != set(decision.verdicts):
        raise Refused(_("The proposals have changed meanwhile. Check the page and try again."))
    _finish_draft(challenge, seen)
    for proposal in proposals:
        _answer(proposal, decision.verdicts[proposal.pk], by)
    challenge.solution = words
    challenge.save(update_fields=["solution"])
    enter(challenge, move.target)
    entry = audit.record(challenge, action, by=by, reason=words, details={"stage": move.target})
    following.tell(challenge, "moved", key=str(entry.pk), by=by)
    outbox.post_to_all(
        "challenge_moved", to=side_of(challenge, but=by), key=str(entry.pk), about=challenge,
        values={"stage": move.target, "reason": words},
    )  # fmt: skip
    return challenge


def _finish_draft(challenge: Challenge, seen: str) -> None:
    draft = DecisionDraft.objects.filter(challenge=challenge).first()
    if seen:
        refuse_changed(draft, seen)
    if draft:
        draft.delete()


def _answer(proposal: Proposal, verdict: Verdict, by: User) -> None:
    action = "choose" if verdict.is_chosen else "decline"
    move = proposal_rules.MOVES.step(action, proposal, by)
    reason = unmarked(verdict.reason.strip())
    if not reason:
        raise Refused(_("Give each proposal a reason."))
    proposal.stage, proposal.reason = move.target, reason
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["stage", "reason", "decided_at", "updated_at"])
    audit.record(proposal, f"proposal {action}", by=by, reason=reason)
    outbox.post_to_all(
        "proposal_decided", to=_proposers(proposal), key=str(proposal.pk), about=proposal
    )


def _proposers(proposal: Proposal) -> list[User]:
    """Who wrote it, as long as they belong to the organisation, and its contacts; each once."""
    people = {person.pk: person for person in contacts_of([proposal.organisation_id])}
    author = proposal.author
    if author and author.is_active and Proposal.objects.editable_by(author).contains(proposal):
        people[author.pk] = author
    return list(people.values())
