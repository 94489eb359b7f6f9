"""The library in the coordinators’ admin: facts and readers; files are added on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.knowledge.models import LibraryDocument
from members.services.arrivals import came

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest


@admin.register(LibraryDocument)
class LibraryDocumentAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "document of the library")
    may_add = False
    list_display = ["title_fi", "kind", "visibility", "home_cluster", "organisation", "changed_at"]
    list_filter = ["kind", "visibility", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "summary_fi"]
    list_select_related = ["home_cluster", "organisation"]
    readonly_fields = [
        *("slug", "author", "home_cluster", "organisation", "body", "changed_at"),
    ]
    fields = (
        "title_fi", "summary_fi", "kind", "visibility", "terms", "title_sv", "summary_sv",
        "title_en", "summary_en", "slug", "author", "home_cluster", "organisation", "body",
        "changed_at",
    )  # fmt: skip

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        before = form.initial.get("visibility", "")
        came("library", form.instance, since=form.instance.created_at, before=before)
