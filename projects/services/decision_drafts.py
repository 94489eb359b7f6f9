"""A decision kept half-made by the challenge's own people; two who write it do not overrun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.visibility import audience
from projects.models import DecisionDraft
from projects.models.challenges import MOVES
from projects.services.challenges import locked

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User
    from projects.models import Challenge

NONE_YET = "none yet"  # the stamp of what has not been saved


def keeps_draft(challenge: Challenge, user: Reader) -> bool:
    """Who may decide in the challenge's own organisation."""
    is_ours = challenge.organisation_id in audience(user).organisations
    return is_ours and MOVES.may("solve", challenge, user)


@transaction.atomic
def keep_draft(
    challenge: Challenge, values: dict[str, Any], *, by: User, seen: str
) -> DecisionDraft:
    """Nobody is told and nothing is decided."""
    challenge = locked(challenge)
    if not keeps_draft(challenge, by):
        raise Refused(_("You cannot do this."))
    draft = DecisionDraft.objects.filter(challenge=challenge).first()
    refuse_changed(draft, seen)
    draft = draft or DecisionDraft(challenge=challenge)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.saved_by = by
    draft.save()
    return draft


def refuse_changed(draft: DecisionDraft | None, seen: str) -> None:
    if seen != (draft.stamp if draft else NONE_YET):
        raise Overtaken
