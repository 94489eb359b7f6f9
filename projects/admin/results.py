"""Results, their uses in decisions and business outcomes in the coordinators’ admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from members.models import Organisation
from projects.admin.base import StagedAdmin
from projects.models import BusinessOutcome, Recommendation, Result, ResultUse
from projects.models import recommendations as use_rules
from projects.models import results as rules
from projects.services.results import answer_use, move_result

if TYPE_CHECKING:
    from django.db.models import ForeignKey
    from django.http import HttpRequest

    from members.models import User


class RecommendationInline(ScopedTabularInline):
    model = Recommendation
    fields = ["position", "title", "detail", "state", "follow_up"]


@admin.register(Result)
class ResultAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "result of work")
    workflow = rules.MOVES
    waiting_stages = rules.UNPUBLISHED
    list_display = ["title_fi", "kind", "level", "stage", "home_cluster", "organisation"]
    list_filter = ["stage", "kind", "level", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "summary_fi"]
    list_select_related = ["home_cluster", "organisation"]
    prepopulated_fields = {"slug": ["title_fi"]}
    readonly_fields = ["stage", "year", "number", "published_at"]
    inlines = [RecommendationInline]
    fieldsets = [
        (
            None,
            {"fields": ["title_fi", "summary_fi", "slug", "stage", "kind", "level", "languages",
                        "year", "number", "published_at"]},
        ),
        (
            gettext_lazy("The brief"),
            {"fields": ["why", "costs", "unknown", "sources", "figure_title", "before_words",
                        "before", "after_words", "after"]},
        ),
        (
            gettext_lazy("Owner and readers"),
            {"fields": ["home_cluster", "organisation", "contact", "visibility"]},
        ),
        (
            gettext_lazy("Links"),
            {"fields": ["makers", "other_makers", "link", "project", "challenge", "pilot",
                        "measures", "terms"]},
        ),
        (
            gettext_lazy("Swedish and English"),
            {"classes": ["collapse"],
             "fields": ["title_sv", "summary_sv", "title_en", "summary_en"]},
        ),
    ]  # fmt: skip

    def move(self, obj: Result, action: str, *, by: User, reason: str) -> None:
        move_result(obj, action, by=by, reason=reason)


@admin.register(ResultUse)
class ResultUseAdmin(MovesOnPage, ScopedAdmin):
    """What a member has told stays as it was told."""

    partitive = pgettext_lazy("partitive", "use of a result")
    workflow = use_rules.USE_MOVES
    waiting_stages = frozenset({use_rules.UseStage.TOLD})
    may_add = False
    may_delete = True
    list_display = ["result", "decided_by", "decided_on", "stage", "told_at"]
    list_filter = ["stage"]
    search_fields = ["result__title_fi", "decided_by"]
    list_select_related = ["result"]
    readonly_fields = [
        "result", "recommendation", "stage", "decided_by", "decided_on", "link", "note", "teller",
        "reason", "told_at", "answered_at",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def move(self, obj: ResultUse, action: str, *, by: User, reason: str) -> None:
        answer_use(obj, action, by=by, reason=reason)


@admin.register(BusinessOutcome)
class BusinessOutcomeAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "business outcome")
    list_display = ["kind", "year", "count", "value", "organisation", "home_cluster"]
    list_filter = ["kind", "year", "home_cluster"]
    search_fields = ["organisation__name", "note"]
    list_select_related = ["organisation", "home_cluster"]
    fields = ["home_cluster", "organisation", "project", "kind", "year", "count", "value", "note"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Outcomes of others' organisations would open the sums of few."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "organisation":
            field.queryset = Organisation.objects.managed_by(request.user)
        return field
