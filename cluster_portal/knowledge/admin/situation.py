"""Indicators and their figures in the coordinators’ admin; reviews are written on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, search
from cluster_portal.core.admin.import_page import ImportPage
from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline, is_coordinator
from cluster_portal.knowledge.models import (
    Assessment,
    Evaluation,
    Indicator,
    Measurement,
    Producer,
    SituationReview,
)
from cluster_portal.knowledge.models import reviews as rules
from cluster_portal.knowledge.services.measuring import COLUMNS, import_measurements
from cluster_portal.knowledge.services.situation import move_review
from members.services.arrivals import came
from projects.admin.base import StagedAdmin

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest

    from cluster_portal.core.imports import Report
    from members.models import User


class ProducerInline(ScopedTabularInline):
    model = Producer
    fields = ["region", "organisation"]


@admin.register(Indicator)
class IndicatorAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "indicator of regional security")
    list_display = ["name_fi", "theme", "unit_fi", "warning", "alarm", "interval", "is_headline"]
    list_filter = ["theme", "interval", "home_cluster"]
    search_fields = ["name_fi", "name_sv", "name_en", "source"]
    list_select_related = ["theme"]
    prepopulated_fields = {"slug": ["name_fi"]}
    inlines = [ProducerInline]
    fieldsets = [
        (
            None,
            {"fields": ["name_fi", "definition_fi", "unit_fi", "slug", "theme", "position",
                        "is_headline", "decimals"]},
        ),
        (_("Limits"), {"fields": ["bad_when", "warning", "alarm"]}),
        (
            _("Where it comes from"),
            {"fields": ["home_cluster", "organisation", "source", "source_url", "interval",
                        "retired_on", "visibility"]},
        ),
        (
            _("Swedish and English"),
            {"classes": ["collapse"],
             "fields": ["name_sv", "definition_sv", "unit_sv", "name_en", "definition_en",
                        "unit_en"]},
        ),
    ]  # fmt: skip

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
        before = form.initial.get("visibility", "") if change else ""
        came("indicators", form.instance, since=form.instance.created_at, before=before)


@admin.register(Measurement)
class MeasurementAdmin(ImportPage, ScopedAdmin):
    """To be read; a figure is entered and corrected on its indicator's page, or from a file."""

    partitive = pgettext_lazy("partitive", "measurement")
    may_add = False
    list_display = ["indicator", "region", "starts_on", "value", "origin", "updated_at"]
    list_filter = ["indicator", "region", "origin"]
    list_select_related = ["indicator", "region"]
    readonly_fields = ["indicator", "region", "starts_on", "value", "note", "origin",
                       "survey_round", "entered_by", "created_at"]  # fmt: skip
    import_columns = COLUMNS.known

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Each row is judged by whose region it is of; single ones are entered elsewhere."""
        return is_coordinator(request.user)

    def take_in(self, data: bytes, options: dict[str, Any], **how: Any) -> Report:
        del options
        return import_measurements(
            data, by=how["by"], dry_run=how["dry_run"], progress=how["progress"]
        )

    def import_notes(self) -> list[str]:
        return [
            gettext("indicator: its name or the last part of its address."),
            gettext("region: its name or code."),
            gettext("period: such as Q3/2026, H2/2026, 9/2026 or 2026, or a day in it."),
            gettext("reason: why a figure that is there already changes."),
        ]

    def import_example(self, request: HttpRequest) -> dict[str, Any]:
        row = Indicator.objects.visible_to(request.user).in_use().in_order().first()
        return {
            "indicator": row.slug if row else "sahkon-keskeytykset", "region": "Pohjois-Savo",
            "period": row.period_name(row.created_at.date()) if row else "Q3/2026",
            "value": "4,9",
        }  # fmt: skip


ASSESSED = ["theme", "level", "trend", "reasons_fi", "forecast"]


class AssessmentInline(ScopedTabularInline):
    model = Assessment
    fields = [*ASSESSED]
    readonly_fields = ASSESSED
    can_delete = False

    def has_add_permission(self, *_args: Any) -> bool:
        return False


@admin.register(SituationReview)
class SituationReviewAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "situation review")
    may_add = False
    workflow = rules.MOVES
    waiting_stages = frozenset({rules.Stage.PROPOSED})
    list_display = ["slug", "starts_on", "stage", "home_cluster", "approved_at"]
    list_filter = ["stage", "home_cluster"]
    list_select_related = ["home_cluster__region"]
    readonly_fields = ["home_cluster", "starts_on", "slug", "stage", "approved_at", "approved_in",
                       "answer", "lead_fi", "meaning_fi"]  # fmt: skip
    fields = (*readonly_fields, "visibility")
    inlines = [AssessmentInline]

    def move(self, obj: SituationReview, action: str, *, by: User, reason: str) -> None:
        move_review(obj, action, by=by, reason=reason)


@admin.register(Evaluation)
class EvaluationAdmin(ScopedAdmin):
    """To be read; written on its own page."""

    partitive = pgettext_lazy("partitive", "evaluation of a pilot")
    may_add = False
    may_delete = True
    list_display = ["title_fi", "began_on", "ended_on", "verdict", "home_cluster"]
    list_filter = ["verdict", "home_cluster"]
    list_select_related = ["home_cluster"]
    readonly_fields = ["title_fi", "began_on", "ended_on", "tried_fi", "told_fi", "verdict"]
    fields = (*readonly_fields, "visibility")

    def delete_model(self, request: HttpRequest, obj: Evaluation) -> None:
        audit.record(obj, "deleted", by=request.user)
        super().delete_model(request, obj)
