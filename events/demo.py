"""The example's events, from `events.toml`; dates are relative to the day of the first load.

What is coming goes through the services that people use, so that places, queue and notices are
real. Loading twice changes nothing: an event that is there is left as people have made it since.
"""

from __future__ import annotations

import datetime
import tomllib
import uuid
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.models import OutboxMail
from events.models import (
    AgendaItem,
    Body,
    Course,
    Decision,
    Event,
    EventQuestion,
    Idea,
    Meeting,
    MeetingItem,
    OneToOne,
    Registration,
    Seats,
)
from events.models.events import Mode
from events.models.registrations import Stage
from events.services import bodies as body_services
from events.services import (
    busy,
    course_groups,
    courses,
    ideas,
    minutes,
    one_to_one,
    proposals,
    quotas,
)
from events.services import decisions as decision_services
from events.services import events as event_services
from events.services import meetings as meeting_services
from events.services import registrations as services
from events.services.decisions import Told
from events.services.registrations import Details
from members.models import Cluster, Coordinator, Organisation, User
from projects.models import Challenge, Measure, Project, Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]
BODY = (
    *("kind", "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en"),
    *("visibility", "papers_by", "quorum"),
)
COURSE = (
    *("title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en"),
    *("description", "prerequisites", "group_task", "has_register", "visibility"),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENS_AT, CLOSES_AT = datetime.time(8), datetime.time(16)
AS_WRITTEN = (
    *("slug", "kind", "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv"),
    *("summary_en", "language", "venue", "municipality", "remote_link", "recording_link"),
    *("asks_diet", "has_photography", "gives_certificate", "visibility", "queue"),
)


@transaction.atomic
def load(folder: Path, today: datetime.date) -> None:
    content = tomllib.loads((folder / "events.toml").read_text(encoding="utf-8"))
    for row in content["event"]:
        if not Event.objects.filter(slug=row["slug"]).exists():
            _load_event(row, content["guests"], today)


@transaction.atomic
def load_proposals(folder: Path, today: datetime.date) -> None:
    """After the challenges that they begin from."""
    content = tomllib.loads((folder / "events.toml").read_text(encoding="utf-8"))
    for row in content["proposal"]:
        if not Event.objects.filter(title_fi=row["title_fi"]).exists():
            _load_proposal(row, today)
    for row in content["idea"]:
        if not Idea.objects.filter(title=row["title"]).exists():
            _load_idea(row)


def _load_idea(row: Row) -> None:
    by = User.objects.get(email=row["by"])
    event = Event.objects.filter(slug=row.get("event", "")).first()
    idea = ideas.propose_idea(row["title"], row["text"], by=by, form_key=uuid.uuid4(), event=event)
    if row.get("is_waiting"):
        return
    readers = Coordinator.objects.filter(cluster=idea.home_cluster).order_by("pk")
    reader = User.objects.get(pk=readers.values("user")[:1])
    idea = ideas.move_idea(idea, "publish", by=reader)
    for supporter in User.objects.filter(email__in=row["supporters"]).order_by("pk"):
        ideas.support_idea(idea, by=supporter, is_given=True)


def _load_proposal(row: Row, today: datetime.date) -> None:
    """As a member sends it for review."""
    by, day = User.objects.get(email=row["by"]), _day(row, today)
    challenge = Challenge.objects.select_related("organisation").get(slug=row["challenge"])
    names = ("kind", "title_fi", "summary_fi", "municipality")
    values = {
        **{name: row[name] for name in names}, "description": row["description"].strip(),
        "organisation": challenge.organisation, "form_key": uuid.uuid4(), "visibility": "members",
        "starts_at": _moment(day, row["starts"]), "ends_at": _moment(day, row["ends"]),
        "registration_closes_at": _moment(day, CLOSES_AT, 7),
    }  # fmt: skip
    source = proposals.Source(challenge=challenge)
    event = proposals.propose_event(values, {Mode.ON_SITE: row["places"]}, by=by, source=source)
    proposals.move_proposal(event, "submit", by=by)


def _load_event(row: Row, guests: list[Row], today: datetime.date) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    by = User.objects.get(pk=Coordinator.objects.filter(cluster=cluster).values("user")[:1])
    day = _day(row, today)
    event = event_services.save_event(_event(row, cluster, day), by=by)
    event.terms.set(_terms(row.get("terms", [])))
    invited = Organisation.objects.filter(external_id__in=row.get("invited", []))
    event.invited_organisations.set(invited)
    event.co_hosts.set(Cluster.objects.filter(slug__in=row.get("co_hosts", [])))
    for number in row.get("measures", []):
        goal, measure = number.split(".")
        current = Measure.objects.current().filter(goal__programme__home_cluster=cluster)
        event.measures.add(*current.filter(goal__number=goal, number=measure))
    for item in row.get("agenda", []):
        speaker = item.get("speaker", "")
        values = {"title": item["title"], "speaker": speaker, "speaker_agreed": bool(speaker)}
        AgendaItem.objects.create(event=event, starts_at=_moment(day, item["at"]), **values)
    for seats in row["seats"]:
        Seats.objects.create(event=event, mode=seats["mode"], capacity=seats.get("capacity"))
    for position, asked in enumerate(row.get("question", []), start=1):
        EventQuestion.objects.create(event=event, position=position, **asked)
    _put_quotas(event, row.get("quota", []), day, by)
    event = event_services.publish_event(event, by=by)
    _load_registrations(event, row, guests)


def _put_quotas(event: Event, rows: list[Row], day: datetime.date, by: User) -> None:
    seats = quotas.seats_with_quotas(event)
    if seats is not None and rows:
        wanted = [
            quotas.Wanted(
                row["group"], row["places"],
                day - datetime.timedelta(days=row["until_days_before"]), sector=row["sector"],
            )
            for row in rows
        ]  # fmt: skip
        quotas.put_quotas(seats, wanted, by=by)


def _day(row: Row, today: datetime.date) -> datetime.date:
    first = today + datetime.timedelta(days=row["in_days"])
    return first + datetime.timedelta((WEEKDAYS.index(row["weekday"]) - first.weekday()) % 7)


def _moment(day: datetime.date, at: datetime.time, days_before: int = 0) -> datetime.datetime:
    local = datetime.datetime.combine(day - datetime.timedelta(days=days_before), at)
    return timezone.make_aware(local)


def _event(row: Row, cluster: Cluster, day: datetime.date) -> Event:
    return Event(
        home_cluster=cluster,
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        starts_at=_moment(day, row["starts"]),
        ends_at=_moment(day, row["ends"]),
        registration_opens_at=_moment(day, OPENS_AT, row["registration_opens_days_before"]),
        registration_closes_at=_moment(day, CLOSES_AT, row["registration_closes_days_before"]),
        description=row["description"].strip(),
        aftermath=row.get("aftermath", "").strip(),
        **{name: row[name] for name in AS_WRITTEN if name in row},
    )


def _terms(codes: list[str]) -> list[Term]:
    found = (vocabulary.find(scheme, code) for code in codes for scheme in Scheme.values)
    return [term for term in found if term]


def _load_registrations(event: Event, row: Row, guests: list[Row]) -> None:
    if event.is_over:
        _record_attendance(event, row, guests)
    elif event.takes_registrations():
        for user, mode, details in _members(row):
            services.register(event, mode, details, by=user)
        for mode, details in _guests(row, guests):
            request = services.register(event, mode, details, by=None)
            services.confirm_request(request)
        # Nobody of these guests is there to read; a mailbox full of them would hide one's own.
        OutboxMail.objects.filter(guest_address__in=[g["email"] for g in guests]).delete()


def _members(row: Row) -> Iterator[tuple[User, str, Details]]:
    for each in row.get("registration", []):
        user = User.objects.get(email=each["user"])
        details = Details(
            name=user.get_full_name(),
            email=user.email,
            language=user.language,
            diet=each.get("diet", "") if each["mode"] == Mode.ON_SITE else "",
            accessibility=each.get("accessibility", ""),
            is_listed=each.get("is_listed", False),
        )
        yield user, each["mode"], details


def _guests(row: Row, guests: list[Row]) -> Iterator[tuple[str, Details]]:
    """In the file's order, each guest once per event."""
    pool = iter(guests)
    for seats in row["seats"]:
        for guest in islice(pool, seats.get("guests", 0)):
            yield seats["mode"], Details(**guest)


def _record_attendance(event: Event, row: Row, guests: list[Row]) -> None:
    """Of an event that is over: nobody can register any more, so the rows are written as such."""
    came = [*_members(row), *((None, mode, details) for mode, details in _guests(row, guests))]
    for seats in event.seats.all():
        there = [(user, details) for user, mode, details in came if mode == seats.mode]
        for user, details in there:
            values = vars(details) | ({"email": ""} if user else {})
            Registration.objects.create(
                event=event, seats=seats, user=user, stage=Stage.ATTENDED, **values
            )
        Seats.objects.filter(pk=seats.pk).update(taken=len(there))
    Registration.objects.filter(event=event).update(
        queued_at=event.registration_opens_at, created_at=event.registration_opens_at, diet=""
    )


@transaction.atomic
def load_bodies(folder: Path, today: datetime.date) -> None:
    content = tomllib.loads((folder / "bodies.toml").read_text(encoding="utf-8"))
    for row in content["body"]:
        if not Body.objects.filter(slug=row["slug"]).exists():
            _load_body(row, today)


def _load_body(row: Row, today: datetime.date) -> None:
    by = User.objects.get(email=row["by"])
    regions = [term for code in row.get("regions", []) if (term := vocabulary.find("region", code))]
    body = body_services.make_body(
        {
            **{name: row[name] for name in BODY if name in row}, "form_key": uuid.uuid4(),
            "home_cluster": Cluster.objects.get(slug=row["cluster"]), "regions": regions,
            "parent": Body.objects.filter(slug=row.get("forum", "")).first(),
        },
        by=by,
    )  # fmt: skip
    Body.objects.filter(pk=body.pk).update(slug=row["slug"])
    for seat in row["seat"]:
        _load_seat(body, seat, today, by)


def _load_seat(body: Body, row: Row, today: datetime.date, by: User) -> None:
    of = row.get("deputy_of", "")
    until = row.get("until_in_days")
    body_services.add_member(
        body,
        {
            "name": row.get("name", ""), "email": row.get("user") or row["email"],
            "role": row["role"], "form_key": uuid.uuid4(),
            "organisation": Organisation.objects.filter(
                external_id=row.get("organisation", "-")
            ).first(),
            "since": today - datetime.timedelta(days=row["since_days_ago"]),
            "until": until and today + datetime.timedelta(days=until),
            "deputy_of": body.seats.filter(user__email=of).first() if of else None,
        },
        by=by,
    )  # fmt: skip


@transaction.atomic
def load_meetings(folder: Path, today: datetime.date) -> None:
    """Two that were held, with approved minutes and decisions, and one to come."""
    content = tomllib.loads((folder / "meetings.toml").read_text(encoding="utf-8"))
    for row in content["meeting"]:
        body = Body.objects.get(slug=row["body"])
        if body.meetings.count() < row["after"]:
            continue
        if body.meetings.count() == row["after"]:
            _load_meeting(body, row, today)


def _load_meeting(body: Body, row: Row, today: datetime.date) -> None:
    by = User.objects.get(email=row["by"])
    ahead = _moment(today + datetime.timedelta(days=max(row["in_days"], 7)), row["starts"])
    length = datetime.timedelta(hours=2)
    values = {
        "starts_at": ahead, "ends_at": ahead + length, "place": row["place"],
        "remote_link": row.get("remote_link", ""), "invitation": row.get("invitation", ""),
        "about_project": Project.objects.filter(slug=row.get("project", "")).first(),
    }  # fmt: skip
    meeting = meeting_services.plan_meeting(body, values, form_key=uuid.uuid4(), by=by)
    items = [_load_item(meeting, item) for item in row["item"]]
    meeting = meeting_services.move_meeting(meeting, "call", by=by)
    for attendance, given in zip(meeting.attendances.order_by("pk"), row["answers"], strict=False):
        meeting_services.answer(attendance, given, by=None)
    if row["in_days"] < 0:
        held = _moment(today + datetime.timedelta(days=row["in_days"]), row["starts"])
        _hold(meeting, row, items, held, today)


def _load_item(meeting: Meeting, row: Row) -> MeetingItem:
    by = User.objects.get(email=row["by"])
    told = {name: row.get(name, "") for name in ("title", "presenter", "background", "proposal")}
    return meeting_services.add_item(meeting, told, form_key=uuid.uuid4(), by=by)


def _hold(
    meeting: Meeting, row: Row, items: list[MeetingItem], held: datetime.datetime,
    today: datetime.date,
) -> None:  # fmt: skip
    """As the secretary and the chair do it; the example then moves it to its day."""
    by, chair = (User.objects.get(email=row[name]) for name in ("by", "chair"))
    meeting = meeting_services.move_meeting(meeting, "begin", by=by)
    for item, told in zip(items, row["item"], strict=True):
        minutes.save_minutes(item, told["minutes"], version=0, by=by)
        for each in told.get("decision", []):
            _load_decision(item, each, by, today)
    meeting = meeting_services.move_meeting(meeting, "close", by=by)
    seen = Meeting.objects.get(pk=meeting.pk).stamp
    meeting_services.move_meeting(meeting, "approve", by=chair, seen=seen)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=held, ends_at=held + datetime.timedelta(hours=2), year=held.year,
        approved_at=held + datetime.timedelta(days=3),
    )  # fmt: skip
    for decision in meeting.decisions.order_by("pk"):
        _load_reports(decision, row)


