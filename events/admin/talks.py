"""Proposed talks as coordinators see them; the organiser's page reviews and chooses them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from events.models import Talk


@admin.register(Talk)
class TalkAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "proposed talk")
    may_add = False
    list_display = ["title", "speaker", "track", "stage", "event", "created_at"]
    list_filter = ["stage"]
    search_fields = ["title", "speaker"]
    list_select_related = ["event"]
    ordering = ["-created_at", "-pk"]
    readonly_fields = ["event", "title", "summary", "speaker", "track", "stage", "reason"]
    fields = [*readonly_fields]
