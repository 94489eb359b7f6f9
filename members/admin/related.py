"""The register of related clusters."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from members.models import RelatedCluster


@admin.register(RelatedCluster)
class RelatedClusterAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "related cluster")
    list_display = ("name_fi", "relation", "owner", "checked_on", "home_cluster")
    list_filter = ("relation", "home_cluster")
    list_select_related = ("home_cluster",)
    search_fields = ("name_fi", "name_sv", "name_en", "owner")
    fieldsets = (
        (None, {"fields": ("name_fi", "name_sv", "name_en", "relation", "owner", "link")}),
        (_("Texts"), {"fields": ("summary_fi", "summary_sv", "summary_en")}),
        (_("Themes and regions"), {"fields": ("regions", "terms")}),
        (_("Source"), {"fields": ("source", "checked_on")}),
        (_("Whose it is"), {"fields": ("home_cluster", "organisation", "visibility")}),
    )
