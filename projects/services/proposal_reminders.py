"""Reminding those who write a proposal that the time to send it runs out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from cluster_portal.notifications import outbox
from members.services.recipients import contacts_of
from projects.models import Challenge, Proposal
from projects.models.proposals import Stage

if TYPE_CHECKING:
    from members.models import User

DAYS = (3, 1)  # before the deadline


def remind_of_drafts() -> int:
    """The chore: each reminder goes once, about drafts that were begun by then."""
    now = timezone.now()
    told = 0
    for days, until in zip(DAYS, (*DAYS[1:], 0), strict=True):
        ahead = timedelta(days=days)
        near = (now + timedelta(days=until), now + ahead)
        closing = Challenge.objects.open().filter(closes_at__gt=near[0], closes_at__lte=near[1])
        drafts = Proposal.objects.filter(
            stage=Stage.DRAFT,
            challenge__in=closing,
            created_at__lte=F("challenge__closes_at") - ahead,
        )
        for draft in drafts.select_related("challenge", "author"):
            key = f"{draft.pk}:{draft.challenge.closes_at.isoformat()}:{days}"
            outbox.post_to_all("proposal_draft_due", to=writers(draft), key=key, about=draft)
            told += 1
    return told


def writers(draft: Proposal) -> list[User]:
    """Who wrote it, or the organisation's contacts when that person no longer may."""
    author = draft.author
    if author and author.is_active and Proposal.objects.editable_by(author).contains(draft):
        return [author]
    return list(contacts_of([draft.organisation_id]))
