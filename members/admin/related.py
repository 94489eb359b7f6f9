"""The register of related clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.scoped import ScopedAdmin
from members.models import RelatedCluster
from members.models.related import Stage
from members.services import related
from members.services.arrivals import came

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest


@admin.register(RelatedCluster)
class RelatedClusterAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "related cluster")
    list_display = ("name_fi", "stage", "relation", "owner", "checked_on", "home_cluster")
    list_filter = ("stage", "relation", "is_lead", "home_cluster")
    readonly_fields = ("stage", "proposer")
    list_select_related = ("home_cluster",)
    search_fields = ("name_fi", "name_sv", "name_en", "owner")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "stage",
                    "name_fi",
                    "name_sv",
                    "name_en",
                    "slug",
                    "relation",
                    "owner",
                    "link",
                )
            },
        ),
        (_("Texts"), {"fields": ("summary_fi", "summary_sv", "summary_en")}),
        (_("Themes and regions"), {"fields": ("regions", "is_lead", "terms")}),
        (_("Source"), {"fields": ("source", "checked_on")}),
        (_("Whose it is"), {"fields": ("home_cluster", "organisation", "visibility", "proposer")}),
    )

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        if form.instance.stage == Stage.PUBLISHED:
            before = form.initial.get("visibility", "") if change else ""
            came(related.KEY, form.instance, since=form.instance.published_at, before=before)
