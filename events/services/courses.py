"""A course from its draft to its end: parts, reading list, taking part, certificates."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications import outbox
from cluster_portal.surveys.services import rounds
from events.models import Course, CourseCertificate, CoursePart, CourseReading, Event, Registration
from events.models.courses import MOVES, Stage
from events.models.event_choices import UNPUBLISHED, Mode
from events.models.events import MOVES as EVENT_MOVES
from events.models.registrations import ACTIVE, TOLD
from events.models.registrations import Stage as PlaceStage
from events.services.events import cancel_event
from events.services.notices import reader_of
from events.services.prerequisites import refuse_without_certificate
from events.services.registrations import Details, register
from members.models import Affiliation
from members.services.needs import home_of
from members.services.recipients import coordinators_of
from projects.services import entries
from projects.services.projects import checked_reason

if TYPE_CHECKING:
    from uuid import UUID

    from cluster_portal.core.audit import AuditEntry
    from members.models import User

MOST_PARTS, MOST_READINGS = 30, 60
RESERVED = frozenset({"add", "certificates", "groups", "link", "outputs", "risks", "to-publish"})
FOLLOWED_UP, NOT_LATER = datetime.timedelta(days=91), datetime.timedelta(days=180)
FEEDBACK, LATER = "training_feedback", "training_follow_up"
Key = tuple[int | None, str, str]


@transaction.atomic
def make_course(values: dict[str, Any], *, by: User) -> Course:
    """Stores a draft; the same form makes one course."""
    known = entries.sent_before(Course, values["form_key"], by)
    if known is not None:
        return known
    organisation = values["organisation"]
    entries.refuse_stranger(organisation, by)
    course = Course(**values, home_cluster=home_of(organisation, by), teller=by)
    entries.insert(course, course.title_fi, empty="koulutus", reserved=RESERVED)
    search.reindex(course)
    audit.record(course, "course made", by=by)
    return course


def lock(course: Course, by: User) -> Course:
    """Fresh and locked; refused for who does not look after it."""
    course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    if not course.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    return course


@transaction.atomic
def edit_course(course: Course, values: dict[str, Any], *, by: User, seen: str) -> Course:
    course = lock(course, by)
    entries.refuse_late(course, seen)
    changed = entries.assign(course, values)
    course.save()
    search.reindex(course)
    audit.record(course, "course edited", by=by, details={"changed": changed})
    return course


@transaction.atomic
def move_course(course: Course, action: str, *, by: User, reason: str = "") -> Course:
    """Sent in, published, ended with its certificates, or called off with its parts; the other
    side is told."""
    course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    move = MOVES.step(action, course, by)
    reason = checked_reason(move, reason)
    _refuse_unready(course, action)
    course.stage = Stage(move.target)
    if action == "publish":
        course.published_at = timezone.now()
    course.save()
    entry = audit.record(course, f"course {action}", by=by, reason=reason)
    if action == "submit":
        readers = coordinators_of([course.home_cluster_id], but=by)
        outbox.post_to_all("course_submitted", to=readers, key=str(entry.pk), about=course)
    if action in {"publish", "send_back", "cancel"} and course.teller and course.teller != by:
        outbox.post("course_moved", to=course.teller, key=str(entry.pk), about=course,
                    values={"stage": course.stage, "reason": reason})  # fmt: skip
    if action == "cancel":
        _call_off(course, entry, by=by)
    if action == "end":
        _certify(course)
        rounds.ask_participants(course, FEEDBACK)
    return course


def _refuse_unready(course: Course, action: str) -> None:
    parts = course.parts.select_related("event")
    if action in {"submit", "publish"} and not parts.exists():
        raise Refused(_("A course has at least one part. Add the events first."))
    if action == "end" and any(not part.event.is_over for part in parts):
        raise Refused(_("Not all parts are over yet."))


def _call_off(course: Course, entry: AuditEntry, *, by: User) -> None:
    """Cancels the parts ahead that `by` may cancel: who comes to one gets its letter, which takes
    it out of the calendar. Who has taken part, or has a place in another part, gets the course's.
    """
    events = Event.objects.filter(course_part__course=course)
    told: set[Key] = set()
    for event in events.filter(starts_at__gt=timezone.now()).order_by("pk"):
        if EVENT_MOVES.may("cancel", event, by):
            cancel_event(event, by=by, reason=entry.reason)
            told |= {key_of(row) for row in _told_of(event.registrations.filter(stage__in=TOLD))}
    rows = Registration.objects.filter(event__in=events, stage__in=TOLD | {PlaceStage.ATTENDED})
    others = [row for row in _told_of(rows) if key_of(row) not in told]
    readers = {key_of(row): reader_of(row) for row in others if row.user_id != course.teller_id}
    outbox.post_to_all("course_cancelled", to=readers.values(), key=str(entry.pk), about=course,
                       values={"reason": entry.reason})  # fmt: skip


def _told_of(rows: Any) -> list[Registration]:
    return list(rows.exclude(name="–").select_related("user").order_by("pk"))


@transaction.atomic
def add_part(course: Course, event: Event, *, is_required: bool, by: User) -> CoursePart:
    """An event that the trainer looks after and that belongs to no other course."""
    course = lock(course, by)
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    known = CoursePart.objects.filter(event=event).first()
    if known is not None and known.course_id == course.pk:
        return known
    if known is not None:
        raise Refused(_("This event is a part of another course."))
    if not event.is_editable_by(by):
        raise Refused(_("You cannot do this."))
    if course.stage not in {Stage.DRAFT, Stage.PROPOSED, Stage.OPEN}:
        raise Refused(_("The course has ended."))
    if course.parts.count() >= MOST_PARTS:
        raise Refused(_("A course has at most %(count)s parts.") % {"count": MOST_PARTS})
    part = CoursePart.objects.create(course=course, event=event, is_required=is_required)
    audit.record(course, "course part added", by=by, details={"event": event.pk})
    return part


@transaction.atomic
def remove_part(part: CoursePart, *, by: User) -> None:
    """Once certificates are given, what they were given for stays."""
    course = lock(part.course, by)
    if course.certificates.exists():
        raise Refused(_("Certificates have been given, so the parts stay."))
    audit.record(course, "course part removed", by=by, details={"event": part.event_id})
    part.delete()


@transaction.atomic
def add_reading(
    course: Course, values: dict[str, Any], *, form_key: UUID, by: User
) -> CourseReading:
    course = lock(course, by)
    known = CourseReading.objects.filter(form_key=form_key, course=course).first()
    if known is not None:
        return known
    if course.readings.count() >= MOST_READINGS:
        raise Refused(_("The reading list has as many lines as can be kept."))
    reading = CourseReading.objects.create(course=course, form_key=form_key, **values)
    audit.record(course, "reading list changed", by=by)
    return reading


@transaction.atomic
def remove_reading(reading: CourseReading, *, by: User) -> None:
    course = lock(reading.course, by)
    audit.record(course, "reading list changed", by=by)
    reading.delete()


# Taking part.


@dataclass
class Enrolment:
    """In how many parts there is a place now, or one in the queue; what has its own questions, and
    what was refused and why."""

    done: int = 0
    asking: list[Event] = field(default_factory=list)
    refused: list[tuple[Event, str]] = field(default_factory=list)


@transaction.atomic
def enrol(course: Course, *, by: User) -> Enrolment:
    """A place, or one in the queue, in every part that takes registrations and asks nothing that
    must be answered; a part that refuses does not stop the others."""
    course = Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
    if course.stage != Stage.OPEN:
        raise Refused(_("The course takes no participants any more."))
    refuse_without_certificate(course, Q(user=by))
    mine = Registration.objects.filter(user=by, stage__in=ACTIVE).values("event")
    events = Event.objects.visible_to(by).filter(course_part__course=course)
    found = Enrolment()
    for event in events.exclude(pk__in=mine).order_by("pk"):  # one order of locks for everybody
        if event.takes_registrations():
            _take_part(event, found, by)
    if found == Enrolment() and not events.filter(pk__in=mine).exists():
        raise Refused(_("No part of the course takes registrations now."))
    if found.done:
        audit.record(course, "course taken", by=by, details={"parts": found.done})
    return found


def _take_part(event: Event, found: Enrolment, by: User) -> None:
    if event.questions.filter(is_required=True).exists():
        found.asking.append(event)
        return
    try:
        register(event, _mode(event), _details(by), by=by)
    except Refused as refusal:
        found.refused.append((event, str(refusal)))
    else:
        found.done += 1


def _mode(event: Event) -> str:
    """Where there is room, on site first."""
    seats = sorted(event.seats.all(), key=lambda one: (one.is_full, one.mode != Mode.ON_SITE))
    return seats[0].mode if seats else Mode.ON_SITE


def _details(by: User) -> Details:
    places = Affiliation.objects.confirmed().filter(user=by).select_related("organisation")
    place = places.order_by("pk").first()
    return Details(
        name=by.get_full_name() or by.email,
        language=(get_language() or "fi")[:2],
        organisation_name=place.organisation.title if place else "",
    )


# Certificates.


@dataclass(frozen=True)
class Progress:
    """How many of the required parts somebody attended; `row` is one of their registrations."""

    row: Registration
    attended: int
    required: int

    @property
    def has_passed(self) -> bool:
        return self.required > 0 and self.attended >= self.required


def key_of(row: Registration) -> Key:
    """A person: an account, or a guest's name with an address."""
    if row.user_id is not None:
        return row.user_id, "", ""
    return None, row.email.lower(), row.name.lower()


