"""A project's page and card, as plain values for the templates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster_portal.core import origin
from cluster_portal.core.database.columns import listed, texts
from cluster_portal.core.templatetags.ui import shy
from projects.models import Application, Project, ProjectStep
from projects.models.projects import BESIDE, PATH, STOPPED, Stage
from projects.models.projects import MOVES as PROJECT_MOVES
from projects.models.shared import Scope
from projects.models.staff import StaffRole
from projects.pages import history, staffing, work
from projects.pages.applications import applications
from projects.pages.budget import budget_tables
from projects.services import closing

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import Organisation
    from projects.models import Budget, Partnership

SHAPES = {
    Stage.IDEA: "waiting",
    Stage.PREPARING: "waiting",
    Stage.APPLIED: "waiting",
    Stage.COMPLETION: "waiting",
    Stage.GRANTED: "running",
    Stage.RUNNING: "running",
    Stage.AMENDMENT: "running",
    Stage.CLOSING: "running",
    Stage.REPORTED: "running",
    Stage.ENDED: "done",
    Stage.FOLLOW_UP: "done",
}


ENDING = {Stage.CLOSING, Stage.REPORTED}
OVER = STOPPED | {Stage.ENDED, Stage.FOLLOW_UP}
# Where there may be results, and things to hand over.
WITH_PACKAGE = {
    Stage.RUNNING, Stage.AMENDMENT, *ENDING, Stage.ENDED, Stage.FOLLOW_UP,
}  # fmt: skip


def columns(user: Reader) -> dict[str, Any]:
    """The themes, the steps and the work of a project, for its own statement."""
    links = Project.terms.through.objects.filter(project=OuterRef("pk"))
    past = ProjectStep.objects.filter(project=OuterRef("pk")).order_by("on", "pk")
    names = ("on", "until", "precision", "text_fi", "text_sv", "text_en")
    return {
        "term_labels": texts(
            links.order_by("term__scheme", "term__position", "term__code"), "term__label"
        ),
        "roles_of_staff": staffing.roles(),
        **work.columns(),
        "is_inside": Exists(Project.objects.inside(user).filter(pk=OuterRef("pk"))),
        **history.columns(),
        "has_applications": Exists(Application.objects.filter(project=OuterRef("pk"))),
        "past": listed(past, **{name: name for name in names}),
    }


def shape(stage: str) -> str:
    return SHAPES.get(Stage(stage), "stopped")


def bar(stage: str) -> list[bool]:
    """How far along the straight way a project is, a segment for each of its stages."""
    here = PATH.index(BESIDE.get(Stage(stage), Stage(stage)))
    return [at <= here for at in range(len(PATH))]


def steps(stage: str) -> list[dict[str, Any]]:
    """The straight way with the place where the project is, or where it stopped."""
    now = Stage(stage)
    here = PATH.index(BESIDE.get(now, now))
    drawn = []
    for at, step in enumerate(PATH):
        state = "done" if at < here else ""
        if at == here:
            state = "stopped" if now in STOPPED else "current"
        name = now.label if at == here else step.label
        drawn.append({"name": name, "state": state})
    return drawn


def _kind(project: Project) -> str:
    if project.instrument:
        return project.get_instrument_display()
    return _("Idea") if project.stage == Stage.IDEA else _("Project")


def card(project: Project) -> dict[str, Any]:
    return {
        "kind": _kind(project),
        "title": project.title,
        "url": project.get_absolute_url(),
        "text": project.summary,
        "bar": bar(project.stage),
        "stage": project.get_stage_display(),
        "cluster": project.home_cluster.name,
    }


def inside(project: Project, user: Reader) -> dict[str, Any]:
    """What those inside the project read beside the rest; empty for others."""
    if not project.is_inside:  # type: ignore[attr-defined]
        return {}
    asked = applications(project, user) if project.has_applications else []  # type: ignore[attr-defined]
    changes = history.amendments(project, user)
    is_editor = project.is_editable_by(user)
    return {
        "is_inside": True,
        "staff": staffing.rows(project, user),
        "applications": asked,
        "amendments": changes,
        "next_steps": work.next_steps(project, asked, changes, is_editor=is_editor)
        if project.stage not in OVER else [],
        "can_amend": PROJECT_MOVES.may("amend", project, user),
        "closing": history.closing(project, closing.missing(project))
        if is_editor and project.stage in ENDING else [],
        "moves": page_moves(project, user, changes),
        "starts": origin.starts_of(project, user) if is_editor else [],
    }  # fmt: skip


def page_moves(project: Project, user: Reader, changes: list[dict[str, Any]]) -> Any:
    """The steps that are one press; an amendment has forms of its own."""
    is_open = any(each["decide_url"] for each in changes)
    table = PROJECT_MOVES.without("amend", *(["amended"] if is_open else []))
    return table.open_to(project, user)


def values(
    project: Project,
    *,
    budget: Budget | None,
    partners: list[Partnership],
    user: Reader,
) -> dict[str, Any]:
    tables = budget_tables(budget) if budget else None
    return {
        "project": project,
        "state": shape(project.stage),
        "steps": steps(project.stage),
        "facts": facts(project, tables.net if tables else ""),
        "partners": partners,
        "timeline": timeline(project),
        "tables": tables,
        "is_editor": project.is_editable_by(user),
        "work": work.timeline(project),
        "history": history.stages(project, is_inside=project.is_inside),  # type: ignore[attr-defined]
        "terms": project.term_labels,  # type: ignore[attr-defined]
        "thread": origin.thread_of(project, user),
        "package_url": reverse("projects:package", args=[project.slug])
        if project.stage in WITH_PACKAGE
        else "",
        "trail": [
            {"name": _("Projects"), "url": reverse("projects:list")},
            {"name": project.title},
        ],
    }


def row(project: Project) -> dict[str, Any]:
    """A project as a line on other pages."""
    return {
        "url": project.get_absolute_url(),
        "title": project.title,
        "kind": _kind(project),
        "text": project.summary,
        "state": shape(project.stage),
        "state_text": project.get_stage_display(),
    }


def timeline(project: Project) -> list[dict[str, str]]:
    return [
        {"when_text": step.when, "what": "", "text": shy(step.text), "state": "done"}
        for step in map(_step, project.past)  # type: ignore[attr-defined]
    ]


def _step(row: dict[str, Any]) -> ProjectStep:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return ProjectStep(**{**row, "on": date.fromisoformat(row["on"]), "until": until})


def facts(project: Any, net: str) -> list[dict[str, Any]]:
    """Facts beside the text; `owner_seen` and `funder_seen` say what this reader may know."""
    owner = project.organisation if project.owner_seen else None
    funder = project.funder if project.funder_seen else None
    return [
        {"name": _("Duration"), "value": period(project.starts_on, project.ends_on)},
        {"name": _("Funding instrument"), "value": project.get_instrument_display()},
        _organisation(_("Funder"), funder),
        {"name": _("Project code"), "value": project.code},
        {"name": _("Net costs"), "value": net},
        {"name": _("Staff"), "value": _listed(project.roles_of_staff, StaffRole)},
        {"name": _("Level of activity"), "value": _listed(project.scopes, Scope)},
        _organisation(_("Owner"), owner),
        {
            "name": _("Cluster"), "value": project.home_cluster.name,
            "url": project.home_cluster.get_absolute_url(),
        },
    ]  # fmt: skip


def _organisation(name: str, found: Organisation | None) -> dict[str, Any]:
    return {
        "name": name,
        "value": found.title if found else "",
        "url": found.get_absolute_url() if found else "",
    }


def _listed(codes: list[str], choices: Any) -> str:
    return ", ".join(str(choices(code).label) for code in codes).lower()


def period(first: date | None, last: date | None) -> str:
    """1.11.2023–31.12.2026, or what is known of it."""
    if first and last:
        return f"{date_format(first)}–{date_format(last)}"
    if first:
        return pgettext("period", "from %(day)s") % {"day": date_format(first)}
    return pgettext("period", "until %(day)s") % {"day": date_format(last)} if last else ""
