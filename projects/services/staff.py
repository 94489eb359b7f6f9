"""Whom a project can name as its staff, and a person who takes themselves off the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from members.models import Affiliation, Organisation, User
from projects.models import StaffMember
from projects.services.ideas import locked

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Project


def employers(project: Project) -> QuerySet[Organisation]:
    """The owner and the accepted partners."""
    accepted = project.partnerships.accepted().values("organisation")
    named = Q(pk__in=accepted) | Q(pk=project.organisation_id)
    return Organisation.objects.filter(named).order_by("sort_name", "pk")


def people(project: Project, user: Reader) -> QuerySet[User]:
    """Who writes the project or is on its staff already, and the reader's own colleagues."""
    mine = employers(project).filter(pk__in=audience(user).organisations)
    colleagues = Affiliation.objects.confirmed().filter(organisation__in=mine.values("pk"))
    named = Q(pk__in=colleagues.values("user"))
    named |= Q(pk__in=project.editors.accepted().values("user"))
    named |= Q(pk__in=project.staff.exclude(user=None).values("user")) | Q(pk=project.author_id)
    found = User.objects.filter(named, is_active=True)
    return found.order_by("last_name", "first_name", "pk")


@transaction.atomic
def leave_staff(member: StaffMember, *, by: User) -> None:
    """The person named takes the name off; the role stays."""
    project = locked(member.project)
    row = StaffMember.objects.filter(pk=member.pk, user=by).first()
    if row is None:
        raise Refused(_("Somebody else has removed this meanwhile."))
    row.user = None
    row.save(update_fields=["user", "updated_at"])
    audit.record(project, "staff left", by=by, details={"key": row.pk})
