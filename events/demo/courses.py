"""The example's course with its groups, and meetings of two."""

from __future__ import annotations

import datetime
import tomllib
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from events.models import (
    Course,
    Event,
    OneToOne,
)
from events.models.agenda import MaterialKind, ReadBy, Shown
from events.services import (
    busy,
    course_groups,
    courses,
    materials,
    one_to_one,
)
from members.models import Coordinator, Organisation, User

if TYPE_CHECKING:
    from pathlib import Path

    from events.demo.days import Row

COURSE = (
    *("title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en"),
    *("description", "prerequisites", "group_task", "has_register", "visibility"),
)


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
        link = settings.SITE_URL * line["link"].startswith("/") + line["link"]
        courses.add_reading(course, line | {"link": link}, form_key=uuid.uuid4(), by=by)
    for material in row.get("material", []):
        _load_material(material, office)
    course = courses.move_course(course, "submit", by=by)
    course = courses.move_course(course, "publish", by=office)
    for group in row.get("group", []):
        _load_group(course, group)
    for risk in row.get("risk", []):
        told = {name: value for name, value in risk.items() if name != "by"}
        author = User.objects.get(email=risk["by"])
        course_groups.add_risk(course, told, form_key=uuid.uuid4(), by=author)


def _load_material(row: Row, by: User) -> None:
    """By link, to read before the part."""
    values = {
        "title": row["title"], "kind": MaterialKind.MATERIAL, "link": row["link"],
        "read_by": ReadBy.EVERYONE, "shown": Shown.AT_ONCE, "form_key": uuid.uuid4(),
    }  # fmt: skip
    materials.add_material(Event.objects.get(slug=row["event"]), values, None, by=by)


def _load_group(course: Course, row: Row) -> None:
    by = User.objects.get(email=row["by"])
    group = course_groups.make_group(course, row["name"], form_key=uuid.uuid4(), by=by)
    trainer = course.teller
    for told in row.get("output", []):
        values = {name: told[name] for name in ("title", "text")}
        output = course_groups.hand_in(group, values, None, form_key=uuid.uuid4(), by=by)
        if trainer is not None and told.get("comment"):
            course_groups.comment_output(output, told["comment"], seen=output.stamp, by=trainer)


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
