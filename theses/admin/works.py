"""Theses under way and finished, and whom their parties have asked to supervise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.base import link
from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin
from members.models import Organisation
from theses.models import (
    Application,
    Approach,
    InterviewTime,
    LightReport,
    Milestone,
    SupervisionRequest,
    Thesis,
)
from theses.models.applications import MOVES as APPLICATION_MOVES
from theses.models.applications import PENDING
from theses.models.works import ACTIVE, MOVES, Stage
from theses.services import applications, works

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from members.models import User


class SchoolFilter(admin.SimpleListFilter):
    """By the school that the student's profile names."""

    title = _("educational institution")
    parameter_name = "school"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
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

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
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
    workflow = MOVES.without("finish")
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

    def move(self, obj: Thesis, action: str, *, by: User, reason: str) -> None:
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
    workflow = APPLICATION_MOVES.without("invite")
    waiting_stages = frozenset(PENDING)
    inlines = (InterviewInline,)
    fields = readonly_fields = (
        "topic", "student", "school", "motivation", "stage", "topic_version", "submitted_at",
        "answer_by", "meeting", "other_times", "place", "decided_at", "decided_by", "reason",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def move(self, obj: Application, action: str, *, by: User, reason: str) -> None:
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
