"""Asking organisations for a part in a goal, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Goal, GoalPart
from projects.models.ownership import MOVES, Part, Stage
from projects.models.programmes import Stage as VersionStage
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def ask_for_part(part: GoalPart, *, by: User) -> GoalPart:
    """A new cell of the table, or another part for the same organisation: it is asked anew.

    The same question sent twice is one. Who owned the goal by the earlier answer owns it no more.
    """
    goal = _goal(part.goal_id)
    if not Goal.objects.managed_by(by).filter(pk=goal.pk).exists():
        raise Refused(_("You cannot do this."))
    before = GoalPart.objects.select_for_update(of=("self",)).filter(pk=part.pk).first()
    same = _asked_already(part) if before is None else None
    if same is not None:
        return same
    part.stage, part.asked_at = Stage.ASKED, timezone.now()
    part.answered_on = part.answered_at = part.answered_by = None
    part.person, part.reason = "", ""
    _save(part, _("The organisation has a part in this goal already."))
    for earlier in (before, part):
        if earlier is not None:
            settle_owner(earlier.goal_id, earlier.organisation_id)
    entry = audit.record(part, "part asked", by=by, details={"part": part.part})
    outbox.post_to_all(
        "part_asked", to=contacts_of([part.organisation_id], but=by), key=str(entry.pk), about=part
    )
    return part


def _asked_already(part: GoalPart) -> GoalPart | None:
    rows = GoalPart.objects.filter(goal=part.goal_id, organisation=part.organisation_id)
    return rows.filter(part=part.part, note=part.note, stage=Stage.ASKED).first()


@transaction.atomic
def answer_part(part: GoalPart, action: str, *, by: User, reason: str = "") -> GoalPart:
    """Accepts or declines for the organisation; one owner at a time, the first who accepts."""
    part = locked(part)
    move = MOVES.step(action, part, by)
    part.stage, reason = move.target, checked_reason(move, reason)
    part.person, part.answered_by, part.reason = str(by), by, reason
    part.answered_on, part.answered_at = timezone.localdate(), timezone.now()
    _save(part, _("Another organisation owns the goal already."))
    settle_owner(part.goal_id, part.organisation_id)
    entry = audit.record(part, f"part {action}", by=by, reason=reason)
    to = coordinators_of([part.goal.programme.home_cluster_id], but=by)
    outbox.post_to_all("part_answered", to=to, key=str(entry.pk), about=part)
    return part


def _save(part: GoalPart, refusal: str) -> None:
    """What the database's own rules refuse is told as a sentence."""
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        raise Refused(refusal) from None


def _goal(pk: int) -> Goal:
    """The goal's row is locked before its parts: questions and answers take turns."""
    return Goal.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def locked(part: GoalPart) -> GoalPart:
    """As it is once nobody else writes it; in a replaced version nothing is answered any more."""
    _goal(part.goal_id)
    GoalPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    found = GoalPart.objects.select_related("goal__programme", "organisation").get(pk=part.pk)
    if found.goal.programme.stage == VersionStage.REPLACED:
        raise Refused(_("A newer version of the programme is in force. Open its page again."))
    return found


def settle_owner(goal_id: int, organisation_id: int) -> None:
    """The goal's owner is who has accepted to be; one who steps back owns it no more."""
    goal = _goal(goal_id)
    accepted = goal.parts.filter(part=Part.OWNER, stage=Stage.ACCEPTED).first()
    owner = goal.owner_id if goal.owner_id != organisation_id else None
    if accepted is not None:
        owner = accepted.organisation_id
    if owner != goal.owner_id:
        goal.owner_id = owner
        goal.save(update_fields=["owner", "updated_at"])
