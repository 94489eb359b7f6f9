"""Which ideas a funding call fits, as they were last matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from projects.models.calls import FundingCall
from projects.models.projects import Project

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class CallFitQuerySet(models.QuerySet["CallFit"]):
    def visible_to(self, user: Reader) -> Self:
        """A fit tells of both sides: who sees it sees both."""
        calls = FundingCall.objects.visible_to(user).not_closed()
        ideas = Project.objects.visible_to(user).ideas()
        return self.filter(call__in=calls.values("pk"), project__in=ideas.values("pk"))


class CallFit(models.Model):
    call_id: int
    project_id: int
    call = models.ForeignKey(FundingCall, on_delete=models.CASCADE, related_name="fits")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="call_fits")
    score = models.FloatField()

    objects = CallFitQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "project"], name="projects_callfit_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.project_id}"
