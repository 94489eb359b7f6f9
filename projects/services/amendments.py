"""A running project asks its funder for a change, and the decision comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from projects.models import Amendment
from projects.models.amendments import MOVES, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.services.ideas import locked
from projects.services.projects import move_project

if TYPE_CHECKING:
    import datetime

    from members.models import User
    from projects.models import Project


@transaction.atomic
def ask_amendment(project: Project, values: dict[str, Any], *, by: User) -> Amendment:
    """The project waits in its stage of amendment until the decision."""
    project = locked(project)
    known = Amendment.objects.filter(public_id=values["public_id"], project=project).first()
    if known is not None:
        return known
    amendment = Amendment(project=project, **values)
    if amendment.asked_on > timezone.localdate():
        raise Refused(_("The day is still ahead."))
    move_project(project, "amend", by=by, reason=amendment.what)
    try:
        amendment.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    amendment.save()
    audit.record(amendment, "amendment asked", by=by)
    return amendment


@transaction.atomic
def decide_amendment(
    amendment: Amendment, action: str, *, by: User, day: datetime.date | None = None
) -> Amendment:
    """Approved, not approved or withdrawn: the project runs on."""
    project = locked(amendment.project)
    row = Amendment.objects.get(pk=amendment.pk)
    row.project = project
    move = MOVES.step(action, row, by)
    day = day or timezone.localdate()
    if not row.asked_on <= day <= timezone.localdate():
        raise Refused(_("Choose a day between the asking and today."))
    row.stage, row.decided_on = move.target, day
    row.save()
    audit.record(row, f"amendment {action}", by=by)
    if PROJECT_MOVES.may("amended", project, by):
        move_project(project, "amended", by=by, reason=f"{row.what}: {Stage(row.stage).label}")
    return row
