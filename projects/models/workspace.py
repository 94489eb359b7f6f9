"""Who works in a project, and the rows that only they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.visibility import Reader, audience
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self


class ReadBy(models.TextChoices):
    PARTNERS = "partners", _("Partners only")
    MEMBERS = "members", _("Members of all clusters")
    PUBLIC = "public", _("Everyone")


def workplaces(user: Reader) -> models.QuerySet[Project]:
    """Projects in which the reader works: as partner, owner, editor or coordinator."""
    if audience(user).user_id is None:
        return Project.objects.none()
    partners = Project.objects.budget_readers(user).values("pk")
    editors = Project.objects.editable_by(user).values("pk")
    return Project.objects.visible_to(user).filter(Q(pk__in=partners) | Q(pk__in=editors))


def works_in(project: Project, user: Reader) -> bool:
    return workplaces(user).filter(pk=project.pk).exists()


class PaperQuerySet(models.QuerySet["models.Model"]):
    """Rows of a project with readers of their own, never more than those of the project."""

    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        open_to = [ReadBy.PUBLIC, *([ReadBy.MEMBERS] if known.is_member else [])]
        shown = Q(
            read_by__in=open_to, project__in=Project.objects.visible_to(user).values("pk")
        )  # fmt: skip
        return self.filter(shown | Q(project__in=workplaces(user).values("pk")))

    def editable_by(self, user: Reader) -> Self:
        """Who wrote it, as long as they work in the project, and who edits the project."""
        known = audience(user)
        if known.user_id is None:
            return self.none()
        own = Q(author=known.user_id, project__in=workplaces(user).values("pk"))
        return self.filter(own | Q(project__in=Project.objects.editable_by(user).values("pk")))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=Project.objects.in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)
