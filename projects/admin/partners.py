"""The partners and steps of a project in its form, and the letter to whom it invites."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cluster_portal.core.admin.scoped import ScopedTabularInline
from projects.models import Partnership, ProjectStep, WantedRole
from projects.models.partnerships import Stage
from projects.services.partnerships import tell_invited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from projects.models import Project


class PartnershipInline(ScopedTabularInline):
    model = Partnership
    fields = ["organisation", "role", "wanted_role", "stage", "task_fi"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A wanted role belongs to the same project."""
        formset = super().get_formset(request, obj, **kwargs)
        field: Any = formset.form.base_fields["wanted_role"]
        field.queryset = WantedRole.objects.filter(project=obj)
        return formset


class StepInline(ScopedTabularInline):
    model = ProjectStep
    fields = ["on", "until", "precision", "text_fi", "text_sv", "text_en"]


@contextmanager
def tell_newly_invited(project: Project, *, by: Any) -> Iterator[None]:
    """Those who are invited within hear of it, as from the project's own page."""
    invited = Partnership.objects.filter(project=project, stage=Stage.INVITED)
    before = set(invited.values_list("pk", flat=True))
    yield
    for partnership in invited.exclude(pk__in=before):
        tell_invited(partnership, by=by)
