"""What the example tells of projects at work: staff, work packages, milestones, amendments."""

from __future__ import annotations

import datetime
import tomllib
from typing import TYPE_CHECKING, Any

from cluster_portal.core.text.languages import LANGUAGES
from members.models import Organisation, User
from projects.models import (
    Amendment,
    CompletionRequest,
    Milestone,
    Project,
    StaffMember,
    WorkPackage,
)

if TYPE_CHECKING:
    from pathlib import Path

    from projects.models import Application

Row = dict[str, Any]


def load_work(folder: Path, today: datetime.date) -> None:
    rows = tomllib.loads((folder / "projects.toml").read_text(encoding="utf-8"))["project"]
    for row in rows:
        project = Project.objects.get(slug=row["slug"])
        if not project.staff.exists() and not project.milestones.exists():
            _load(project, row, today)


def _load(project: Project, row: Row, today: datetime.date) -> None:
    for one in row.get("staff", []):
        _load_staff(project, one)
    for one in row.get("package", []):
        WorkPackage.objects.create(
            project=project, number=one["number"], done=one["done"],
            organisation=Organisation.objects.filter(external_id=one.get("organisation")).first(),
            starts_on=_day(one, "starts", today), ends_on=_day(one, "ends", today),
            **_titles(one),
        )  # fmt: skip
    packages = {each.number: each for each in project.work_packages.all()}
    for one in row.get("milestone", []):
        due = one.get("on") or today + datetime.timedelta(days=one["in_days"])
        Milestone.objects.create(
            project=project, package=packages.get(one.get("package", 0)), due_on=due,
            reached_on=due if one["done"] else None, **_titles(one),
        )  # fmt: skip
    for one in row.get("amendment", []):
        Amendment.objects.create(
            project=project, what=one["what"], why=one["why"], stage=one["stage"],
            asked_on=_day(one, "asked", today), decided_on=later(one, "decided", today),
        )  # fmt: skip


def _load_staff(project: Project, row: Row) -> None:
    person = User.objects.filter(email=row.get("user", "")).first()
    affiliation = person.affiliations.confirmed().first() if person else None
    named = Organisation.objects.filter(external_id=row.get("organisation", "")).first()
    StaffMember.objects.create(
        project=project, role=row["role"], user=person, name=row.get("name", ""),
        organisation=affiliation.organisation if affiliation else named,
        percent=row.get("percent"),
        starts_on=project.starts_on, ends_on=project.ends_on,
    )  # fmt: skip


def load_completions(application: Application, rows: list[Row], today: datetime.date) -> None:
    for row in rows:
        CompletionRequest.objects.create(
            application=application, what=row["what"], asked_on=_day(row, "asked", today),
            due_on=_day(row, "due", today), answered_on=later(row, "answered", today),
        )  # fmt: skip


def _day(row: Row, key: str, today: datetime.date) -> datetime.date:
    """`<key>_on`, or `<key>_in_days` from today."""
    if f"{key}_in_days" in row:
        return today + datetime.timedelta(days=row[f"{key}_in_days"])
    day: datetime.date = row[f"{key}_on"]
    return day


def later(row: Row, key: str, today: datetime.date) -> datetime.date | None:
    """What may not have come yet."""
    has = f"{key}_in_days" in row or f"{key}_on" in row
    return _day(row, key, today) if has else None


def _titles(row: Row) -> Row:
    return {f"title_{code}": row.get(f"text_{code}", "") for code in LANGUAGES}
