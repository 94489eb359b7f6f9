"""Who edits an idea beside its author, and who supports it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.visibility import Reader, audience

if TYPE_CHECKING:
    from typing import Any, Self


class EditorStage(models.TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Edits")


class OfProject(models.QuerySet["Any"]):
    """Rows that go by what their project allows, and those of the reader."""

    def visible_to(self, user: Reader) -> Self:
        known = audience(user)
        if known.user_id is None:
            return self.none()
        of_edited = Q(project__in=self._projects().editable_by(user).values("pk"))
        return self.filter(Q(user=known.user_id) | of_edited)

    def editable_by(self, user: Reader) -> Self:
        return self.visible_to(user)

    def in_scope_of(self, user: Reader) -> Self:
        return self.filter(project__in=self._projects().in_scope_of(user).values("pk"))

    def managed_by(self, user: Reader) -> Self:
        return self.in_scope_of(user)

    def _projects(self) -> Any:
        return self.model._meta.apps.get_model("projects", "Project").objects.all()


class ProjectEditorQuerySet(OfProject):
    def accepted(self) -> Self:
        return self.filter(stage=EditorStage.ACCEPTED)


@audit.tracked()
class ProjectEditor(models.Model):
    """Asked by one who edits; edits once they have said yes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="editors",
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    stage = models.CharField(
        _("state"), max_length=10, choices=EditorStage, default=EditorStage.ASKED
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+", editable=False,
    )  # fmt: skip
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    objects = ProjectEditorQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-editor")
        verbose_name_plural = _("co-editors")
        ordering = ["asked_at", "pk"]
        constraints = [
            one_of("stage", EditorStage, name="projects_projecteditor_stage_known"),
            models.UniqueConstraint(fields=["project", "user"], name="projects_projecteditor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_stage_display()}"

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.project.slug])


@audit.tracked()
class Support(models.Model):
    """A member’s “this is worth doing”; readers see how many, the editors who."""

    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="supports",
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = OfProject.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="projects_support_once")
        ]

    def __str__(self) -> str:
        return str(self.user)
