"""What is said of ideas: invitations, offers, answers, co-editors, the coordinators' yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from projects.models import Partnership, Project, ProjectEditor
from projects.models.partnerships import Stage

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _of_partnership(mail: OutboxMail) -> dict[str, Any]:
    row = mail.about
    if not isinstance(row, Partnership):
        raise NothingToSay
    stage = mail.values.get("stage", row.stage)
    return {
        "title": row.project.title,
        "summary": row.project.summary,
        "organisation": row.organisation.title,
        "part": row.part,
        "note": row.note,
        "by": row.invited_by.get_full_name() if row.invited_by else "",
        "answer_by": date_format(row.answer_by) if row.answer_by else "",
        "reason": mail.values.get("reason", ""),
        "is_in": stage == Stage.ACCEPTED,
        "is_late": stage == Stage.EXPIRED,
        "is_role_open": stage != Stage.ACCEPTED and _is_open(row),
    }


def _is_open(row: Partnership) -> bool:
    """A role that the idea looked for and nobody has; several may be invited to one."""
    role = row.wanted_role_id
    return role is not None and not Partnership.objects.accepted().filter(wanted_role=role).exists()


def _invited(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it has been answered or has expired."""
    row = mail.about
    if isinstance(row, Partnership) and row.stage != Stage.INVITED:
        raise NothingToSay
    return _of_partnership(mail)


def _of_project(mail: OutboxMail) -> dict[str, Any]:
    if mail.about is None:
        raise NothingToSay
    is_open = isinstance(mail.about, Project)  # else of a partner who reads it no more
    stage = mail.values.get("stage", "")
    return {
        "title": mail.about.title if is_open else "",
        "organisation": mail.values.get("organisation", ""),
        "part": mail.values.get("part", ""),
        "reason": mail.values.get("reason", ""),
        "was_in": stage == Stage.ACCEPTED,
        "yes": bool(mail.values.get("yes", "")),
        "name": mail.values.get("name", ""),
        "draft": bool(mail.values.get("draft", "")),
    }


def _co_editor(mail: OutboxMail) -> dict[str, Any]:
    editor = mail.about
    if not isinstance(editor, ProjectEditor):
        raise NothingToSay
    by = editor.named_by.get_full_name() if editor.named_by else ""
    return {"title": editor.project.title, "summary": editor.project.summary, "by": by}


def _editor_ended(mail: OutboxMail) -> dict[str, Any]:
    """The idea is named also to who sees it no more: they have edited it, or were asked to."""
    idea = mail.about
    return {
        "title": idea.title if isinstance(idea, Project) else mail.values["title"],
        "asked": bool(mail.values["asked"]), "name": mail.values["name"],
        "is_seen": idea is not None,
    }  # fmt: skip


_kind = of_group(KindGroup.PROJECTS)

KINDS = [
    _kind("partner_invited", _("Our organisation is invited to an idea or a project"), _invited),
    _kind("partner_answered", _("An answer to an invitation of ours"), _of_partnership),
    _kind("partner_offered", _("Somebody offers to take part in our idea"), _of_partnership),
    _kind("offer_answered", _("An answer to our offer, or our invitation expired"),
          _of_partnership),
    _kind("partner_left", _("A partner has left our idea or project"), _of_project),
    _kind("partner_removed", _("An invitation or partnership of ours has ended"), _of_project),
    _kind("co_editor_asked", _("I am asked to edit an idea"), _co_editor),
    _kind("co_editor_answered", _("An answer to asking a co-editor"), _of_project),
    _kind("co_editor_ended", _("Somebody no longer edits an idea"), _editor_ended),
    _kind("idea_asked", _("An idea waits for a coordinator"), _of_project),
    _kind("idea_answered", _("A coordinator’s answer on our idea"), _of_project),
]  # fmt: skip
