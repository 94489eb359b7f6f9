"""Whose turn it is, what is waited for and until when: for every state of a match.

The same answer is shown to everyone who may see the object; only `is_mine` depends on the reader.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from theses.models.applications import Stage, decides, is_applicant
from theses.models.supervision import Stage as RequestStage
from theses.models.works import Light, is_student, is_supervisor
from theses.models.works import Stage as ThesisStage
from theses.services.parties import COMMISSIONER, STUDENT, SUPERVISOR, answers_for, sides_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster_portal.core.visibility import Reader
    from theses.models import (
        Agreement,
        Application,
        InterviewTime,
        SupervisionRequest,
        Thesis,
        Topic,
    )

Step = dict[str, str]


@dataclass(frozen=True)
class Turn:
    """`who` is empty when nobody is waited for; then `what` says how it ended.

    `confirms` marks the agreement's confirmation, which others rely on whatever the stage is.
    `when` is a moment that has been agreed on, where there is no last day.
    `side` names the one party that is waited for: student, commissioner or supervisor.
    `goes_on` where nobody is waited for until the day: work, a meeting agreed on, an interruption.
    """

    who: str
    what: str
    until: datetime.date | None = None
    is_mine: bool = False
    side: str = ""
    confirms: bool = False
    when: str = ""
    goes_on: bool = False

    @property
    def stands_still(self) -> bool:
        """Whether nothing moves until somebody acts."""
        return not self.is_over and (self.is_late or not self.goes_on)

    @property
    def waits(self) -> bool:
        """Whether it stands still until this reader acts: what pages and desk call one's turn."""
        return self.is_mine and self.stands_still

    @property
    def is_over(self) -> bool:
        return not self.who

    @property
    def is_late(self) -> bool:
        return self.until is not None and self.until < timezone.localdate()

    @property
    def note(self) -> str:
        """For a step of the bar: who, and by when."""
        if self.when:
            return _("%(who)s, %(when)s") % {"who": self.who, "when": self.when}
        if self.until is None:
            return self.who
        day = date_format(self.until, "SHORT_DATE_FORMAT")
        return _("%(who)s, by %(day)s") % {"who": self.who, "day": day}


def of_application(application: Application, user: Reader) -> Turn:
    if application.stage == Stage.SUBMITTED:
        what = _("answers the application")
        return _commissioners(application, user, what, application.answer_by)
    if application.stage == Stage.INTERVIEW:
        return _of_interview(application, user)
    if application.stage == Stage.ACCEPTED:
        thesis = getattr(application, "thesis", None)
        return of_thesis(thesis, user) if thesis else _over(_("The student has been chosen."))
    return _over(_ENDINGS[application.stage]())


_ENDINGS: dict[str, Callable[[], str]] = {
    Stage.DECLINED: lambda: _("The application was declined."),
    Stage.WITHDRAWN: lambda: _("The student withdrew the application."),
    Stage.COMPLETED: lambda: _("The thesis is finished."),
    Stage.ENDED: lambda: _("The thesis ended unfinished."),
}


def _over(what: str) -> Turn:
    return Turn("", what)


def commissioner_of(topic: Topic) -> str:
    """The commissioner in words: the organisation, else the person who offers the topic."""
    owner = topic.named_owner
    return owner.title if owner else str(topic.contact or _("The commissioner"))


def _commissioners(
    application: Application, user: Reader, what: str, until: datetime.date | None
) -> Turn:
    is_mine = _answers(application, user)
    return Turn(commissioner_of(application.topic), what, until, is_mine, "commissioner")


def _answers(application: Application, user: Reader) -> bool:
    """A coordinator may decide too, but is not whom the student waits for."""
    if not user.is_authenticated or not decides(application, user):
        return False
    return answers_for(application.topic, user)


def _of_interview(application: Application, user: Reader) -> Turn:
    times = list(application.interview_times.all())
    chosen = next((time for time in times if time.is_chosen), None)
    if chosen is not None:
        return _of_meeting(application, chosen, user)
    coming = [time for time in times if time.starts_at > timezone.now()]
    if application.other_times or not coming:
        what = _("proposes other times for the interview, or answers")
        return _commissioners(application, user, what, application.answer_by)
    last = max(time.starts_at for time in coming)
    return Turn(
        str(application.student),
        _("picks a time for the interview"),
        timezone.localdate(last),
        is_applicant(application, user),
        "student",
    )


