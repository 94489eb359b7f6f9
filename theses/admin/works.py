"""Theses under way and finished, and whom their parties have asked to supervise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin import ScopedAdmin
from cluster_portal.core.admin_base import link
from cluster_portal.core.admin_moves import MovesOnPage
from members.models import Organisation
from theses.admin.base import ReadOnlyAdmin, ReadOnlyInline, without
from theses.models import LightReport, Milestone, SupervisionRequest, Thesis
from theses.models.works import ACTIVE, MOVES, Stage
from theses.services import works

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class SchoolFilter(admin.SimpleListFilter):
    """By the school that the student names in her profile."""

    title = _("educational institution")
    parameter_name = "school"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Thesis.objects.in_scope_of(request.user)
        schools = rows.values("application__student__student_profile__school")
        found = Organisation.objects.filter(pk__in=schools).order_by("name")
        return [(str(school.pk), school.title) for school in found]

    def queryset(self, request: HttpRequest, rows: QuerySet[Thesis]) -> QuerySet[Thesis]:
        value = self.value()
        if value is None:
            return rows
        if not value.isdecimal():
            return rows.none()
        return rows.filter(application__student__student_profile__school=int(value[:9]))


class LacksSupervisorFilter(admin.SimpleListFilter):
    title = _("supervisor")
    parameter_name = "supervised"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("Has no supervisor yet")), ("yes", _("Has a supervisor"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Thesis]) -> QuerySet[Thesis]:
        if self.value() == "no":
            return rows.filter(supervisor=None, stage__in=ACTIVE)
        return rows.filter(supervisor__isnull=False) if self.value() == "yes" else rows


class MilestoneInline(ReadOnlyInline):
    model = Milestone
    fields = ("title", "due_on", "done_on")


class LightInline(ReadOnlyInline):
    model = LightReport
    fields = ("at", "light", "note")
    readonly_fields = ("at",)


class RequestInline(ReadOnlyInline):
    model = SupervisionRequest
    fields = ("rank", "supervisor", "stage", "answer_by", "reason")


@admin.register(Thesis)
class ThesisAdmin(MovesOnPage, ScopedAdmin):
    """What the parties agree on is theirs. Finishing has a form of its own on the thesis's page."""

    partitive = pgettext_lazy("partitive", "thesis")
    may_add = False
    list_display = ("title", "student", "supervisor", "stage", "light", "target_on")
    list_filter = ("stage", "light", LacksSupervisorFilter, SchoolFilter, "level")
    list_select_related = ("application__student", "supervisor")
    search_fields = ("title", "application__student__last_name", "supervisor__last_name")
    ordering = ("-created_at", "-pk")
    workflow = without(MOVES, "finish")
    waiting_stages = frozenset({Stage.SEEKING, Stage.MATCHED, Stage.INTERRUPTED})
    inlines = (RequestInline, MilestoneInline, LightInline)
    fields = readonly_fields = (
        "title", "page", "topic", "student", "supervisor", "seat", "stage", "level", "light",
        "light_note", "light_at", "started_on", "target_on", "resumes_on", "finished_on",
        "repository_url", "abstract", "used_for", "usage", "why_it_ended", "created_at",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thesis]:
        return super().get_queryset(request).select_related("application__topic")

    @admin.display(description=_("student"), ordering="application__student__sort_name")
    def student(self, thesis: Thesis) -> str:
        return str(thesis.application.student)

    @admin.display(description=_("why it ended"))
    def why_it_ended(self, thesis: Thesis) -> str:
        return thesis.why_it_ended

    @admin.display(description=_("thesis topic"))
    def topic(self, thesis: Thesis) -> str:
        return thesis.topic.title

    @admin.display(description=_("Page of the thesis"))
    def page(self, thesis: Thesis) -> SafeString:
        return link(thesis.get_absolute_url(), thesis.title)

    def move(self, obj: Thesis, action: str, *, by: Any, reason: str) -> None:
        works.move_thesis(obj, action, by=by, reason=reason)


@admin.register(SupervisionRequest)
class SupervisionRequestAdmin(ReadOnlyAdmin):
    partitive = pgettext_lazy("partitive", "request to supervise")
    list_display = ("thesis", "supervisor", "rank", "stage", "asked_at", "answer_by")
    list_filter = ("stage",)
    list_select_related = ("thesis", "supervisor")
    search_fields = ("thesis__title", "supervisor__last_name")
    ordering = ("-asked_at", "-pk")
    fields = (
        "thesis", "supervisor", "rank", "stage", "asked_by", "message", "days", "asked_at",
        "answer_by", "answered_at", "reason",
    )  # fmt: skip
