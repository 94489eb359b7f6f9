"""Applications of students, and the messages by which one party turns to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin import ScopedAdmin
from cluster_portal.core.admin_moves import MovesOnPage
from theses.admin.base import ReadOnlyAdmin, ReadOnlyInline, without
from theses.models import Application, Approach, InterviewTime
from theses.models.applications import MOVES, PENDING
from theses.services import applications

if TYPE_CHECKING:
    from django.http import HttpRequest


class InterviewInline(ReadOnlyInline):
    model = InterviewTime
    fields = ("starts_at", "minutes", "is_chosen")


@admin.register(Application)
class ApplicationAdmin(MovesOnPage, ScopedAdmin):
    """Times for an interview are proposed on the application's own page."""

    partitive = pgettext_lazy("partitive", "thesis application")
    is_reading_recorded = True
    may_add = False
    list_display = ("student", "topic", "stage", "submitted_at", "answer_by")
    list_filter = ("stage",)
    list_select_related = ("student", "topic")
    search_fields = ("topic__title", "student__last_name", "student__email")
    ordering = ("-submitted_at", "-pk")
    workflow = without(MOVES, "invite")
    waiting_stages = frozenset(PENDING)
    inlines = (InterviewInline,)
    fields = readonly_fields = (
        "topic", "student", "school", "motivation", "stage", "topic_version", "submitted_at",
        "answer_by", "meeting", "other_times", "place", "decided_at", "decided_by", "reason",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def move(self, obj: Application, action: str, *, by: Any, reason: str) -> None:
        if action == "accept":
            applications.accept_application(obj, by=by)
        elif action == "decline":
            applications.decline_application(obj, by=by, reason=reason)
        else:
            applications.withdraw_application(obj, by=by)


@admin.register(Approach)
class ApproachAdmin(ReadOnlyAdmin):
    partitive = pgettext_lazy("partitive", "approach")
    list_display = ("topic", "kind", "by", "addressee", "stage", "answer_by")
    list_filter = ("stage", "kind")
    list_select_related = ("topic", "by", "to", "organisation")
    search_fields = ("topic__title", "organisation__name", "by__last_name", "to__last_name")
    ordering = ("-created_at", "-pk")
    fields = (
        "topic", "kind", "by", "to", "organisation", "message", "stage", "created_at",
        "answer_by", "answered_at", "answered_by", "reason",
    )  # fmt: skip

    @admin.display(description=Approach._meta.get_field("to").verbose_name)
    def addressee(self, approach: Approach) -> str:
        return str(approach.organisation or approach.to)
