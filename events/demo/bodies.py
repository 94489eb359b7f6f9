"""The example's bodies and their meetings: two that were held, with minutes, and one to come."""

from __future__ import annotations

import datetime
import tomllib
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from cluster_portal.core import vocabulary
from events.demo.days import moment
from events.models import (
    Body,
    Decision,
    Meeting,
    MeetingItem,
)
from events.services import bodies as body_services
from events.services import decisions as decision_services
from events.services import meetings as meeting_services
from events.services import (
    minutes,
)
from events.services.decisions import Told
from members.models import Cluster, Organisation, User
from projects.models import Project, Result

if TYPE_CHECKING:
    from pathlib import Path

    from events.demo.days import Row

BODY = (
    *("kind", "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en"),
    *("visibility", "papers_by", "quorum"),
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
    ahead = moment(today + datetime.timedelta(days=max(row["in_days"], 7)), row["starts"])
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
        held = moment(today + datetime.timedelta(days=row["in_days"]), row["starts"])
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
    others = meeting.body.meetings.exclude(pk=meeting.pk).filter(year=held.year)
    last = others.aggregate(last=Max("number"))["last"] or 0
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=held, ends_at=held + datetime.timedelta(hours=2), year=held.year, number=last + 1,
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
