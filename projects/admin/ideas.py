"""Wanted roles, co-editors, supports and applications for the coordinators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from projects.models import Application, ProjectEditor, Support, WantedRole

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(WantedRole)
class WantedRoleAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "wanted role")
    list_display = ["name_fi", "project", "position", "is_closed"]
    list_filter = ["is_closed"]
    search_fields = ["name_fi", "name_sv", "name_en", "project__title_fi"]
    list_select_related = ["project"]
    fields = [
        "project", "position", "name_fi", "name_sv", "name_en", "note", "terms", "is_closed",
    ]  # fmt: skip


class ReadAlone(ScopedAdmin):
    """What its own people do on their pages; a coordinator reads it."""

    may_add = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = self.may_delete or request.user.is_superuser
        return allowed and super().has_change_permission(request, obj)


@admin.register(ProjectEditor)
class ProjectEditorAdmin(ReadAlone):
    """A coordinator removes a co-editor whom nobody else can."""

    partitive = pgettext_lazy("partitive", "co-editor")
    may_delete = True
    list_display = ["user", "project", "stage", "asked_at"]
    list_filter = ["stage"]
    search_fields = ["project__title_fi"]
    list_select_related = ["project", "user"]
    readonly_fields = ["project", "user", "stage", "named_by", "asked_at"]
    fields = [*readonly_fields]


@admin.register(Support)
class SupportAdmin(ReadAlone):
    partitive = pgettext_lazy("partitive", "support")
    may_delete = True
    list_display = ["project", "user", "created_at"]
    search_fields = ["project__title_fi"]
    list_select_related = ["project", "user"]
    readonly_fields = ["project", "user", "created_at"]
    fields = [*readonly_fields]


@admin.register(Application)
class ApplicationAdmin(ReadAlone):
    partitive = pgettext_lazy("partitive", "application for funding")
    list_display = ["title", "project", "call", "stage", "submitted_on", "decided_on"]
    list_filter = ["stage"]
    search_fields = ["title", "project__title_fi", "funder"]
    list_select_related = ["project", "call"]
    readonly_fields = [
        "project", "call", "funder", "stage", "title", "summary", "plan", "aim", "amount_cents",
        "duration_months", "submitted_on", "decided_on",
    ]  # fmt: skip
    fields = [*readonly_fields]
