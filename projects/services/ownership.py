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
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def ask_for_part(part: GoalPart, *, by: User) -> GoalPart:
    """A new cell of the table, or another part for the same organisation: it is asked anew."""
    if not Goal.objects.managed_by(by).filter(pk=part.goal_id).exists():
        raise Refused(_("You cannot do this."))
    part.stage, part.asked_at = Stage.ASKED, timezone.now()
    part.answered_on, part.answered_by, part.person, part.reason = None, None, "", ""
    part.save()
    entry = audit.record(part, "part asked", by=by, details={"part": part.part})
    outbox.post_to_all(
        "part_asked", to=contacts_of([part.organisation_id], but=by), key=str(entry.pk), about=part
    )
    return part


@transaction.atomic
def answer_part(part: GoalPart, action: str, *, by: User, reason: str = "") -> GoalPart:
    """Accepts or declines for the organisation; one owner at a time, the first who accepts."""
    part = locked(part)
    move = MOVES.step(action, part, by)
    part.stage, reason = move.target, checked_reason(move, reason)
    part.person, part.answered_by, part.reason = str(by), by, reason
    part.answered_on = timezone.localdate()
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        raise Refused(_("Another organisation owns the goal already.")) from None
    _set_owner(part)
    entry = audit.record(part, f"part {action}", by=by, reason=reason)
    to = coordinators_of([part.goal.programme.home_cluster_id], but=by)
    outbox.post_to_all("part_answered", to=to, key=str(entry.pk), about=part)
    return part


def locked(part: GoalPart) -> GoalPart:
    rows = GoalPart.objects.select_for_update(of=("self",))
    return rows.select_related("goal__programme", "organisation").get(pk=part.pk)


def _set_owner(part: GoalPart) -> None:
    """The goal's owner is who has accepted to be; one who steps back owns it no more."""
    goal = part.goal
    if part.part == Part.OWNER and part.stage == Stage.ACCEPTED:
        goal.owner = part.organisation
    elif goal.owner_id == part.organisation_id:
        goal.owner = None
    goal.save(update_fields=["owner"])
