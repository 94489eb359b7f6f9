"""Reports of measures, who reports without an account, and whom the portal has asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin
from projects.models import Measure, MeasureUpdate, Reporter, ReportRequest

if TYPE_CHECKING:
    from django.db.models import ForeignKey, Model
    from django.forms import ModelForm
    from django.http import HttpRequest


@admin.register(MeasureUpdate)
class MeasureUpdateAdmin(ScopedAdmin):
    """What was told stays as it was told; a coordinator can hide it from the pages."""

    partitive = pgettext_lazy("partitive", "report of a measure")
    may_add = False
    list_display = ["measure", "state", "achieved", "organisation", "told_at", "is_hidden"]
    list_filter = ["state", "is_hidden"]
    search_fields = ["text", "measure__title_fi"]
    list_select_related = ["measure__goal", "organisation"]
    readonly_fields = [
        "measure", "organisation", "by", "name", "state", "achieved", "progress", "text",
        "evidence", "told_at",
    ]  # fmt: skip
    fields = [*readonly_fields, "is_hidden"]

    def save_model(
        self, request: HttpRequest, obj: MeasureUpdate, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if obj.is_hidden:
            audit.record(obj.measure, "report hidden", by=request.user)
        else:
            audit.record(obj.measure, "report shown", by=request.user)


class ReporterForm(CurrentStays):
    """A person reports for the measure's own responsible organisation."""

    def clean(self) -> Any:
        values = super().clean() or self.cleaned_data
        measure, organisation = values.get("measure"), values.get("organisation")
        if measure and organisation and measure.responsible_id != organisation.pk:
            self.add_error("organisation", _("Choose the measure’s responsible organisation."))
        return values


@admin.register(Reporter)
class ReporterAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "person who reports")
    may_delete = True
    list_display = ["name", "measure", "organisation", "email"]
    search_fields = ["name", "email", "measure__title_fi"]
    list_select_related = ["measure__goal", "organisation"]
    fields = ["measure", "organisation", "name", "email", "language"]
    form = ReporterForm

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Every measure in force can be seen; its reporter is named by who coordinates it."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "measure":
            field.queryset = Measure.objects.managed_by(request.user).current().with_programme()
        return field


@admin.register(ReportRequest)
class ReportRequestAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "request for a report")
    may_add = False
    list_display = ["measure", "addressee", "reason", "step", "asked_at", "expires_at"]
    list_filter = ["reason", "step"]
    list_select_related = ["measure__goal", "user"]
    readonly_fields = [
        "measure", "organisation", "user", "name", "email", "reason", "step", "asked_by",
        "asked_at", "expires_at", "revoked_at",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
