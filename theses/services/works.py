"""A thesis from the match to its end."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.text import cleaning
from cluster_portal.notifications.services import following
from members.services.arrivals import answers_came
from theses.models import Agreement, Thesis
from theses.models.applications import Stage as ApplicationStage
from theses.models.terms import profile_of
from theses.models.works import (
    MOVES,
    STEPPED_BACK,
    Decision,
    Stage,
    is_commissioner,
    is_party,
    is_student,
)
from theses.services import seats
from theses.services.parties import (
    everyone_of,
    is_daytime,
    locked_thesis,
    offerers,
    tell,
    tell_parties,
)
from theses.services.profiles import close_student
from theses.services.supervision import close_requests, take_on
from theses.services.topics import follow_theses

if TYPE_CHECKING:
    from members.models import User
    from theses.models import Application


REPORT = ("title", "level", "abstract", "repository_url", "used_for", "usage")


def open_thesis(application: Application, *, by: User) -> Thesis:
    """In the accepting transaction: the commissioner and the student have said yes.

    The topic's supervisor has said yes to it too, and takes a seat at once, or
    waits for one.
    """
    topic = application.topic
    level = (
        topic.levels[0] if len(topic.levels) == 1 else _level_of(application.student, topic.levels)
    )
    thesis = Thesis.objects.create(application=application, title=topic.heading, level=level)
    Agreement.objects.create(thesis=thesis)
    audit.record(thesis, "opened", by=by)
    supervisor = topic.supervisor
    if supervisor is not None and supervisor.is_active and profile_of(supervisor) is not None:
        return take_on(thesis, supervisor, by=by)
    return thesis


def _level_of(student: User, levels: list[str]) -> str:
    profile = getattr(student, "student_profile", None)
    return profile.level if profile is not None and profile.level in levels else ""


def leave_thesis(application: Application, *, by: User) -> None:
    """In the withdrawing transaction: what has not begun is undone; `Refused` once it is agreed."""
    thesis = Thesis.objects.select_for_update(of=("self",)).filter(application=application).first()
    if thesis is None:
        return
    thesis.application = application
    if thesis.stage not in {Stage.SEEKING, Stage.MATCHED}:
        raise Refused(_("The thesis has been agreed on. End it on the page of the thesis."))
    _close(thesis, STEPPED_BACK, by=by)
    thesis.save()
    entry = audit.record(thesis, "end", by=by, reason=thesis.why_it_ended)
    if thesis.supervisor is not None:
        tell("thesis_ended", [thesis.supervisor], entry, thesis, reason=STEPPED_BACK)


def _close(thesis: Thesis, reason: str, *, by: User) -> None:
    """Ended unfinished: nobody need answer any more; a seat that was not used is free again."""
    _close_requests(thesis, by=by)
    if thesis.started_on is None:
        seats.free(thesis)
    thesis.stage, thesis.stage_before, thesis.resumes_on = Stage.ENDED, "", None
    thesis.ending_reason = reason


def _close_requests(thesis: Thesis, *, by: User) -> None:
    """All but the supervisor's."""
    close_requests(thesis, by=by, but=thesis.requests.filter(stage="accepted").first())


@transaction.atomic
def move_thesis(
    thesis: Thesis,
    action: str,
    *,
    by: User,
    reason: str = "",
    resumes_on: datetime.date | None = None,
) -> Thesis:
    """Begin, interrupt, resume or end; finishing needs its form, so it is `finish_thesis`."""
    if action not in _STEPS:
        raise Refused(_("You cannot do this."))
    thesis = locked_thesis(thesis)
    move = MOVES.step(action, thesis, by)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise Refused(_("Give a reason."))
    people = everyone_of(thesis)
    _STEPS[action](thesis, by, reason, resumes_on)
    thesis.save()
    entry = audit.record(thesis, action, by=by, reason=reason)
    follow_theses(thesis.topic, by=by)
    day = resumes_on.isoformat() if resumes_on else ""
    tell(_KINDS[action], people, entry, thesis, but=by, reason=reason, resumes_on=day)
    return thesis