def progress_of(course: Course) -> list[Progress]:
    """Everybody who has or had a place in a part, by name."""
    parts = course.parts.filter(is_required=True).exclude(event__stage__in=sorted(UNPUBLISHED))
    required = set(parts.exclude(event__stage="cancelled").values_list("event", flat=True))
    rows = Registration.objects.filter(event__course_part__course=course).holding()
    by_person: dict[Key, list[Registration]] = defaultdict(list)
    for row in rows.select_related("user", "event").order_by("pk"):
        by_person[key_of(row)].append(row)
    found = [
        Progress(
            own[-1],
            len({row.event_id for row in own
                 if row.stage == PlaceStage.ATTENDED and row.event_id in required}),
            len(required),
        )
        for own in by_person.values()
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.row.name.lower())


@transaction.atomic
def certify(course: Course, *, by: User) -> int:
    """Gives the certificates that are missing, for example after late marks; how many."""
    course = lock(course, by)
    if course.stage not in {Stage.OPEN, Stage.ENDED}:
        raise Refused(_("Certificates are given of a course that is held."))
    if course.parts.filter(is_required=True, event__ends_at__gt=timezone.now()).exists():
        raise Refused(_("Not all parts are over yet."))
    done = _certify(course)
    audit.record(course, "certificates given", by=by, details={"count": done})
    return done


