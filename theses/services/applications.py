"""Applying, and the answer. The topic's row is the lock; the database has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.files import discard, store
from theses.models import Application, ApplicationFile, StudentProfile
from theses.models.applications import HOLDS_A_PLACE, MOVES, Stage
from theses.models.choices import Stage as TopicStage
from theses.models.topic_workflow import is_offered_by
from theses.services.parties import locked, offerers, tell
from theses.services.topics import follow_theses, free_places
from theses.services.works import leave_thesis, open_thesis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cluster_portal.core.files import Upload
    from members.models import User
    from theses.models import Topic


FOLDER = "applications"
ONE_PER_PLACE = "theses_application_one_per_place"
ONE_PER_STUDENT = "theses_application_one_thesis_per_student"
ONE_AT_A_TIME = "theses_application_one_at_a_time"


@transaction.atomic
def apply(
    topic: Topic, *, by: User, motivation: str, school: str, files: Iterable[Upload] = ()
) -> Application:
    """Sends an application; `Refused` when the topic has closed or the student has one already."""
    topic = locked(topic)
    _refuse_closed(topic, by)
    application = Application(
        topic=topic, student=by, motivation=motivation, school=school, topic_version=topic.version
    )
    _save(application)
    keep_files(application, files)
    entry = audit.record(application, "apply", by=by)
    tell("thesis_application_received", offerers(topic), entry, application)
    tell("thesis_application_sent", [by], entry, application)
    return application


def _refuse_closed(topic: Topic, student: User) -> None:
    if topic.stage != TopicStage.OPEN:
        stage = topic.get_stage_display()
        raise Refused(
            _("This topic no longer takes applications: its state is “%(stage)s”.")
            % {"stage": stage}
        )
    if topic.closes_on and topic.has_closed:
        day = date_format(topic.closes_on, "SHORT_DATE_FORMAT")
        raise Refused(_("The last day to apply was %(day)s.") % {"day": day})
    if topic.student_id is not None:
        raise Refused(_("This topic is another student’s own idea."))
    if Application.objects.filter(student=student, stage=Stage.ACCEPTED).exists():
        raise Refused(_("You already have a thesis under way."))
    if is_offered_by(topic, student) and not student.is_superuser:
        raise Refused(_("You cannot apply to a topic that you offer yourself."))


@transaction.atomic
def accept_application(application: Application, *, by: User) -> Application:
    """1. lock the topic; 2. give the first free place; 3. when it was the last, answer the rest."""
    topic = locked(application.topic)
    application = fresh(application)
    MOVES.step("accept", application, by)
    places = free_places(topic)
    if topic.stage != TopicStage.OPEN or not places:
        raise Refused(_taken(topic))
    application.stage, application.place = Stage.ACCEPTED, places[0]
    application.decided_at, application.decided_by = timezone.now(), by
    _save(application)
    _begin(application, topic, is_last=len(places) == 1, by=by)
    return application


def _begin(application: Application, topic: Topic, *, is_last: bool, by: User) -> None:
    entry = audit.record(application, "accept", by=by)
    tell("thesis_application_accepted", [application.student], entry, application)
    open_thesis(application, by=by)
    follow_theses(topic, by=by)
    if is_last:
        _answer_the_rest(topic, by=by)


def _answer_the_rest(topic: Topic, *, by: User) -> None:
    rest = topic.applications.pending().select_for_update(of=("self",)).select_related("student")
    for other in rest:
        decline(other, sentence(Reason.GIVEN, other.student), by=by)


@transaction.atomic
def accept_own_idea(topic: Topic, *, by: User) -> Application:
    """The idea has found its commissioner: its student gets the place, without applying first.

    In the transaction that sets the commissioner; both have said yes there. `Refused` when the
    student has a thesis already or the idea has no place left.
    """
    topic = locked(topic)
    student = topic.student
    if student is None:
        raise Refused(_("The topic is not a student’s own idea."))
    places = free_places(topic)
    if topic.stage != TopicStage.OPEN or not places:
        raise Refused(_taken(topic))
    pending = topic.applications.pending().select_for_update().filter(student=student).first()
    application = pending or _of_own_idea(topic, student)
    application.stage, application.place = Stage.ACCEPTED, places[0]
    application.decided_at, application.decided_by = timezone.now(), by
    _save(application)
    _begin(application, topic, is_last=len(places) == 1, by=by)
    return application


def school_of(student: User) -> str:
    """The student's institution and programme in a line, as the profile tells them."""
    profile = StudentProfile.objects.filter(user=student).select_related("school").first()
    parts = [profile.school_title, profile.programme] if profile else []
    return ", ".join(filter(None, parts))[:200]


def _of_own_idea(topic: Topic, student: User) -> Application:
    with override(student.language):
        motivation = _("The topic is my own idea.")
    return Application(
        topic=topic,
        student=student,
        motivation=motivation,
        school=school_of(student),
        topic_version=topic.version,
    )