def _begin(thesis: Thesis, by: User, reason: str, day: datetime.date | None) -> None:
    thesis.stage, thesis.started_on = Stage.IN_PROGRESS, timezone.localdate()
    if thesis.target_on is not None and thesis.target_on < thesis.started_on:
        thesis.target_on = None


def _interrupt(thesis: Thesis, by: User, reason: str, day: datetime.date | None) -> None:
    if day is not None and day <= timezone.localdate():
        raise Refused(_("Choose a day that is still to come."))
    thesis.stage_before, thesis.stage = thesis.stage, Stage.INTERRUPTED
    thesis.resumes_on, thesis.ready_at = day, None


def _resume(thesis: Thesis, by: User, reason: str, day: datetime.date | None) -> None:
    thesis.stage, thesis.stage_before = thesis.stage_before, ""
    thesis.resumes_on = None


def _end(thesis: Thesis, by: User, reason: str, day: datetime.date | None) -> None:
    """The place is free again: the application ends with its thesis."""
    _close(thesis, reason, by=by)
    application = thesis.application
    application.stage, application.place = ApplicationStage.ENDED, None
    application.save(update_fields=["stage", "place"])


_STEPS = {"begin": _begin, "interrupt": _interrupt, "resume": _resume, "end": _end}
_KINDS = {
    "begin": "thesis_begun",
    "interrupt": "thesis_interrupted",
    "resume": "thesis_resumed",
    "end": "thesis_ended",
}


@transaction.atomic
def save_report(thesis: Thesis, values: dict[str, Any], *, by: User) -> Thesis:
    """What will stand on the public page; any party may write it down while the work goes on."""
    thesis = locked_thesis(thesis)
    if not is_party(thesis, by):
        raise Refused(_("You cannot do this."))
    if thesis.stage != Stage.IN_PROGRESS:
        raise Refused(
            _("This can no longer be done: the state is now “%(stage)s”.")
            % {"stage": thesis.get_stage_display()}
        )
    _write_report(thesis, values, by=by)
    if is_student(thesis, by):
        thesis.ready_at = None
    thesis.save()
    audit.record(thesis, "report", by=by)
    return thesis


@transaction.atomic
def tell_ready(thesis: Thesis, values: dict[str, Any], *, by: User) -> Thesis:
    """The student has written all that will be public; the others are asked to finish it.

    Told again without a change it is no news: nobody gets a second letter.
    """
    before = locked_thesis(thesis)
    thesis = save_report(before, values, by=by)
    if not is_student(thesis, by):
        raise Refused(_("You cannot do this."))
    _refuse_unfinished(thesis, values["finished_on"])
    is_news = any(getattr(before, name) != getattr(thesis, name) for name in REPORT)
    thesis.ready_at = timezone.now() if is_news or not before.ready_at else before.ready_at
    thesis.save(update_fields=["ready_at"])
    if thesis.ready_at == before.ready_at:
        return thesis
    entry = audit.record(thesis, "ready", by=by)
    tell_parties("thesis_ready", thesis, entry, but=by)
    return thesis


def _write_report(thesis: Thesis, values: dict[str, Any], *, by: User) -> None:
    for name in REPORT:
        if name in values:
            setattr(thesis, name, values[name])
    if "shows_author" in values and is_student(thesis, by):
        thesis.shows_author = values["shows_author"]
    if thesis.usage != Decision.UNKNOWN or thesis.used_for:
        thesis.usage_at = timezone.now()


@transaction.atomic
def finish_thesis(thesis: Thesis, values: dict[str, Any], *, by: User) -> Thesis:
    """1. what is published; 2. the place stays used; 3. the topic follows; 4. all are told.

    The student seeks no topic any more: the profile is private until opened anew.
    """
    thesis = locked_thesis(thesis)
    MOVES.step("finish", thesis, by)
    _write_report(thesis, values, by=by)
    day = values["finished_on"]
    _refuse_unfinished(thesis, day)
    thesis.stage, thesis.finished_on, thesis.finished_year = Stage.FINISHED, day, day.year
    thesis.light, thesis.light_note = "green", ""
    codes = thesis.topic.education_fields.order_by("code").values_list("code", flat=True)
    thesis.field_codes = list(codes)
    _give_slug(thesis)
    _close_requests(thesis, by=by)
    application = thesis.application
    application.stage = ApplicationStage.COMPLETED
    application.save(update_fields=["stage"])
    search.reindex(thesis)
    answers_came("theses", thesis.pk)
    entry = audit.record(thesis, "finish", by=by)
    follow_theses(thesis.topic, by=by)
    closed = application.student_id if close_student(application.student, by=by) else 0
    tell_parties("thesis_finished", thesis, entry, but=by, closed=closed)
    return thesis


