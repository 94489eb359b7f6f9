"""From an idea to an application, without typing it again; the project's stage moves along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from projects.models import Application, FundingCall, Project
from projects.models.applications import DECIDED, MOVES, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.services import ideas
from projects.services.projects import move_project

if TYPE_CHECKING:
    from members.models import User

# What a step of the application means to the project, where the project can take it.
ALONG = {
    "submit": "apply", "ask_completion": "ask_completion", "complete": "complete",
    "grant": "grant", "reject": "reject",
}  # fmt: skip
FIELDS = ("title", "funder", "summary", "plan", "aim", "amount_cents", "duration_months")


@transaction.atomic
def begin_application(
    project: Project, *, by: User, call: FundingCall | None = None
) -> Application:
    """A draft filled in from the idea; a second press finds the first."""
    idea = ideas.locked(project)
    if not idea.is_editable_by(by) or idea.is_draft:
        raise Refused(_("You cannot do this."))
    known = idea.applications.filter(call=call).exclude(stage=Stage.WITHDRAWN).first()
    if known is not None:
        return known
    application = Application.objects.create(
        project=idea, call=call, funder=call.funder if call else "", title=idea.title_fi,
        summary=idea.summary_fi, plan=idea.description_fi, aim=idea.aim,
        amount_cents=idea.size_cents, duration_months=idea.duration_months,
    )  # fmt: skip
    audit.record(application, "application begun", by=by)
    _move_project(idea, "prepare", by)
    return application


def _move_project(project: Project, action: str, by: User) -> None:
    if PROJECT_MOVES.may(action, project, by):
        reason = _("The funder’s decision.") if action == "reject" else ""
        move_project(project, action, by=by, reason=reason)


@transaction.atomic
def edit_application(
    application: Application, values: dict[str, Any], *, by: User, seen: str = ""
) -> Application:
    row = _locked(application, by)
    if seen and seen != row.stamp:
        raise Refused(_("Somebody else has changed this meanwhile. Check the page and try again."))
    if not row.is_changeable:
        raise Refused(_("A submitted application is changed when a completion is asked."))
    for name in FIELDS:
        setattr(row, name, values[name])
    row.save()
    audit.record(row, "application edited", by=by)
    return row


@transaction.atomic
def move_application(application: Application, action: str, *, by: User) -> Application:
    """One step, dated today; the project follows where it can."""
    row = _locked(application, by)
    move = MOVES.step(action, row, by)
    row.stage = move.target
    today = timezone.localdate()
    if row.stage == Stage.SUBMITTED and row.submitted_on is None:
        row.submitted_on = today
    if row.stage in DECIDED:
        row.decided_on = today
    row.save()
    audit.record(row, f"funding {action}", by=by, details={"stage": move.target})
    if action in ALONG:
        _move_project(row.project, ALONG[action], by)
    return row


def _locked(application: Application, by: User) -> Application:
    """Under the project's lock: applications of one project take turns."""
    idea = ideas.locked(application.project)
    row = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    row.project = idea
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    return row
