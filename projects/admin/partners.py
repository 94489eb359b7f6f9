"""The partners and steps of a project in its form, and the letter to whom it invites."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cluster_portal.core.admin.scoped import CurrentStays, ReadOnlyInline, ScopedTabularInline
from projects.forms.content import SaneDays
from projects.models import (
    Amendment,
    Milestone,
    Partnership,
    ProjectStep,
    StaffMember,
    WantedRole,
    WorkPackage,
)
from projects.models.partnerships import Role, Stage
from projects.services.partnerships import tell_invited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from members.models import User
    from projects.models import Project


class PartnershipForm(CurrentStays):
    """Who was asked answers on their own page: nobody accepts for them here.

    Who leads is changed, and who takes part is removed, on the project's own page: it tells them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        if is_new:
            self.initial["stage"] = Stage.INVITED
        self.fields["stage"].disabled = True
        if "organisation" in self.fields:
            self.fields["organisation"].disabled = not is_new
        if "role" in self.fields and not is_new:
            self._keep_lead(self.fields["role"])

    def _keep_lead(self, field: Any) -> None:
        field.disabled = self.instance.role == Role.LEAD
        if not field.disabled:
            field.choices = [each for each in field.choices if each[0] != Role.LEAD]


class PartnershipInline(ScopedTabularInline):
    model = Partnership
    form = PartnershipForm
    fields = ["organisation", "role", "wanted_role", "stage", "task_fi"]
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A wanted role belongs to the same project."""
        formset = super().get_formset(request, obj, **kwargs)
        field: Any = formset.form.base_fields["wanted_role"]
        field.queryset = WantedRole.objects.filter(project=obj)
        return formset


class StepInline(ScopedTabularInline):
    model = ProjectStep
    form = SaneDays
    fields = ["on", "until", "precision", "text_fi", "text_sv", "text_en"]


class StaffInline(ReadOnlyInline):
    """Named on the project's own page, which tells them; here to be read."""

    model = StaffMember
    fields = ["role", "user", "name", "organisation", "percent", "starts_on", "ends_on"]


class PackageInline(ScopedTabularInline):
    model = WorkPackage
    form = SaneDays
    fields = ["number", "title_fi", "organisation", "starts_on", "ends_on", "done"]


class MilestoneInline(ScopedTabularInline):
    model = Milestone
    form = SaneDays
    fields = ["title_fi", "package", "due_on", "reached_on"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A work package belongs to the same project."""
        formset = super().get_formset(request, obj, **kwargs)
        field: Any = formset.form.base_fields["package"]
        field.queryset = WorkPackage.objects.filter(project=obj)
        return formset


class AmendmentInline(ScopedTabularInline):
    """Asked and decided on the project's own page; here to be read."""

    model = Amendment
    fields = ["what", "stage", "asked_on", "decided_on"]
    readonly_fields = ["what", "stage", "asked_on", "decided_on"]
    can_delete = False

    def has_add_permission(self, *_args: Any) -> bool:
        return False


PEOPLE_AND_WORK = (StaffInline, PackageInline, MilestoneInline, AmendmentInline)


@contextmanager
def tell_newly_invited(project: Project, *, by: User) -> Iterator[None]:
    """Those who are invited within hear of it, as from the project's own page."""
    invited = Partnership.objects.filter(project=project, stage=Stage.INVITED)
    before = set(invited.values_list("pk", flat=True))
    yield
    for partnership in invited.exclude(pk__in=before):
        tell_invited(partnership, by=by)
