"""Steps, staff, work packages and milestones of a project, written by those who edit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.notifications import outbox
from projects.models import Milestone, ProjectStep, StaffMember, WorkPackage
from projects.services.ideas import locked

if TYPE_CHECKING:
    from uuid import UUID

    from members.models import User
    from projects.models import Project
    from projects.models.parts import ProjectPart


@dataclass(frozen=True)
class Kind:
    """A kind of row: its model, how many a project may have, and what its acts are called."""

    model: Any
    most: int
    saved: str
    removed: str


KINDS = {
    "steps": Kind(ProjectStep, 100, "step saved", "step removed"),
    "staff": Kind(StaffMember, 60, "staff saved", "staff removed"),
    "packages": Kind(WorkPackage, 30, "work package saved", "work package removed"),
    "milestones": Kind(Milestone, 60, "milestone saved", "milestone removed"),
}


@transaction.atomic
def add_part(name: str, project: Project, values: dict[str, Any], *, key: UUID, by: User) -> Any:
    """`key` comes with the form: the same form makes one row."""
    kind, project = KINDS[name], _editable(project, by)
    known = kind.model.objects.filter(public_id=key).first()
    if known is not None:
        if known.project_id != project.pk:
            raise Refused(_("You cannot do this."))
        return known
    if kind.model.objects.filter(project=project).count() >= kind.most:
        raise Refused(_("The list is full: at most %(count)s.") % {"count": kind.most})
    return _save(kind, kind.model(project=project, public_id=key), values, by)


@transaction.atomic
def edit_part(
    name: str, part: ProjectPart, values: dict[str, Any], *, by: User, seen: str = ""
) -> Any:
    """`seen` is the stamp of what the editor saw: nobody's change is lost."""
    kind, row = KINDS[name], _again(name, part, by)
    if seen and seen != row.stamp:
        raise Overtaken
    return _save(kind, row, values, by)


@transaction.atomic
def remove_part(name: str, part: ProjectPart, *, by: User) -> None:
    kind, row = KINDS[name], _again(name, part, by)
    audit.record(row.project, kind.removed, by=by, details={"key": row.pk})
    row.delete()


def _editable(project: Project, by: User) -> Project:
    project = locked(project)
    if not project.is_editable_by(by):
        raise Refused(_("You do not edit this project any more."))
    return project


def _again(name: str, part: Any, by: User) -> Any:
    """The row as it is under the project's lock: another editor may have removed it."""
    project = _editable(part.project, by)
    row = KINDS[name].model.objects.filter(pk=part.pk).first()
    if row is None:
        raise Refused(_("Somebody else has removed this meanwhile."))
    row.project = project
    return row


def _save(kind: Kind, row: Any, values: dict[str, Any], by: User) -> Any:
    was = getattr(row, "user_id", None)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    row.save()
    entry = audit.record(row.project, kind.saved, by=by, details={"key": row.pk})
    if isinstance(row, StaffMember) and row.user and row.user_id not in {was, by.pk}:
        outbox.post("staff_named", to=row.user, key=str(entry.pk), about=row)
    return row
