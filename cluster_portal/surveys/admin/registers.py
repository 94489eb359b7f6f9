"""The registers: what coordinators enter beside the answers, and what they publish of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.scoped import CurrentStays, ScopedAdmin
from cluster_portal.core.text import cleaning
from cluster_portal.surveys.models import (
    CircularCase,
    FundingNeed,
    InfrastructureNeed,
    JustifiedNeed,
    SkillGap,
    TrainingSupply,
)
from members.models.content import LEVELS

if TYPE_CHECKING:
    from django.http import HttpRequest

Fieldsets = tuple[tuple[Any, Any], ...]

OF_ENTRY: Fieldsets = (
    (_("Source"), {"fields": ("source", "sourced_on")}),
    (_("Whose it is"), {"fields": ("home_cluster", "organisation")}),
)
OF_OPEN_ENTRY: Fieldsets = (
    OF_ENTRY[0],
    (_("Whose it is"), {"fields": ("home_cluster", "organisation", "visibility")}),
)


class EntryForm(CurrentStays):
    """What an organisation has confirmed is shown to no more people than it was confirmed for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("visibility")
        if field is not None and self.instance.organisation_id:
            widest = LEVELS[self.instance.visibility]
            field.choices = [each for each in field.choices if LEVELS.get(each[0], 0) >= widest]


class EntryAdmin(ScopedAdmin):
    """A coordinator's row is no organisation's; what an organisation has said stays as it said."""

    form = EntryForm
    may_delete = True
    list_select_related = ("region", "home_cluster", "organisation")
    list_filter = ("home_cluster",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None or obj.organisation_id is None:
            return ("organisation",)
        return ("organisation", "source", "sourced_on", *obj.texts)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(SkillGap)
class SkillGapAdmin(EntryAdmin):
    partitive = pgettext_lazy("partitive", "shortage of skills")
    list_display = ("occupation", "shortage", "year", "region", "organisation", "sourced_on")
    search_fields = ("occupation",)
    fieldsets = (
        (None, {"fields": ("occupation", "field", "shortage", "year", "region")}),
        *OF_OPEN_ENTRY,
    )


@admin.register(TrainingSupply)
class TrainingSupplyAdmin(EntryAdmin):
    partitive = pgettext_lazy("partitive", "supply of training")
    list_display = ("programme", "places", "year", "region", "organisation")
    search_fields = ("programme",)
    fieldsets = (
        (None, {"fields": ("programme", "field", "places", "year", "region")}),
        *OF_OPEN_ENTRY,
    )


@admin.register(InfrastructureNeed)
class InfrastructureNeedAdmin(EntryAdmin):
    partitive = pgettext_lazy("partitive", "need of infrastructure")
    list_display = ("sector", "need_type", "urgency", "region", "organisation", "sourced_on")
    list_select_related = ("sector", "region", "organisation")
    fieldsets = (
        (None, {"fields": ("sector", "need_type", "urgency", "region", "justification")}),
        *OF_ENTRY,
    )


@admin.register(JustifiedNeed)
class JustifiedNeedAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "justified need")
    may_delete = True
    list_display = ("title_fi", "sector", "region", "written_on", "visibility")
    list_select_related = ("sector", "region")
    fieldsets = (
        (None, {"fields": ("sector", "region")}),
        (_("Texts"), {"fields": (
            "title_fi", "text_fi", "title_sv", "text_sv", "title_en", "text_en",
        )}),
        (_("Source"), {"fields": ("source", "written_on")}),
        (_("Whose it is"), {"fields": ("home_cluster", "visibility")}),
    )  # fmt: skip


@admin.register(CircularCase)
class CircularCaseAdmin(EntryAdmin):
    partitive = pgettext_lazy("partitive", "circular material")
    list_display = ("side_stream", "sector", "readiness", "region", "organisation")
    search_fields = ("side_stream", "replaces")
    fieldsets = (
        (None, {"fields": (
            "side_stream", "replaces", "sector", "quantity", "readiness", "potential", "region",
        )}),
        *OF_OPEN_ENTRY,
    )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not obj.slug:
            rows = CircularCase.objects.all()
            obj.slug = cleaning.free_slug(rows, obj.side_stream, empty="sivuvirta")
        super().save_model(request, obj, form, change)
        search.reindex(obj)


@admin.register(FundingNeed)
class FundingNeedAdmin(EntryAdmin):
    """The priority is settled in the list: it is the region's, not the organisation's alone."""

    partitive = pgettext_lazy("partitive", "funding need")
    list_display = ("what", "priority", "amount", "theme", "region", "organisation")
    list_editable = ("priority",)
    list_select_related = ("theme", "region", "organisation")
    search_fields = ("what",)
    fieldsets = (
        (None, {"fields": ("what", "priority", "amount", "theme", "region")}),
        *OF_ENTRY,
    )
