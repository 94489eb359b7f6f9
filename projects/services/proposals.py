"""Writing a proposal, sending it in time, changing it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.notifications import outbox
from projects.models import Challenge, Proposal
from projects.models.proposals import DECIDED, MOVES, Stage, proposers
from projects.services.challenges import locked, side_of
from projects.services.decision_drafts import NONE_YET
from projects.services.proposal_files import keep_files

if TYPE_CHECKING:
    from members.models import Organisation, User


@dataclass(frozen=True)
class Saved:
    """What became of a proposal's text; what came too late is kept as the draft."""

    proposal: Proposal
    is_late: bool = False


@transaction.atomic
def save_proposal(
    challenge: Challenge,
    values: dict[str, Any],
    *,
    by: User,
    organisation: Organisation,
    send: bool = False,
    seen: str = "",
) -> Saved:
    """Keeps the draft and, with `send`, sends it, if the challenge still takes proposals.

    `values` are the proposal's fields, and in `files` what is added to it. `seen` is the `stamp` of
    what the writer saw, `NONE_YET` where there was none; the same first form counts once.

    The challenge's row is the lock: it is closed either before or after, and the deadline is
    looked at once the lock is held.
    """
    challenge = locked(challenge)
    proposal = _of(challenge, organisation, by)
    is_again = seen == NONE_YET and _is_saved(proposal, values)
    if seen and proposal.pk and seen != proposal.stamp and not is_again:
        raise Overtaken
    is_late = not challenge.is_open
    if proposal.stage in DECIDED or (proposal.is_sent and is_late):
        raise Refused(_("The deadline has passed. The proposal stays as it was sent."))
    files = () if is_again else values.get("files", ())
    for name, value in values.items():
        if name != "files":
            setattr(proposal, name, value)
    if proposal.stage == Stage.WITHDRAWN:
        proposal.stage = Stage.DRAFT
    proposal.save()
    keep_files(proposal, files)
    if is_late or not send or proposal.is_sent:
        audit.record(proposal, "proposal saved", by=by, details={"stage": proposal.stage})
        return Saved(proposal, is_late=is_late and send)
    _send(proposal, by)
    return Saved(proposal)


def _is_saved(proposal: Proposal, values: dict[str, Any]) -> bool:
    """Of a first form that came twice: its files have come with it."""
    words = {name: value for name, value in values.items() if name != "files"}
    return proposal.pk is not None and all(getattr(proposal, name) == words[name] for name in words)


def _of(challenge: Challenge, organisation: Organisation, by: User) -> Proposal:
    """The organisation's own, or a new one of whoever may write it."""
    own = Proposal.objects.filter(challenge=challenge, organisation=organisation)
    proposal = own.select_for_update(of=("self",), no_key=True).first()
    if proposal is None:
        may_see = Challenge.objects.visible_to(by).contains(challenge)
        if not may_see or not proposers(challenge, by).contains(organisation):
            raise Refused(_("You cannot make a proposal for this organisation."))
        return Proposal(challenge=challenge, organisation=organisation, author=by)
    if not Challenge.objects.visible_to(by).contains(challenge):
        raise Refused(_("You can no longer read the challenge."))
    if not Proposal.objects.editable_by(by).contains(proposal):
        raise Refused(
            _("A colleague of yours writes the proposal. Ask them, or your contact person.")
        )
    return proposal


def _send(proposal: Proposal, by: User) -> None:
    if proposal.missing:
        raise Refused(_("Fill in every point before you send the proposal."))
    move = MOVES.step("send", proposal, by)
    proposal.stage, proposal.sent_at = move.target, timezone.now()
    proposal.save(update_fields=["stage", "sent_at", "updated_at"])
    entry = audit.record(proposal, "proposal sent", by=by)
    outbox.post_to_all(
        "proposal_received", to=side_of(proposal.challenge), key=str(entry.pk), about=proposal
    )


@transaction.atomic
def move_proposal(proposal: Proposal, action: str, *, by: User) -> Proposal:
    """Withdraws it or takes it up again; who asked hears that one is gone."""
    challenge = locked(proposal.challenge)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    was_sent = proposal.is_sent
    move = MOVES.without("send", "choose", "decline").step(action, proposal, by)
    proposal.stage = move.target
    proposal.save(update_fields=["stage", "updated_at"])
    entry = audit.record(proposal, f"proposal {action}", by=by)
    if was_sent:
        values: outbox.Values = {"organisation": proposal.organisation.title}
        readers = side_of(challenge)
        outbox.post_to_all(
            "proposal_withdrawn", to=readers, key=str(entry.pk), about=challenge, values=values
        )
    return proposal
