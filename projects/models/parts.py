"""Rows that belong to a project, and who reads and edits them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class OfProject(models.QuerySet["Any"]):
    """Read with the project, edited by its editors."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().editable_by(user).values("pk"))

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def _projects(self) -> Any:
        return self.model._meta.apps.get_model("projects", "Project").objects.all()


class InsideProject(OfProject):
    """Read by those who edit the project, its partners and owner, and the coordinators."""

    def visible_to(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().inside(user).values("pk"))


class ProjectPart(models.Model):
    """`public_id` comes with the form, so that sending it twice makes one row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        abstract = True

    @property
    def stamp(self) -> str:
        """Changes with every saving: tells whether somebody else was faster."""
        return self.updated_at.isoformat()