def _of_meeting(application: Application, chosen: InterviewTime, user: Reader) -> Turn:
    if chosen.starts_at <= timezone.now():
        what = _("answers after the interview")
        return _commissioners(application, user, what, application.answer_by)
    both = {"student": application.student, "commissioner": commissioner_of(application.topic)}
    is_mine = is_applicant(application, user) or _answers(application, user)
    when = date_format(timezone.localtime(chosen.starts_at), "DATETIME_FORMAT")
    return Turn(
        _("%(student)s and %(commissioner)s") % both,
        _("meet at the interview, %(when)s") % {"when": when},
        is_mine=is_mine,
        when=when,
        goes_on=True,
    )


def of_thesis(thesis: Thesis, user: Reader) -> Turn:
    return _THESIS[thesis.stage](thesis, user)


def _students(
    thesis: Thesis, user: Reader, what: str, until: datetime.date | None, *, goes_on: bool = False
) -> Turn:
    name = str(thesis.application.student)
    return Turn(name, what, until, is_student(thesis, user), "student", goes_on=goes_on)


def _of_seeking(thesis: Thesis, user: Reader) -> Turn:
    if thesis.supervisor_id is not None:
        return Turn(_("An organisation"), _("takes on the commission"), side="commissioner")
    live = [RequestStage.ASKED, RequestStage.WAITING]
    rows = thesis.requests.filter(stage__in=live).select_related("supervisor")
    request = min(rows, key=lambda row: (row.stage != RequestStage.ASKED, row.rank), default=None)
    if request is None:
        return _students(thesis, user, _("asks a supervisor"), None)
    return of_request(request, user)


def of_request(request: SupervisionRequest, user: Reader) -> Turn:
    is_mine = user.is_authenticated and request.supervisor_id == user.pk
    if request.stage == RequestStage.ASKED:
        what = _("answers whether to supervise")
        return Turn(str(request.supervisor), what, request.answer_by, is_mine, "supervisor")
    if request.stage == RequestStage.WAITING:
        what = _("takes the thesis on when there is room")
        name = str(request.supervisor)
        return Turn(name, what, None, is_mine, "supervisor", goes_on=True)
    return _over(str(request.get_stage_display()))


def _sides(thesis: Thesis, user: Reader) -> list[str]:
    return sides_of(thesis, user) if user.is_authenticated else []


def _of_matched(thesis: Thesis, user: Reader) -> Turn:
    agreement = getattr(thesis, "agreement", None)
    if agreement is None or not agreement.is_complete:
        what = _("settle the points of the agreement")
        return Turn(_("All three parties"), what, None, bool(_sides(thesis, user)))
    return _of_confirming(thesis, agreement, user)


def _of_confirming(thesis: Thesis, agreement: Agreement, user: Reader) -> Turn:
    parties = [
        (agreement.student_at, str(thesis.application.student), STUDENT),
        (agreement.commissioner_at, commissioner_of(thesis.topic), COMMISSIONER),
        (agreement.supervisor_at, str(thesis.supervisor), SUPERVISOR),
    ]
    missing = {side: name for confirmed, name, side in parties if not confirmed}
    is_mine = any(side in missing for side in _sides(thesis, user))
    names = ", ".join(missing.values()) or _("All three parties")
    what = _("confirms the agreement") if len(missing) == 1 else _("confirm the agreement")
    return Turn(names, what, None, is_mine, confirms=True)


def _of_agreed(thesis: Thesis, user: Reader) -> Turn:
    anew = _to_confirm_anew(thesis)
    if anew is not None:
        return _of_confirming(thesis, anew, user)
    return _students(thesis, user, _("begins the work"), thesis.started_on)


def _to_confirm_anew(thesis: Thesis) -> Agreement | None:
    """After a change of its points, or of the supervisor, while the work goes on."""
    agreement = getattr(thesis, "agreement", None)
    is_open = agreement is not None and agreement.is_complete and not agreement.is_confirmed
    return agreement if is_open else None


