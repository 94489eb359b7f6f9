"""Bodies, meetings, decisions and courses as coordinators see them; their own pages change them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from events.models import (
    Body,
    BodyMember,
    Course,
    Decision,
    Meeting,
)


class SeatInline(ScopedTabularInline):
    """Who sits in a body is named on its page, which checks and tells."""

    model = BodyMember
    can_delete = False
    readonly_fields = ["user", "name", "organisation", "role", "since", "until"]
    fields = [*readonly_fields]


@admin.register(Body)
class BodyAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "body")
    may_add = False
    list_display = ["title", "kind", "home_cluster", "visibility", "ended_on"]
    list_filter = ["kind", "visibility"]
    search_fields = ["title_fi"]
    list_select_related = ["home_cluster"]
    readonly_fields = ["kind", "title_fi", "home_cluster", "visibility", "papers_by", "ended_on"]
    fields = [*readonly_fields]
    inlines = [SeatInline]


@admin.register(Meeting)
class MeetingAdmin(ScopedAdmin):
    """Seen here; everything is done on the meeting's own page."""

    partitive = pgettext_lazy("partitive", "meeting")
    may_add = False
    list_display = ["body", "label", "stage", "starts_at"]
    list_filter = ["stage"]
    list_select_related = ["body"]
    readonly_fields = ["body", "stage", "starts_at", "ends_at", "place", "approved_at"]
    fields = [*readonly_fields]


@admin.register(Decision)
class DecisionAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "decision")
    may_add = False
    list_display = ["text", "stage", "due_on", "visibility"]
    list_filter = ["stage", "visibility"]
    search_fields = ["text"]
    readonly_fields = ["text", "meeting", "stage", "owner", "organisation", "due_on", "visibility"]
    fields = [*readonly_fields]


@admin.register(Course)
class CourseAdmin(ScopedAdmin):
    """Seen here; everything is done on the course's own page."""

    partitive = pgettext_lazy("partitive", "course")
    may_add = False
    list_display = ["title", "stage", "organisation", "home_cluster", "visibility"]
    list_filter = ["stage", "visibility"]
    search_fields = ["title_fi"]
    list_select_related = ["organisation", "home_cluster"]
    readonly_fields = ["title_fi", "stage", "organisation", "home_cluster", "visibility", "teller"]
    fields = [*readonly_fields]
