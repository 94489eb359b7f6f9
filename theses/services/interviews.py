"""The interview before the choice: times proposed, one of them taken, or others asked for."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from theses.models import InterviewTime
from theses.models.applications import MOVES, Stage, is_applicant
from theses.services.applications import fresh
from theses.services.parties import locked, offerers, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User
    from theses.models import Application

MOST_TIMES = 5
# An answer is due two weeks after the last proposed time, when that is later than was promised.
ANSWER_AFTER = datetime.timedelta(days=14)


@transaction.atomic
def propose_times(
    application: Application,
    times: Iterable[datetime.datetime],
    *,
    by: User,
    minutes: int,
    meeting: str,
) -> Application:
    """One to five times to come; earlier proposals give way to these."""
    locked(application.topic)
    application = fresh(application)
    MOVES.step("invite", application, by)
    starts = sorted(set(times))
    _refuse_odd(starts)
    application.interview_times.all().delete()
    for start in starts:
        InterviewTime.objects.create(application=application, starts_at=start, minutes=minutes)
    application.stage, application.meeting = Stage.INTERVIEW, meeting.strip()
    application.other_times, application.proposed_at = "", timezone.now()
    enough = timezone.localdate(starts[-1]) + ANSWER_AFTER
    application.answer_by = max(application.answer_by or enough, enough)
    application.warned_at = None
    application.save()
    entry = audit.record(application, "invite", by=by)
    tell("thesis_interview_proposed", [application.student], entry, application)
    return application


def _refuse_odd(starts: list[datetime.datetime]) -> None:
    if not 1 <= len(starts) <= MOST_TIMES:
        raise Refused(_("Propose from one to five times."))
    if starts[0] <= timezone.now():
        raise Refused(_("A proposed time has already passed."))


@transaction.atomic
def pick_time(application: Application, time: InterviewTime, *, by: User) -> Application:
    """The student takes one of the times; both sides are told. Repeating it changes nothing."""
    application = _of_student(application, by)
    time = application.interview_times.select_for_update().filter(pk=time.pk).first() or _gone()
    if time.is_chosen:
        return application
    if time.starts_at <= timezone.now():
        raise Refused(_("This time has already passed. Ask for other times."))
    application.interview_times.filter(is_chosen=True).update(is_chosen=False)
    time.is_chosen = True
    time.save(update_fields=["is_chosen"])
    application.other_times = ""
    application.save(update_fields=["other_times"])
    entry = audit.record(application, "time picked", by=by)
    tell("thesis_interview_agreed", [by, *offerers(application.topic)], entry, application)
    return application


def _gone() -> InterviewTime:
    raise Refused(_("This time is no longer proposed. Pick one of the times on the page."))


@transaction.atomic
def ask_other_times(application: Application, *, by: User, wish: str) -> Application:
    """None of the times suits; a time taken before is given up."""
    application = _of_student(application, by)
    wish = wish.strip()
    if not wish:
        raise Refused(_("Tell which times would suit you."))
    application.interview_times.filter(is_chosen=True).update(is_chosen=False)
    application.other_times = wish
    application.save(update_fields=["other_times"])
    entry = audit.record(application, "other times asked", by=by)
    to = offerers(application.topic)
    tell("thesis_interview_other_times", to, entry, application, wish=wish)
    return application


def _of_student(application: Application, by: User) -> Application:
    locked(application.topic)
    application = fresh(application)
    if not is_applicant(application, by):
        raise Refused(_("You cannot do this."))
    if application.stage != Stage.INTERVIEW:
        stage = application.get_stage_display()
        message = _("This can no longer be done: the state is now “%(stage)s”.")
        raise Refused(message % {"stage": stage})
    return application
