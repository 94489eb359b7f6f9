"""Who works in a project: the roles for everybody, the persons for those inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.urls import reverse

from projects.models import StaffMember
from projects.pages.parts import days

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from projects.models import Project


def roles() -> ArraySubquery:
    """The roles that there are today, as a column of the project."""
    today = StaffMember.objects.today().filter(project=OuterRef("pk"))
    return ArraySubquery(today.order_by("role").values_list("role", flat=True).distinct())


def rows(project: Project, user: Reader) -> list[dict[str, Any]]:
    """Empty for those outside the project."""
    if not user.is_authenticated:
        return []
    found = StaffMember.objects.visible_to(user).filter(project=project)
    return [
        {
            "role": row.get_role_display(),
            "person": row.person,
            "organisation": row.organisation.title if row.organisation else "",
            "percent": row.percent,
            "period": days(row.starts_on, row.ends_on),
            "leave_url": reverse("projects:staff_leave", args=[project.slug, row.public_id])
            if row.user_id == user.pk else "",
        }
        for row in found.select_related("user", "organisation")
    ]  # fmt: skip
