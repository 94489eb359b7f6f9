"""What is told of a project to its own people: who is named, what its funders ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.notifications.kinds import Kind, KindGroup, NothingToSay
from projects.models import StaffMember
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


def _kind(name: str, label: Any, context: Any, **values: Any) -> Kind:
    return Kind(name, label=label, group=KindGroup.PROJECTS, context=context, **values)


KINDS = [
    _kind("staff_named", _("I am named on the staff of a project"), _staff_named),
]