@transaction.atomic
def decline_application(
    application: Application, *, by: User, reason: str = "", template: str = ""
) -> Application:
    """`template` names a ready `Reason`, said in the student's language before the own words."""
    locked(application.topic)
    application = fresh(application)
    MOVES.step("decline", application, by)
    ready = sentence(Reason(template), application.student) if template in Reason.values else ""
    words = "\n\n".join(filter(None, [ready, reason.strip()]))
    if not words:
        raise Refused(_("Give a reason."))
    return decline(application, words, by=by)


def decline(application: Application, reason: str, *, by: User | None) -> Application:
    """Under the lock; without `by` it is the portal that closes what was not answered."""
    application.stage, application.reason = Stage.DECLINED, reason
    application.decided_at, application.decided_by = timezone.now(), by
    application.save()
    entry = audit.record(application, "decline", by=by, reason=reason)
    tell("thesis_application_declined", [application.student], entry, application, reason=reason)
    return application


@transaction.atomic
def withdraw_application(application: Application, *, by: User) -> Application:
    """The student steps back; a place that was held is free again and its topic open."""
    topic = locked(application.topic)
    application = fresh(application)
    MOVES.step("withdraw", application, by)
    leave_thesis(application, by=by)
    application.stage, application.place = Stage.WITHDRAWN, None
    application.save()
    entry = audit.record(application, "withdraw", by=by)
    follow_theses(topic, by=by)
    tell("thesis_application_withdrawn", offerers(topic), entry, application)
    return application


def fresh(application: Application) -> Application:
    """Locked after its topic, always in this order."""
    rows = Application.objects.select_for_update(of=("self",))
    return rows.select_related("student", "topic__organisation").get(pk=application.pk)


def keep_files(application: Application, files: Iterable[Upload]) -> None:
    """Stored within the transaction; what a rollback leaves behind, the sweep takes."""
    for upload in files:
        ApplicationFile.objects.create(
            application=application,
            name=upload.name,
            file=store(upload, FOLDER),
            size=len(upload.content),
        )


@transaction.atomic
def remove_file(file: ApplicationFile, *, by: User) -> None:
    """The student takes a file back, as long as nobody has answered."""
    locked(file.application.topic)
    application = fresh(file.application)
    if application.student_id != by.pk or not application.is_pending:
        raise Refused(_("A file can be removed only while the application waits for an answer."))
    audit.record(application, "file removed", by=by)
    file.delete()
    transaction.on_commit(lambda: discard(file.file.name or ""))


def _taken(topic: Topic) -> str:
    """Who was faster; the commissioner may know it."""
    last = (
        Application.objects.filter(topic=topic, stage__in=HOLDS_A_PLACE)
        .select_related("decided_by")
        .order_by("-decided_at")
        .first()
    )
    if last is None or last.decided_at is None:
        return _("This topic no longer takes students: its state is “%(stage)s”.") % {
            "stage": topic.get_stage_display()
        }
    moment = date_format(timezone.localtime(last.decided_at), "SHORT_DATETIME_FORMAT")
    return _("The place has already been given by %(person)s, %(moment)s.") % {
        "person": last.decided_by or _("the portal"),
        "moment": moment,
    }


def _save(application: Application) -> None:
    """Saves; what the constraints refuse becomes a sentence."""
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        raise Refused(_refusal(str(error))) from None


def _refusal(error: str) -> str:
    if ONE_AT_A_TIME in error:
        return _("You have already applied to this topic.")
    if ONE_PER_STUDENT in error:
        return _("This student has meanwhile been accepted for another thesis.")
    if ONE_PER_PLACE in error:
        return _("The place has already been given.")
    return _("This cannot be stored. Reload the page and try again.")


class Reason(models.TextChoices):
    GIVEN = "given", gettext_lazy("The place is given to another")
    REQUIREMENTS = "requirements", gettext_lazy("The requirements are not met")
    OUTDATED = "outdated", gettext_lazy("The topic is no longer timely")
    NO_CAPACITY = "no_capacity", gettext_lazy("We have no time to guide the work")


def sentence(reason: Reason, student: User) -> str:
    """In the student's language."""
    with override(student.language):
        return {
            Reason.GIVEN: _(
                "The place was given to another applicant. Thank you for your interest."
            ),
            Reason.REQUIREMENTS: _(
                "The topic needs studies or skills that your application did not show. "
                "Thank you for your interest."
            ),
            Reason.OUTDATED: _(
                "The topic is no longer timely for us, so we chose nobody for it. "
                "Thank you for your interest."
            ),
            Reason.NO_CAPACITY: _(
                "We do not have the time to guide the work now. Thank you for your interest."
            ),
        }[reason]
