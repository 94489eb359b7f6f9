"""What coordinators write of their region."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from members.models import RegionProfile


@admin.register(RegionProfile)
class RegionProfileAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "text on a region")
    list_display = ("region", "written_on", "source", "home_cluster")
    list_filter = ("home_cluster",)
    list_select_related = ("region", "home_cluster")
    fieldsets = (
        (None, {"fields": ("region",)}),
        (_("In one sentence"), {"fields": ("lead_fi", "lead_sv", "lead_en")}),
        (_("Strengths"), {"fields": ("strengths_fi", "strengths_sv", "strengths_en")}),
        (_("Gaps"), {"fields": ("gaps_fi", "gaps_sv", "gaps_en")}),
        (_("Source"), {"fields": ("source", "written_on")}),
        (_("Whose it is"), {"fields": ("home_cluster", "visibility")}),
    )
