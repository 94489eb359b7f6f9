"""To whom a letter about a project goes: its own side, its staff and its partners' contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from members.models import Organisation, User
from members.services.recipients import contacts_of
from projects.models import Partnership, Project, ProjectEditor, StaffMember

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def people(cluster: int, narrowed: Mapping[str, Sequence[str]]) -> QuerySet[User]:
    """Of the picked projects of the cluster; nobody where none is picked."""
    picked = [int(value) for value in narrowed.get("project", ()) if value.isdecimal()]
    projects = Project.objects.filter(pk__in=picked, home_cluster=cluster)
    partners = Partnership.objects.accepted().filter(project__in=projects.values("pk"))
    owners = projects.exclude(organisation=None).values("organisation")
    ours = Q(pk__in=owners) | Q(pk__in=partners.values("organisation"))
    contacts = contacts_of(Organisation.objects.filter(ours).values("pk"))
    staff = StaffMember.objects.filter(project__in=projects.values("pk")).exclude(user=None)
    editors = ProjectEditor.objects.accepted().filter(project__in=projects.values("pk"))
    return User.objects.filter(
        Q(pk__in=contacts.values("pk"))
        | Q(pk__in=staff.values("user"))
        | Q(pk__in=editors.values("user"))
        | Q(pk__in=projects.exclude(author=None).values("author"))
    )
