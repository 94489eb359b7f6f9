"""Signals in the coordinators’ admin: assessed and published here or on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.scoped import ScopedTabularInline
from cluster_portal.knowledge.models import Signal, SignalSource, SignalUse
from cluster_portal.knowledge.models import signals as rules
from cluster_portal.knowledge.services.signals import move_signal
from projects.admin.base import StagedAdmin

if TYPE_CHECKING:
    from django.forms import BaseModelFormSet, ModelForm
    from django.http import HttpRequest

    from members.models import User


class SourceInline(ScopedTabularInline):
    model = SignalSource
    fields = ["title", "url"]


class UseInline(ScopedTabularInline):
    model = SignalUse
    fields = ["what", "url", "used_on"]


@admin.register(Signal)
class SignalAdmin(StagedAdmin):
    partitive = pgettext_lazy("partitive", "signal of the future")
    may_add = False
    workflow = rules.MOVES
    waiting_stages = frozenset({rules.Stage.PROPOSED})
    list_display = ["title_fi", "kind", "stage", "likelihood", "impact", "home_cluster"]
    list_filter = ["stage", "kind", "home_cluster"]
    search_fields = ["title_fi", "title_sv", "title_en", "text_fi"]
    list_select_related = ["home_cluster"]
    readonly_fields = ["home_cluster", "stage", "author", "slug", "published_at", "answer"]
    inlines = [SourceInline, UseInline]
    fieldsets = [
        (
            None,
            {"fields": ["title_fi", "text_fi", "kind", "horizon", "likelihood", "impact",
                        "opportunity_fi", "region", "terms", "visibility"]},
        ),
        (_("State"), {"fields": ["home_cluster", "stage", "author", "slug", "published_at",
                                 "answer"]}),
        (
            _("Swedish and English"),
            {"classes": ["collapse"],
             "fields": ["title_sv", "text_sv", "opportunity_sv", "title_en", "text_en",
                        "opportunity_en"]},
        ),
    ]  # fmt: skip

    def move(self, obj: Signal, action: str, *, by: User, reason: str) -> None:
        move_signal(obj, action, by=by, reason=reason)

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        search.reindex(form.instance)
