"""A partner's part in a project, and who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from cluster_portal.notifications import outbox
from members.services.recipients import contacts_of
from projects.models import Partnership, Project
from projects.models.partnerships import Role, Stage
from projects.services.entries import refuse_late
from projects.services.ideas import locked

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User


def _again(partnership: Partnership, by: User) -> Partnership:
    """The row as it is under the project's lock."""
    project = locked(partnership.project)
    if not project.is_editable_by(by):
        raise Refused(_("You do not edit this project any more."))
    rows = Partnership.objects.filter(pk=partnership.pk).select_related("organisation")
    row = rows.first()
    if row is None:
        raise Refused(_("This has been taken back meanwhile."))
    row.project = project
    return row


@transaction.atomic
def edit_partner(
    partnership: Partnership, values: dict[str, Any], *, by: User, seen: str = ""
) -> Partnership:
    """Role and task; the lead is changed by `change_lead`."""
    row = _again(partnership, by)
    refuse_late(row, seen)
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    row.save()
    audit.record(row.project, "partner edited", by=by, details={"key": row.organisation_id})
    return row


def may_change_lead(project: Project, user: Reader) -> bool:
    """The owner's contacts and the coordinators: it hands the project over."""
    if project.organisation_id is None:
        return project.is_editable_by(user)
    return project.organisation_id in audience(user).edits or project.is_managed_by(user)


@transaction.atomic
def change_lead(partnership: Partnership, *, by: User) -> Project:
    """An accepted partner leads and owns the project from now on; the one before stays in."""
    row = _again(partnership, by)
    project = row.project
    if not may_change_lead(project, by) or row.stage != Stage.ACCEPTED or row.role == Role.LEAD:
        raise Refused(_("You cannot do this."))
    before = project.organisation
    for lead in project.partnerships.filter(role=Role.LEAD).exclude(stage=Stage.DECLINED):
        _step_back(lead)
    row.role = Role.LEAD
    row.save(update_fields=["role"])
    project.organisation = row.organisation
    project.save(update_fields=["organisation", "updated_at"])
    search.reindex(project)
    told: dict[str, object] = {"from": before.pk if before else None, "to": row.organisation_id}
    entry = audit.record(project, "lead changed", by=by, details=told)
    both = [row.organisation_id, *([before.pk] if before else [])]
    outbox.post_to_all(
        "lead_changed", to=contacts_of(both, but=by), key=str(entry.pk), about=project,
        values={"organisation": row.organisation.title},
    )  # fmt: skip
    return project


def _step_back(lead: Partnership) -> None:
    """To a co-implementer, unless the organisation is one already."""
    others = Partnership.objects.filter(project=lead.project_id, organisation=lead.organisation_id)
    if others.filter(role=Role.CO_IMPLEMENTER).exists():
        lead.delete()
    else:
        lead.role = Role.CO_IMPLEMENTER
        lead.save(update_fields=["role"])