def _load_decision(item: MeetingItem, row: Row, by: User, today: datetime.date) -> None:
    owner = User.objects.filter(email=row.get("doer", "-")).first()
    values = {
        "text": row["text"], "visibility": row["visibility"], "owner": owner,
        "owner_name": row.get("name", ""), "owner_email": row.get("email", ""),
        "organisation": Organisation.objects.filter(
            external_id=row.get("organisation", "-")
        ).first(),
        "due_on": today + datetime.timedelta(days=row["due_in_days"]),
        "results": Result.objects.filter(slug__in=row.get("results", [])),
    }  # fmt: skip
    decision_services.take_decision(item, values, form_key=uuid.uuid4(), by=by)


def _load_reports(decision: Decision, row: Row) -> None:
    for each in row.get("report", []):
        if decision.text == each["text_of"]:
            by = User.objects.get(email=each["by"])
            told = Told(each["action"], each["told"], decision.version, uuid.uuid4())
            decision = decision_services.report(decision, told, by=by)


@transaction.atomic
def load_courses(folder: Path, today: datetime.date) -> None:
    content = tomllib.loads((folder / "courses.toml").read_text(encoding="utf-8"))
    for row in content["course"]:
        if not Course.objects.filter(title_fi=row["title_fi"]).exists():
            _load_course(row)
    for row in content["meeting"]:
        if not OneToOne.objects.filter(topic=row["topic"]).exists():
            _load_one_to_one(row)