def _certify(course: Course) -> int:
    """Under the course's lock, so nobody gets two. `NAMELESS` rows belong to nobody any more."""
    known = {
        (row.user_id, row.email.lower(), "" if row.user_id else row.name.lower())
        for row in course.certificates.all()
    }
    done = 0
    for each in progress_of(course):
        if not each.has_passed or key_of(each.row) in known or each.row.name == "–":
            continue
        row = each.row
        made = CourseCertificate.objects.create(
            course=course, user=row.user, name=row.name, email="" if row.user else row.email,
            language=row.language, organisation_name=row.organisation_name,
        )  # fmt: skip
        reader = row.user or outbox.Guest(row.email, row.name, row.language)
        outbox.post("course_certificate", to=reader, key=str(made.pk), about=made)
        done += 1
    return done


# Three months later.


def follow_up() -> int:
    """The hourly round: three months after its last part an ended course asks what was of use."""
    now = timezone.now()
    rows = Course.objects.filter(stage=Stage.ENDED, followed_up_at=None)
    rows = rows.annotate(last=Max("parts__event__ends_at"))
    due = rows.filter(last__lte=now - FOLLOWED_UP, last__gte=now - NOT_LATER)
    return sum(_ask(pk) for pk in due.order_by("pk").values_list("pk", flat=True)[:50])


@transaction.atomic
def _ask(pk: int) -> int:
    rows = Course.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    course = rows.filter(pk=pk, followed_up_at=None).first()
    if course is None:
        return 0
    course.followed_up_at = timezone.now()
    course.save(update_fields=["followed_up_at"])
    rounds.ask_participants(course, LATER)
    return 1
