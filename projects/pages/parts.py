"""Pages on which a project's own people keep its texts, steps, staff, work and milestones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.forms.parts import FORMS
from projects.pages.idea_form import trail
from projects.services.parts import KINDS

if TYPE_CHECKING:
    import datetime

    from projects.models import Milestone, Project, ProjectStep, StaffMember, WorkPackage


@dataclass(frozen=True)
class Words:
    name: Any
    lead: Any
    add: Any
    heading: Any
    nothing: Any


WORDS = {
    "steps": Words(
        gettext_lazy("Steps"),
        gettext_lazy("How the project came about and what has happened. Everybody reads them."),
        gettext_lazy("Add a step"), gettext_lazy("A step of the project"),
        gettext_lazy("No step is written down yet."),
    ),
    "staff": Words(
        gettext_lazy("Staff"),
        gettext_lazy(
            "Who works in the project and how much. Everybody sees the roles, those inside the "
            "project the names."
        ),
        gettext_lazy("Add to the staff"), gettext_lazy("Somebody on the staff"),
        gettext_lazy("Nobody is on the staff list yet."),
    ),
    "packages": Words(
        gettext_lazy("Work packages"),
        gettext_lazy(
            "What is done when and by whom. The timeline on the project’s page shows them."
        ),
        gettext_lazy("Add a work package"), gettext_lazy("Work package"),
        gettext_lazy("There is no work package yet."),
    ),
    "milestones": Words(
        pgettext_lazy("of a project", "Milestones"),
        gettext_lazy("What is reached by which day. The timeline shows them as diamonds."),
        pgettext_lazy("of a project", "Add a milestone"),
        pgettext_lazy("of a project", "Milestone"),
        gettext_lazy("There is no milestone yet."),
    ),
}  # fmt: skip


def navigation(project: Project, current: str) -> list[dict[str, Any]]:
    """The pages of editing a project, as links."""
    pages = [
        ("text", _("Text"), reverse("projects:project_edit", args=[project.slug])),
        *(
            (name, WORDS[name].name, reverse("projects:parts", args=[project.slug, name]))
            for name in KINDS
        ),
        ("partners", _("Partners"), reverse("projects:project_partners", args=[project.slug])),
    ]
    return [
        {"name": label, "url": url, "is_current": name == current} for name, label, url in pages
    ]


def edit_values(project: Project) -> dict[str, Any]:
    return {
        "project": project,
        "pages": navigation(project, "text"),
        "trail": _trail(project, _("Edit")),
        "current": "projects",
    }


def list_values(name: str, project: Project) -> dict[str, Any]:
    words = WORDS[name]
    rows = KINDS[name].model.objects.filter(project=project)
    return {
        "project": project,
        "heading": words.name,
        "lead": words.lead,
        "nothing": words.nothing,
        "add": words.add,
        "add_url": reverse("projects:part_add", args=[project.slug, name]),
        "rows": [_row(name, row, project) for row in RELATED[name](rows)],
        "pages": navigation(project, name),
        "trail": _trail(project, words.name),
        "current": "projects",
    }


def form_values(name: str, project: Project, row: Any) -> dict[str, Any]:
    words = WORDS[name]
    above = {"name": words.name, "url": reverse("projects:parts", args=[project.slug, name])}
    return {
        "project": project,
        "row": row,
        "heading": words.heading if row else words.add,
        "back": above["url"],
        "pages": navigation(project, name),
        "trail": [*_above(project), above, {"name": words.heading if row else words.add}],
        "current": "projects",
    }


def _above(project: Project) -> list[dict[str, Any]]:
    return trail({"name": project.title, "url": project.get_absolute_url()})


def _trail(project: Project, name: Any) -> list[dict[str, Any]]:
    return [*_above(project), {"name": name}]


def form_of(name: str) -> Any:
    return FORMS[name]


RELATED: dict[str, Any] = {
    "steps": lambda rows: rows,
    "staff": lambda rows: rows.select_related("user", "organisation"),
    "packages": lambda rows: rows.select_related("organisation"),
    "milestones": lambda rows: rows.select_related("package"),
}


def _row(name: str, row: Any, project: Project) -> dict[str, Any]:
    address = [project.slug, name, row.public_id]
    return {
        **SHOWN[name](row),
        "url": reverse("projects:part", args=address),
        "remove_url": reverse("projects:part_remove", args=address),
        "stamp": row.stamp,
    }


def _step(row: ProjectStep) -> dict[str, Any]:
    return {"kind": row.when, "title": row.text}


def _staff(row: StaffMember) -> dict[str, Any]:
    share = _("%(percent)s%% of working time") % {"percent": row.percent} if row.percent else ""
    organisation = row.organisation.title if row.organisation else ""
    text = " · ".join(filter(None, [organisation, share, days(row.starts_on, row.ends_on)]))
    return {
        "kind": row.get_role_display(),
        "title": row.person or _("Not chosen yet"),
        "text": text,
    }


def _package(row: WorkPackage) -> dict[str, Any]:
    organisation = row.organisation.title if row.organisation else ""
    done = _("%(percent)s%% done") % {"percent": row.done}
    return {
        "kind": _("Work package %(number)s") % {"number": row.number},
        "title": row.title,
        "text": " · ".join(filter(None, [organisation, days(row.starts_on, row.ends_on), done])),
        "state": row.state.look,
        "state_text": row.state.label,
    }


def _milestone(row: Milestone) -> dict[str, Any]:
    return {
        "kind": date_format(row.due_on),
        "title": row.title,
        "text": str(row.package) if row.package else _("The whole project"),
        "state": "done" if row.reached_on else "waiting",
        "state_text": _("Reached") if row.reached_on else _("Ahead"),
    }


SHOWN: dict[str, Any] = {
    "steps": _step, "staff": _staff, "packages": _package, "milestones": _milestone,
}  # fmt: skip


def days(first: datetime.date | None, last: datetime.date | None) -> str:
    """1.11.2023–31.12.2026, or what is known of it."""
    if first or last:
        return "–".join(date_format(each) if each else "" for each in (first, last))
    return ""
