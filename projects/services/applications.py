"""From an idea to an application, without typing it again; the project's stage moves along."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.text.classified import unmarked
from cluster_portal.notifications import outbox
from projects.models import Application, CompletionRequest, FundingCall, Project
from projects.models.applications import DECIDED, MOVES, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.services import ideas
from projects.services.projects import MAX_REASON, move_project

if TYPE_CHECKING:
    from members.models import User

REMINDERS = tuple(datetime.timedelta(days=days) for days in (7, 3, 1))  # before the last day
# What a step of the application means to the project, where the project can take it.
ALONG = {
    "submit": "apply", "ask_completion": "ask_completion", "complete": "complete",
    "grant": "grant", "reject": "reject",
}  # fmt: skip
# The project does not follow as long as another application of it stands there.
UNLESS_ANOTHER = {
    "complete": {Stage.COMPLETION},
    "reject": {Stage.SUBMITTED, Stage.COMPLETION, Stage.GRANTED},
}  # fmt: skip
FIELDS = ("title", "funder", "summary", "plan", "aim", "amount_cents", "duration_months")


@transaction.atomic
def begin_application(
    project: Project, *, by: User, call: FundingCall | None = None
) -> Application:
    """A draft filled in from the idea; a second press finds the first.

    A call takes one application; without a call each funder gets one of its own.
    """
    idea = ideas.locked(project)
    if not idea.is_editable_by(by) or idea.is_draft:
        raise Refused(_("You cannot do this."))
    rows = idea.applications.filter(call=call)
    kept = rows.exclude(stage=Stage.WITHDRAWN) if call else rows.filter(stage=Stage.DRAFT)
    known = kept.first()
    if known is not None:
        return known
    application = Application.objects.create(
        project=idea, call=call, funder=call.funder if call else "", title=idea.title_fi,
        summary=idea.summary_fi, plan=idea.description_fi, aim=idea.aim,
        amount_cents=idea.size_cents, duration_months=idea.duration_months,
    )  # fmt: skip
    audit.record(application, "application begun", by=by)
    for action in ("prepare", "retry"):
        _move_project(idea, action, by)
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
        raise Overtaken
    if not row.is_changeable:
        raise Refused(_("A submitted application is changed when a completion is asked."))
    for name in FIELDS:
        setattr(row, name, values[name])
    row.save()
    audit.record(row, "application edited", by=by)
    return row


@dataclass(frozen=True)
class Told:
    """What is told with a step: on which day, what sum was granted, and why."""

    day: datetime.date | None = None
    granted_cents: int | None = None
    reason: str = ""


@transaction.atomic
def move_application(
    application: Application, action: str, *, by: User, told: Told | None = None
) -> Application:
    """One step on a day, today unless told otherwise; the project follows where it can."""
    row = _locked(application, by)
    told = told or Told()
    move = MOVES.step(action, row, by)
    if action == "ask_completion":
        raise Refused(_("Tell what the funder asks and by when."))
    day = _past(told.day)
    if row.stage == Stage.COMPLETION and action == "complete":
        row.completions.filter(answered_on=None).update(answered_on=_after(row, day))
    row.stage = move.target
    _date(row, day)
    row.granted_cents = told.granted_cents if row.stage == Stage.GRANTED else None
    row.save()
    reason = unmarked(told.reason.strip()[:MAX_REASON])
    audit.record(row, f"funding {action}", by=by, reason=reason, details={"stage": move.target})
    _take_along(row, action, by)
    return row


def _take_along(row: Application, action: str, by: User) -> None:
    """The project follows its application, unless another one decides where it stands."""
    others = row.project.applications.exclude(pk=row.pk)
    if action not in ALONG or others.filter(stage__in=UNLESS_ANOTHER.get(action, ())).exists():
        return
    _move_project(row.project, ALONG[action], by)


def _past(day: datetime.date | None) -> datetime.date:
    today = timezone.localdate()
    if day and day > today:
        raise Refused(_("The day is still ahead."))
    return day or today


def _after(row: Application, day: datetime.date) -> datetime.date:
    """An answer does not come before the question."""
    asked = row.completions.filter(answered_on=None).values_list("asked_on", flat=True).first()
    if asked and day < asked:
        raise Refused(_("The funder had not asked yet on that day."))
    return day


def _date(row: Application, day: datetime.date) -> None:
    if row.stage == Stage.SUBMITTED and row.submitted_on is None:
        row.submitted_on = day
    if row.stage in DECIDED:
        if row.submitted_on and day < row.submitted_on:
            raise Refused(_("The application had not been submitted yet on that day."))
        row.decided_on = day


@transaction.atomic
def ask_completion(
    application: Application, values: dict[str, Any], *, by: User
) -> CompletionRequest:
    """What the funder asks, and by when; those who keep the project are told and reminded."""
    row = _locked(application, by)
    move = MOVES.step("ask_completion", row, by)
    request = CompletionRequest(application=row, **values)
    if row.submitted_on and _past(request.asked_on) < row.submitted_on:
        raise Refused(_("The application had not been submitted yet on that day."))
    if request.due_on < request.asked_on:
        raise Refused(_("The last day is not before the day of asking."))
    request.save()
    row.stage = move.target
    row.save()
    entry = audit.record(row, "funding ask_completion", by=by, details={"stage": move.target})
    outbox.post_to_all(
        "completion_asked", to=ideas.side_of(row.project, but=by), key=str(entry.pk), about=row
    )
    _take_along(row, "ask_completion", by)
    return request


def remind_of_completions() -> int:
    """The chore: before the last day and once after it, to those who keep the project."""
    today = timezone.localdate()
    waiting = CompletionRequest.objects.waiting().filter(due_on__lte=today + REMINDERS[0])
    rows = list(waiting.select_related("application__project"))
    for row in rows:
        left = row.due_on - today
        near = [days for days in REMINDERS if left <= days]
        when = "over" if row.due_on < today else str(min(near).days)
        outbox.post_to_all(
            "completion_due", to=ideas.side_of(row.application.project),
            key=f"{row.pk}:{row.due_on.isoformat()}:{when}", about=row.application,
        )  # fmt: skip
    return len(rows)


def _locked(application: Application, by: User) -> Application:
    """Under the project's lock: applications of one project take turns."""
    idea = ideas.locked(application.project)
    row = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    row.project = idea
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    return row