def _load_course(row: Row) -> None:
    """Entered by the trainer, published by a coordinator, with what participants did."""
    by = User.objects.get(email=row["by"])
    values = {
        **{name: row[name] for name in COURSE if name in row}, "form_key": uuid.uuid4(),
        "organisation": Organisation.objects.get(external_id=row["organisation"]),
    }  # fmt: skip
    course = courses.make_course(values, by=by)
    office = User.objects.get(
        pk=Coordinator.objects.filter(cluster=course.home_cluster).values("user")[:1]
    )
    for event in Event.objects.filter(slug__in=row["events"]):
        courses.add_part(course, event, is_required=True, by=office)
    for line in row.get("reading", []):
        courses.add_reading(course, line, form_key=uuid.uuid4(), by=by)
    course = courses.move_course(course, "submit", by=by)
    course = courses.move_course(course, "publish", by=office)
    for group in row.get("group", []):
        _load_group(course, group)
    for risk in row.get("risk", []):
        told = {name: value for name, value in risk.items() if name != "by"}
        author = User.objects.get(email=risk["by"])
        course_groups.add_risk(course, told, form_key=uuid.uuid4(), by=author)


def _load_group(course: Course, row: Row) -> None:
    by = User.objects.get(email=row["by"])
    group = course_groups.make_group(course, row["name"], form_key=uuid.uuid4(), by=by)
    for output in row.get("output", []):
        course_groups.hand_in(group, output, None, form_key=uuid.uuid4(), by=by)


def _load_one_to_one(row: Row) -> None:
    """Asked at times at which both are free; one of them agreed."""
    by = User.objects.get(email=row["by"])
    other = User.objects.filter(email=row.get("agreed_by", "-")).first()
    values = {
        "topic": row["topic"], "words": row["words"], "reasons": "\n".join(row["reasons"]),
        "minutes": 30, "asked_organisation": Organisation.objects.get(
            external_id=row["organisation"]
        ),
        "asker_organisation": one_to_one.organisation_of(by),
    }  # fmt: skip
    times = busy.free_times([by, other], datetime.timedelta(minutes=30), 3)
    meeting = one_to_one.ask(values, times, form_key=uuid.uuid4(), by=by)
    if other is not None:
        one_to_one.accept(meeting, times[0], "Etäyhteydellä", by=other)
