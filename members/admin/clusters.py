"""Clusters with their terms and history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from cluster_portal.core.vocabulary import Term
from members.models import (
    Cluster,
    ClusterMilestone,
    CoordinatorTerm,
)
from members.models.clusters import WELCOMES

if TYPE_CHECKING:
    from django.db.models import ForeignKey
    from django.http import HttpRequest


class MilestoneInline(ScopedTabularInline):
    model = ClusterMilestone
    fields = ("kind", "year", "text_fi", "text_sv", "text_en", "source")


class TermInline(ScopedTabularInline):
    model = CoordinatorTerm
    fields = ("organisation", "from_year", "to_year", "is_current", "source", "checked_on")


@admin.register(Cluster)
class ClusterAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "cluster")
    may_add = False
    change_form_template = "admin/members/cluster_change.html"
    list_display = ("name_fi", "region", "founded", "requires_agreement")
    list_select_related = ("region",)
    search_fields = ("name_fi", "name_sv", "name_en")
    inlines = (TermInline, MilestoneInline)
    fieldsets = (
        (None, {"fields": ("name_fi", "name_sv", "name_en", "slug", "region", "founded")}),
        (_("Texts"), {"fields": (
            "summary_fi", "story_fi", "summary_sv", "story_sv", "summary_en", "story_en",
        )}),
        (_("Shared values"), {
            "fields": ("values_fi", "values_sv", "values_en"),
            "description": _("What members commit themselves to; the day is kept."),
        }),
        (_("Membership"), {"fields": ("contact_email", "requires_agreement")}),
        (_("Welcome letter"), {"fields": WELCOMES}),
        (_("Thesis topics"), {"fields": ("reviews_topics",)}),
        (_("Capabilities and solutions"), {"fields": ("capability_months",)}),
    )  # fmt: skip

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:  # fmt: skip
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == "region":
            field.queryset = Term.objects.filter(scheme="region")
        return field
