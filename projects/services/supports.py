"""Supporting an idea, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused
from cluster_portal.core.visibility import audience
from projects.models import Project, Support

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader
    from members.models import User


@transaction.atomic
def support(project: Project, *, yes: bool, by: User) -> None:
    """Pressing twice says the same once."""
    if not yes:
        Support.objects.filter(project=project, user=by).delete()
        return
    seen = Project.objects.visible_to(by).filter(pk=project.pk).first()
    if seen is None or not may_support(seen, by):
        raise Refused(_("Members can support a published idea."))
    Support.objects.get_or_create(project=seen, user=by)


def may_support(project: Project, user: Reader) -> bool:
    return project.is_open_to_partners and audience(user).is_member
