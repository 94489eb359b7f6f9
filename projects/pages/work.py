"""A project's work over time as a picture with its table, and what comes next."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cluster_portal.core import pictures
from cluster_portal.core.database.columns import listed
from projects.models import Milestone, WorkPackage
from projects.models.work import WHOLE, WorkState, work_state
from projects.pages.parts import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projects.models import Project

TITLES = ("title_fi", "title_sv", "title_en")
Row = dict[str, Any]
NEXT, NEAR = 5, 7  # rows, and days that are near


def columns() -> dict[str, Any]:
    """The work packages and milestones of a project, for its own statement."""
    own = {"project": OuterRef("pk")}
    packages = WorkPackage.objects.filter(**own).order_by("number", "pk")
    milestones = Milestone.objects.filter(**own).order_by("due_on", "pk")
    plain = ("pk", "number", "starts_on", "ends_on", "done", *TITLES)
    dated = ("package_id", "due_on", "reached_on", *TITLES)
    return {
        "work": listed(packages, **{name: name for name in plain}),
        "milestone_rows": listed(milestones, **{name: name for name in dated}),
    }


def packages_of(project: Project) -> list[Row]:
    return [_package(row) for row in project.work]  # type: ignore[attr-defined]


def milestones_of(project: Project) -> list[Row]:
    return [_milestone(row) for row in project.milestone_rows]  # type: ignore[attr-defined]


def timeline(project: Project) -> Row | None:
    """For components/picture.html; None where nothing is planned yet."""
    packages, milestones = packages_of(project), milestones_of(project)
    frame = _frame(project, packages, milestones)
    if frame is None:
        return None
    works = _works(packages, milestones)
    title = _("Work packages and milestones")
    desc = _described(packages, milestones)
    wide, tall = (pictures.Caption(key, title, desc) for key in ("work-wide", "work-tall"))
    return {
        "heading": _("Work packages"),
        "level": "h2",
        "label": title,
        "svg": pictures.gantt(wide, works, frame),
        "svg_tall": pictures.gantt(tall, works, frame, is_tall=True),
        "key": _key(packages, milestones),
        "caption": title,
        "words": True,
        "head": [{"name": name} for name in (_("What"), _("When"), _("Done"), _("State"))],
        "rows": _table(packages, milestones),
    }


def _package(row: Row) -> Row:
    first, last = (datetime.date.fromisoformat(row[name]) for name in ("starts_on", "ends_on"))
    state = work_state(first, last, row["done"])
    return {**row, "title": _title(row), "starts_on": first, "ends_on": last, "state": state}


def _milestone(row: Row) -> Row:
    due, reached = row["due_on"], row["reached_on"]
    return {
        **row,
        "title": _title(row),
        "due_on": datetime.date.fromisoformat(due),
        "reached_on": datetime.date.fromisoformat(reached) if reached else None,
    }


def _title(row: Row) -> str:
    language = (get_language() or "fi")[:2]
    return str(row.get(f"title_{language}") or row["title_fi"])


def _frame(project: Project, packages: list[Row], milestones: list[Row]) -> Any:
    """From the first to the last day that is known, with a bit of air."""
    known = [row["starts_on"] for row in packages] + [row["ends_on"] for row in packages]
    known += [row["due_on"] for row in milestones]
    if not known:
        return None
    known += [day for day in (project.starts_on, project.ends_on) if day]
    first, last = min(known), max(known)
    return pictures.Frame(first.replace(day=1), last + datetime.timedelta(7), timezone.localdate())


def _works(packages: list[Row], milestones: list[Row]) -> list[pictures.Work]:
    """The packages, and a last row for the milestones of the whole project."""
    works = [
        pictures.Work(
            str(row["number"]), row["title"], row["starts_on"], row["ends_on"], row["state"],
            row["done"] / WHOLE, _dues(milestones, row["pk"]),
        )
        for row in packages
    ]  # fmt: skip
    of_all = _dues(milestones, None)
    if of_all:
        works.append(pictures.Work("", _("The whole project"), None, None, milestones=of_all))
    return works


def _dues(milestones: list[Row], package: int | None) -> tuple[datetime.date, ...]:
    return tuple(row["due_on"] for row in milestones if row["package_id"] == package)


def _key(packages: list[Row], milestones: list[Row]) -> list[Row]:
    found = {row["state"] for row in packages}
    key = [
        {"name": state.label, "kind": state.value}
        for state in (WorkState.DONE, WorkState.RUNNING, WorkState.LATE, WorkState.PLANNED)
        if state in found
    ]
    name = pgettext("of a project", "Milestone")
    return [*key, *([{"name": name, "kind": "milestone"}] if milestones else [])]


def _table(packages: list[Row], milestones: list[Row]) -> list[list[str]]:
    return [
        *(
            [
                f"{row['number']}. {row['title']}", days(row["starts_on"], row["ends_on"]),
                f"{row['done']} %", str(row["state"].label),
            ]
            for row in packages
        ),
        *(
            [row["title"], date_format(row["due_on"]), "–", _reached(row)]
            for row in milestones
        ),
    ]  # fmt: skip


def _reached(row: Row) -> str:
    if row["reached_on"]:
        return _("Reached %(day)s") % {"day": date_format(row["reached_on"])}
    return _("Late") if row["due_on"] < timezone.localdate() else _("Ahead")


def _described(packages: Sequence[Row], milestones: Sequence[Row]) -> str:
    late = sum(row["state"] == WorkState.LATE for row in packages)
    return _(
        "Work packages: %(packages)s, late: %(late)s. Milestones: %(milestones)s, "
        "reached: %(reached)s."
    ) % {
        "packages": len(packages), "late": late, "milestones": len(milestones),
        "reached": sum(bool(row["reached_on"]) for row in milestones),
    }  # fmt: skip


def next_steps(
    project: Project, applications: Sequence[Row], amendments: Sequence[Row], *, is_editor: bool
) -> list[Row]:
    """What those inside do next: answers to funders, late and coming work, milestones.

    Work and milestones lead to where they are changed, for those who edit the project.
    """
    edit = {
        name: reverse("projects:parts", args=[project.slug, name]) if is_editor else ""
        for name in ("packages", "milestones")
    }
    found = [
        _next(each["due"], _("Application"), each["asked"], each["url"])
        for each in applications
        if each["due"]
    ]
    found += [
        _next(row["ends_on"], _("Work package %(number)s") % row, row["title"], edit["packages"])
        for row in packages_of(project)
        if row["state"] in {WorkState.LATE, WorkState.RUNNING}
    ]
    found += [
        _next(
            row["due_on"], pgettext("of a project", "Milestone"), row["title"], edit["milestones"]
        )
        for row in milestones_of(project)
        if not row["reached_on"]
    ]
    found.sort(key=lambda row: row["day"])
    waiting = [
        {"when": "", "kind": _("Amendment"), "title": each["what"], "url": "#amendments",
         "days": _("Waits for a decision")}
        for each in amendments
        if each["state"] == "waiting"
    ]  # fmt: skip
    return [*waiting, *found][:NEXT]


def _next(day: datetime.date, kind: str, title: str, url: str) -> Row:
    left = (day - timezone.localdate()).days
    words = ngettext("%(count)s day", "%(count)s days", abs(left)) % {"count": abs(left)}
    return {
        "day": day,
        "when": date_format(day),
        "days": _("Late, %(days)s") % {"days": words} if left < 0 else words,
        "is_near": left <= NEAR,
        "kind": kind,
        "title": title,
        "url": url,
    }
