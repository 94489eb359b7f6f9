"""Which organisations may fit an open role, as they were last matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from members.models import Capability, Organisation
from projects.models.partnerships import GONE, Partnership
from projects.models.projects import Project
from projects.models.roles import WantedRole

if TYPE_CHECKING:
    from typing import Self

    from cluster_portal.core.visibility import Reader


class RoleSuggestionQuerySet(models.QuerySet["RoleSuggestion"]):
    def standing(self, user: Reader) -> Self:
        """Of open roles, without who is in the idea, was asked, said no to the role, or has left.

        A suggestion that the editors have turned down says nothing to the organisation itself.
        What the reader may not see of the idea, of the organisation and of what it can do is left
        out; for whom a suggestion is meant is up to the page.
        """
        roles = WantedRole.objects.visible_to(user).open()
        members = Organisation.objects.visible_to(user).standing().members()
        able = Q(capability__in=Capability.objects.visible_to(user).open().values("pk"))
        there = Partnership.objects.filter(
            project=OuterRef("role__project"), organisation=OuterRef("organisation")
        ).filter(~Q(stage__in=sorted(GONE)) | Q(wanted_role=OuterRef("role")) | Q(wanted_role=None))
        return self.filter(
            able | Q(capability=None), ~Exists(there),
            role__in=roles.values("pk"), organisation__in=members.values("pk"),
        )  # fmt: skip

    def visible_to(self, user: Reader) -> Self:
        """The editors of the idea choose among them."""
        ideas = Project.objects.editable_by(user)
        rows = self.standing(user).filter(is_dismissed=False)
        return rows.filter(role__project__in=ideas.values("pk"))


class RoleSuggestion(models.Model):
    """One an editor has turned down is kept, so that it is not made again."""

    role_id: int
    organisation_id: int
    capability_id: int | None
    role = models.ForeignKey(WantedRole, on_delete=models.CASCADE, related_name="suggestions")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    # What it can do that fits; without one the organisation's own text does.
    capability = models.ForeignKey(
        Capability, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    score = models.FloatField()
    is_dismissed = models.BooleanField(default=False)

    objects = RoleSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "organisation"], name="projects_rolesuggestion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_id} {self.organisation_id}"
