"""What is told of a project to its own people: who is named, what its funders ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.notifications.kinds import KindGroup, NothingToSay, of_group
from projects.models import Application, CompletionRequest, Project, StaffMember
from projects.models.staff import StaffRole
from projects.pages.parts import days

if TYPE_CHECKING:
    from cluster_portal.notifications.models import OutboxMail


def _staff_named(mail: OutboxMail) -> dict[str, Any]:
    """Silent once they are off the list again."""
    row = mail.about
    if not isinstance(row, StaffMember) or row.user_id != mail.recipient_id:
        raise NothingToSay
    act = audit.of(row.project).filter(action="staff saved", details__key=row.pk).first()
    return {
        "title": row.project.title,
        "role": row.get_role_display(),
        "period": days(row.starts_on, row.ends_on),
        "by": act.actor.get_full_name() if act and act.actor else "",
        "is_manager": row.role == StaffRole.MANAGER,
    }


def _completion(mail: OutboxMail) -> dict[str, Any]:
    """Silent once it has been answered or the funder waits for it no more."""
    waiting = CompletionRequest.objects.waiting().filter(application=mail.about_id)
    row = waiting.select_related("application").first()
    if row is None or not isinstance(mail.about, Application):
        raise NothingToSay
    title, due = row.application.title, date_format(row.due_on)
    is_over = row.due_on < timezone.localdate()
    return {
        "title": title,
        "funder": row.application.funder or "–",
        "what": row.what,
        "due": due,
        "is_over": is_over,
    }


def _lead_changed(mail: OutboxMail) -> dict[str, Any]:
    if not isinstance(mail.about, Project):
        raise NothingToSay
    return {"title": mail.about.title, "organisation": mail.values["organisation"]}


_kind = of_group(KindGroup.PROJECTS)

KINDS = [
    _kind("staff_named", _("I am named on the staff of a project"), _staff_named),
    _kind("completion_asked", _("A funder asks for a completion"), _completion),
    _kind("completion_due", _("A completion has to be answered soon"), _completion),
    _kind("lead_changed", _("A project of ours has a new lead partner"), _lead_changed),
]
