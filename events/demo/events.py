"""The example's events, from `events.toml`; dates are relative to the day of the first load.

What is coming goes through the services that people use, so that places, queue and notices are
real. Loading twice changes nothing: an event that is there is left as people have made it since.
"""

from __future__ import annotations

import datetime
import tomllib
import uuid
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from cluster_portal.core import vocabulary
from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.models import OutboxMail
from events.demo.days import day_of, moment
from events.models import (
    AgendaItem,
    Event,
    EventQuestion,
    Idea,
    Registration,
    Seats,
)
from events.models.events import Mode
from events.models.registrations import Stage
from events.services import events as event_services
from events.services import (
    ideas,
    proposals,
    quotas,
)
from events.services import registrations as services
from events.services.registrations import Details
from members.models import Cluster, Coordinator, Organisation, User
from projects.models import Challenge, Measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from events.demo.days import Row

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
    by, day = User.objects.get(email=row["by"]), day_of(row, today)
    challenge = Challenge.objects.select_related("organisation").get(slug=row["challenge"])
    names = ("kind", "title_fi", "summary_fi", "municipality")
    values = {
        **{name: row[name] for name in names}, "description": row["description"].strip(),
        "organisation": challenge.organisation, "form_key": uuid.uuid4(), "visibility": "members",
        "starts_at": moment(day, row["starts"]), "ends_at": moment(day, row["ends"]),
        "registration_closes_at": moment(day, CLOSES_AT, 7),
    }  # fmt: skip
    source = proposals.Source(challenge=challenge)
    event = proposals.propose_event(values, {Mode.ON_SITE: row["places"]}, by=by, source=source)
    proposals.move_proposal(event, "submit", by=by)


def _load_event(row: Row, guests: list[Row], today: datetime.date) -> None:
    cluster = Cluster.objects.get(slug=row["cluster"])
    by = User.objects.get(pk=Coordinator.objects.filter(cluster=cluster).values("user")[:1])
    day = day_of(row, today)
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
        AgendaItem.objects.create(event=event, starts_at=moment(day, item["at"]), **values)
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


def _event(row: Row, cluster: Cluster, day: datetime.date) -> Event:
    return Event(
        home_cluster=cluster,
        organisation=Organisation.objects.get(external_id=row["organisation"]),
        starts_at=moment(day, row["starts"]),
        ends_at=moment(day, row["ends"]),
        registration_opens_at=moment(day, OPENS_AT, row["registration_opens_days_before"]),
        registration_closes_at=moment(day, CLOSES_AT, row["registration_closes_days_before"]),
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
