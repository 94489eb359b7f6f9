"""Documents of projects in the coordinators’ admin: seen, and removed where that is needed."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from projects.models import (
    Discussion,
    DiscussionMessage,
    DocumentVersion,
    ProjectDocument,
    StatusReport,
)


class VersionInline(ScopedTabularInline):
    """Files are read at the document's own page, where reading is on the record."""

    model = DocumentVersion
    can_delete = False
    readonly_fields = ["number", "name", "size", "note", "sent_at"]
    fields = [*readonly_fields]


@admin.register(ProjectDocument)
class ProjectDocumentAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "document of a project")
    may_add = False
    may_delete = True
    list_display = ["title", "project", "read_by", "updated_at"]
    list_filter = ["read_by"]
    search_fields = ["title", "project__title_fi"]
    list_select_related = ["project"]
    readonly_fields = ["project", "title", "read_by", "author", "created_at", "updated_at"]
    fields = [*readonly_fields]
    inlines = [VersionInline]


class MessageInline(ScopedTabularInline):
    """A message is removed at its own place, so that others see that there was one."""

    model = DiscussionMessage
    can_delete = False
    readonly_fields = ["author", "organisation", "text", "sent_at", "changed_at", "removed_at"]
    fields = [*readonly_fields]


@admin.register(Discussion)
class DiscussionAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "discussion of a project")
    may_add = False
    may_delete = True
    list_display = ["title", "project", "last_at"]
    search_fields = ["title", "project__title_fi"]
    list_select_related = ["project"]
    readonly_fields = ["project", "title", "author", "last_at"]
    fields = [*readonly_fields]
    inlines = [MessageInline]


@admin.register(StatusReport)
class StatusReportAdmin(ScopedAdmin):
    """Written on the project's own pages."""

    partitive = pgettext_lazy("partitive", "status report")
    may_add = False
    may_delete = True
    list_display = ["project", "starts_on", "ends_on", "light", "next_on"]
    list_filter = ["light"]
    search_fields = ["project__title_fi"]
    list_select_related = ["project"]
    readonly_fields = [
        "project", "starts_on", "ends_on", "light", "reason", "done", "coming", "risks", "next_on",
        "read_by", "author", "written_at",
    ]  # fmt: skip
    fields = [*readonly_fields]
