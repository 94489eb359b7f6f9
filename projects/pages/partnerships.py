"""An invitation or an offer, the co-editors of an idea, and an application, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.core.templatetags.ui import euros
from members.models import Organisation
from projects.forms.applications import MoveForm
from projects.models import Partnership
from projects.models.applications import MOVES as APPLICATION_MOVES
from projects.models.applications import Stage as ApplicationStage
from projects.models.partnerships import MOVES, Role, Stage
from projects.pages.applications import due_words, events, open_request
from projects.pages.idea_form import of_idea
from projects.pages.parts import navigation
from projects.services.partner_roles import may_change_lead
from projects.services.partnerships import may_leave, may_remove

if TYPE_CHECKING:
    from django.http import QueryDict

    from cluster_portal.core.visibility import Reader
    from projects.models import Application, Project

SHAPES = {
    Stage.INVITED: "waiting", Stage.INTERESTED: "waiting", Stage.ACCEPTED: "done",
    Stage.DECLINED: "stopped", Stage.EXPIRED: "stopped",
}  # fmt: skip


def values(row: Partnership, user: Reader) -> dict[str, Any]:
    project = row.project
    inviter = row.invited_by.get_full_name() if row.invited_by else ""
    titles = {Stage.INTERESTED: _("Offer"), Stage.ACCEPTED: _("Partner")}
    title = titles.get(Stage(row.stage), _("Invitation to an idea"))
    return {
        "row": row,
        "project": project,
        "title": title,
        "state": SHAPES[Stage(row.stage)],
        "moves": [] if row.is_overdue else MOVES.open_to(row, user),
        "can_remove": may_remove(row, user),
        "can_leave": may_leave(row, user),
        "facts": [
            {
                "name": _("Organisation"), "value": row.organisation.title,
                "url": row.organisation.get_absolute_url(),
            },
            {"name": _("Role"), "value": row.part},
            {"name": _("Invited by"), "value": inviter},
            {
                "name": _("Last day to answer"),
                "value": date_format(row.answer_by) if row.answer_by else "",
            },
        ],
        "trail": of_idea(project, title),
        "current": "projects",
    }  # fmt: skip


def partner_values(project: Project, user: Reader) -> dict[str, Any]:
    rows = Partnership.objects.filter(project=project).select_related("organisation", "wanted_role")
    may_lead = may_change_lead(project, user)
    return {
        "project": project,
        "heading": _("Partners"),
        "lead": _("Who takes part, in which role. Who is removed is told why."),
        "nothing": _("Nobody takes part yet."),
        "add": _("Invite a partner"),
        "add_url": reverse("projects:idea_invite", args=[project.slug]),
        "rows": [_partner(row, project, may_lead=may_lead) for row in rows.order_by("pk")],
        "pages": navigation(project, "partners"),
        "trail": of_idea(project, _("Partners")),
        "current": "projects",
    }  # fmt: skip


def _partner(row: Partnership, project: Project, *, may_lead: bool) -> dict[str, Any]:
    own = [project.slug, row.public_id]
    is_in, is_lead = row.stage == Stage.ACCEPTED, row.role == Role.LEAD
    page = reverse("projects:partnership", args=own)
    can_remove = not is_lead and row.stage != Stage.INTERESTED
    return {
        "kind": ", ".join(filter(None, [row.part, row.task])),
        "title": row.organisation.title,
        "url": reverse("projects:partner_edit", args=own) if is_in else page,
        "state": SHAPES[Stage(row.stage)],
        "state_text": row.get_stage_display(),
        "remove_url": f"{page}remove/" if can_remove else "",
        "needs_reason": is_in,
        "lead_url": f"{page}lead/" if may_lead and is_in and not is_lead else "",
        "key": row.pk,
    }


def partner_form_values(row: Partnership) -> dict[str, Any]:
    project = row.project
    above = {
        "name": _("Partners"),
        "url": reverse("projects:project_partners", args=[project.slug]),
    }
    return {
        "project": project, "row": row, "heading": row.organisation.title, "back": above["url"],
        "trail": [*of_idea(project, above["name"])[:-1], above, {"name": row.organisation.title}],
        "current": "projects",
    }  # fmt: skip


def completion_values(row: Application) -> dict[str, Any]:
    heading = _("The funder asks for a completion")
    return {
        "project": row.project, "heading": heading, "lead": row.title,
        "back": row.get_absolute_url(), "trail": of_idea(row.project, heading),
        "current": "projects",
    }  # fmt: skip


def editor_values(idea: Project) -> dict[str, Any]:
    return {
        "project": idea,
        "author": idea.author,
        # Who was only asked is not listed: it would tell which addresses have an account.
        "editors": list(idea.editors.accepted().select_related("user")),
        "trail": of_idea(idea, _("Co-editors")),
        "current": "projects",
    }


def application_values(row: Application, user: Reader) -> dict[str, Any]:
    """Whoever edits the project writes it; its partners read it."""
    project = row.project
    partners = Partnership.objects.visible_to(user).accepted().filter(project=project)
    partners = partners.select_related("organisation", "wanted_role")
    waiting = open_request(row)
    return {
        "application": row,
        "project": project,
        "state": ApplicationStage(row.stage).look,
        "may_edit": row.is_changeable and project.is_editable_by(user),
        "moves": [
            (action, move, MoveForm(action=action))
            for action, move in APPLICATION_MOVES.without("ask_completion").open_to(row, user)
        ],
        "ask_url": reverse("projects:completion_ask", args=[project.slug, row.public_id])
        if APPLICATION_MOVES.may("ask_completion", row, user)
        else "",
        "waiting": waiting,
        "due_words": due_words(waiting.due_on) if waiting else "",
        "events": events(row),
        "partners": partners.order_by("pk"),
        "parts": [
            {"name": _("Summary"), "text": row.summary},
            {"name": _("What is done"), "text": row.plan},
            {"name": _("Aim"), "text": row.aim},
        ],
        "facts": _application_facts(row),
        "trail": of_idea(project, _("Application")),
        "current": "projects",
    }


def _application_facts(row: Application) -> list[dict[str, Any]]:
    return [
        {"name": _("Project"), "value": row.project.title, "url": row.project.get_absolute_url()},
        {"name": _("Funder"), "value": row.funder},
        {"name": _("Sum"), "value": euros(row.amount_cents / 100) if row.amount_cents else ""},
        {"name": _("Duration in months"), "value": row.duration_months or ""},
        {
            "name": _("Sum granted"),
            "value": euros(row.granted_cents / 100) if row.granted_cents else "",
        },
        _dated(_("Submitted on"), row.submitted_on),
        _dated(_("Decided on"), row.decided_on),
    ]  # fmt: skip


def _dated(name: str, day: Any) -> dict[str, Any]:
    return {"name": name, "value": date_format(day) if day else ""}


def role_given(idea: Project, given: QueryDict) -> int | str:
    """The open role that the address names, for a form that offers to take it."""
    told = given.get("role", "")
    open_roles = idea.wanted_roles.missing()
    return next((role.pk for role in open_roles if str(role.public_id) == told), "")


def given_to_invite(idea: Project, given: QueryDict, user: Reader) -> dict[str, Any]:
    """The role and the organisation that the address names."""
    slug = given.get("organisation", "")[:100]
    found = Organisation.objects.visible_to(user).filter(slug=slug).first()
    return {"role": role_given(idea, given), "organisation": found.pk if found else ""}