def _of_progress(thesis: Thesis, user: Reader) -> Turn:
    if thesis.light == Light.RED:
        is_mine = user.is_authenticated and is_supervisor(thesis, user)
        what = _("helps the student, who is stuck")
        return Turn(str(thesis.supervisor), what, None, is_mine, "supervisor")
    if thesis.ready_at:
        is_mine = any(side != STUDENT for side in _sides(thesis, user))
        what = _("reads what will be public and finishes the thesis")
        either = {
            "supervisor": str(thesis.supervisor),
            "commissioner": commissioner_of(thesis.topic),
        }
        return Turn(_("%(supervisor)s or %(commissioner)s") % either, what, None, is_mine)
    anew = _to_confirm_anew(thesis)
    if anew is not None:
        return _of_confirming(thesis, anew, user)
    return _of_next_milestone(thesis, user)


def _of_next_milestone(thesis: Thesis, user: Reader) -> Turn:
    milestone = next((each for each in thesis.milestones.all() if each.done_on is None), None)
    if milestone is None:
        what = _("works on the thesis")
        return _students(thesis, user, what, thesis.target_on, goes_on=True)
    return _students(thesis, user, milestone.title, milestone.due_on, goes_on=True)


def _of_interruption(thesis: Thesis, user: Reader) -> Turn:
    what = _("goes on after the interruption")
    return _students(thesis, user, what, thesis.resumes_on, goes_on=True)


_THESIS: dict[str, Callable[[Thesis, Reader], Turn]] = {
    ThesisStage.SEEKING: _of_seeking,
    ThesisStage.MATCHED: _of_matched,
    ThesisStage.AGREED: _of_agreed,
    ThesisStage.IN_PROGRESS: _of_progress,
    ThesisStage.INTERRUPTED: _of_interruption,
    ThesisStage.FINISHED: lambda _thesis, _user: _over(_("The thesis is finished.")),
    ThesisStage.ENDED: lambda _thesis, _user: _over(_("The thesis ended unfinished.")),
}


def steps_of_application(application: Application, turn: Turn) -> list[Step]:
    """Sent, read, interviewed where there was one, answered; then the thesis's own steps."""
    steps = [_step(_("Sent"), "done", _day(application.submitted_at))]
    if application.proposed_at:
        is_on = application.stage == Stage.INTERVIEW
        steps.append(
            _step(_("Interview"), "current" if is_on else "done", turn.note if is_on else "")
        )
    elif application.stage == Stage.SUBMITTED:
        steps.append(_step(_("Being read"), "current", turn.note))
    if application.is_pending:
        return [*steps, *(_step(name) for name in (_("The answer"), *_names()))]
    thesis = getattr(application, "thesis", None)
    if thesis is not None:
        return [*steps, *steps_of_thesis(thesis, turn)]
    name = str(application.get_stage_display())
    good = application.holds_a_place
    return [*steps, _step(name, "done" if good else "stopped", _day(application.decided_at))]


def _names() -> tuple[str, str, str, str]:
    return _("Supervisor"), _("Agreement"), _("Work"), _("Finished")


# How many of the four steps after the choice lie behind, and whether the next is under way.
_REACHED = {
    ThesisStage.SEEKING: 0,
    ThesisStage.MATCHED: 1,
    ThesisStage.AGREED: 2,
    ThesisStage.IN_PROGRESS: 2,
    ThesisStage.INTERRUPTED: 2,
    ThesisStage.FINISHED: 4,
}


def steps_of_thesis(thesis: Thesis, turn: Turn) -> list[Step]:
    """The student chosen, supervisor, agreement, work, finished; ended ones stop where they end."""
    steps = [_step(_("Student chosen"), "done", _day(thesis.application.decided_at))]
    if thesis.stage == ThesisStage.ENDED:
        return [*steps, _step(str(thesis.get_stage_display()), "stopped")]
    reached = _REACHED[ThesisStage(thesis.stage)]
    for number, name in enumerate(_names()):
        if number < reached:
            note = _day(thesis.finished_on) if number == len(_names()) - 1 else ""
            steps.append(_step(name, "done", note))
        elif number == reached:
            steps.append(_step(name, "current", turn.note))
        else:
            steps.append(_step(name))
    return steps


def _step(name: str, state: str = "", note: str = "") -> Step:
    return {"name": name, "note": note, "state": state}


def _day(moment: datetime.datetime | datetime.date | None) -> str:
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment)
    return date_format(moment, "SHORT_DATE_FORMAT") if moment else ""