def _refuse_unfinished(thesis: Thesis, day: datetime.date) -> None:
    if not thesis.abstract:
        raise Refused(_("Write the abstract first: it is what others learn of the work."))
    if not thesis.level:
        raise Refused(_("Choose the level of the thesis."))
    if day > timezone.localdate() or (thesis.started_on and day < thesis.started_on):
        raise Refused(_("The day of finishing cannot be in the future or before the beginning."))


def _give_slug(thesis: Thesis) -> None:
    """An address made of the title; taken meanwhile by another, the next number."""
    thesis.slug = cleaning.free_slug(Thesis.objects.all(), thesis.title, empty="opinnaytetyo")
    try:
        with transaction.atomic():
            thesis.save()
    except IntegrityError:
        thesis.slug = f"{thesis.slug[:80]}-{thesis.pk}"
        thesis.save()


@transaction.atomic
def tell_usage(thesis: Thesis, usage: str, used_for: str, *, by: User) -> Thesis:
    """What became of the result, told by the commissioner's side also long afterwards."""
    thesis = locked_thesis(thesis)
    if not (is_commissioner(thesis, by) and thesis.stage == Stage.FINISHED):
        raise Refused(_("You cannot do this."))
    thesis.usage, thesis.used_for, thesis.usage_at = usage, used_for.strip(), timezone.now()
    thesis.save(update_fields=["usage", "used_for", "usage_at", "updated_at"])
    search.reindex(thesis)
    entry = audit.record(thesis, "usage", by=by, details={"usage": usage})
    following.tell(thesis, "usage", key=str(entry.pk), by=by)
    tell_parties("thesis_usage_told", thesis, entry, but=by)
    return thesis


@transaction.atomic
def show_author(thesis: Thesis, *, shows: bool, by: User) -> Thesis:
    """The student's own choice, which can be taken back."""
    thesis = locked_thesis(thesis)
    if not is_student(thesis, by):
        raise Refused(_("You cannot do this."))
    thesis.shows_author = shows
    thesis.save(update_fields=["shows_author", "updated_at"])
    search.reindex(thesis)
    audit.record(thesis, "author shown" if shows else "author hidden", by=by)
    return thesis


ASK_USAGE_AFTER = datetime.timedelta(days=182)
MOST_AT_ONCE = 500


def run_hourly() -> int:
    """By day alone: these only ask and remind."""
    if not is_daytime():
        return 0
    return ask_usage() + remind_interrupted()


@transaction.atomic
def ask_usage() -> int:
    """Half a year after finishing, once: the commissioner is asked what the result was used for."""
    last = timezone.localdate() - ASK_USAGE_AFTER
    rows = Thesis.objects.finished().filter(
        finished_on__lte=last, usage_at=None, usage_asked_at=None
    )
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_AT_ONCE]
    )
    for thesis in found:
        thesis.usage_asked_at = timezone.now()
        thesis.save(update_fields=["usage_asked_at"])
        entry = audit.record(thesis, "usage asked", by=None)
        tell("thesis_usage_asked", offerers(thesis.topic), entry, thesis)
    return len(found)


@transaction.atomic
def remind_interrupted() -> int:
    """On the day on which an interrupted thesis should go on, once: the day is then forgotten."""
    rows = Thesis.objects.filter(stage=Stage.INTERRUPTED, resumes_on__lte=timezone.localdate())
    found = list(
        rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:MOST_AT_ONCE]
    )
    for thesis in found:
        thesis.resumes_on = None
        thesis.save(update_fields=["resumes_on"])
        entry = audit.record(thesis, "time to go on", by=None)
        tell_parties("thesis_resumes", thesis, entry)
    return len(found)
