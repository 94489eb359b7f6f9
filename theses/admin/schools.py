"""What each school asks of its theses: guide, dates, agreement form, repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin import ScopedAdmin
from members.models import Organisation
from members.models.organisations import Kind
from theses.models import SchoolGuide

if TYPE_CHECKING:
    from django.http import HttpRequest

SCHOOLS = (Kind.UNIVERSITY, Kind.UAS, Kind.VOCATIONAL)


@admin.register(SchoolGuide)
class SchoolGuideAdmin(ScopedAdmin):
    """Every coordinator reads all guides, and writes those of the schools in her scope."""

    partitive = pgettext_lazy("partitive", "school’s guide")
    may_delete = True
    list_display = ("school", "agreement_url", "checked_on")
    list_select_related = ("school",)
    search_fields = ("school__name",)
    ordering = ("school__name",)
    fieldsets = (
        (None, {"fields": ("school", "text_fi", "deadlines", "checked_on")}),
        (_("Addresses"), {"fields": ("agreement_url", "repository_url")}),
        (_("Swedish and English"), {"fields": ("text_sv", "text_en")}),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "school":
            schools = Organisation.objects.in_scope_of(request.user).filter(kind__in=SCHOOLS)
            field.queryset = schools.order_by("name")
        return field
