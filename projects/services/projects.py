"""Steps of a project's life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text.classified import marking_in
from cluster_portal.notifications import outbox
from cluster_portal.notifications.services import following
from members.services.recipients import contacts_of
from projects.models import Project
from projects.models.projects import MOVES
from projects.services.arrivals import content_came
from projects.services.closing import require_told

if TYPE_CHECKING:
    from cluster_portal.core.workflow import Move
    from members.models import User

MAX_REASON = 2000


@transaction.atomic
def move_project(project: Project, action: str, *, by: User, reason: str = "") -> Project:
    """Takes one step and tells the contacts of the project's organisations."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    move = MOVES.step(action, project, by)
    if action == "end":
        require_told(project)
    reason = checked_reason(move, reason)
    project.stage = move.target
    project.save(update_fields=["stage", "updated_at"])
    search.reindex(project)
    content_came(project)
    entry = audit.record(project, action, by=by, reason=reason, details={"stage": move.target})
    following.tell(project, "moved", key=str(entry.pk), by=by)
    partners = project.partnerships.accepted().values_list("organisation_id", flat=True)
    outbox.post_to_all(
        "project_moved",
        to=contacts_of([*partners, project.organisation_id], but=by),
        key=str(entry.pk),
        about=project,
        values={"stage": move.target, "reason": reason},
    )
    return project


def checked_reason(move: Move, reason: str) -> str:
    """The reason, bounded; `Refused` where the step needs one or it may not be stored."""
    reason = reason.strip()[:MAX_REASON]
    if move.needs_reason and not reason:
        raise Refused(_("Give a reason for this step."))
    if marking_in(reason):
        raise Refused(
            _("The reason bears a classification marking. Such text must not be stored here.")
        )
    return reason
