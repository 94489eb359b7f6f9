"""Proposals and questions in the coordinators’ admin, to be read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from projects.models import Proposal, Question

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


@admin.register(Proposal)
class ProposalAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "proposal")
    is_reading_recorded = True
    may_add = False
    list_display = ["title", "challenge", "organisation", "stage", "sent_at"]
    list_filter = ["stage"]
    search_fields = ["title", "challenge__title_fi", "organisation__name"]
    list_select_related = ["challenge", "organisation"]
    readonly_fields = [
        "challenge", "organisation", "author", "stage", "title", "what", "evidence", "trl",
        "wanted", "price", "starts_on", "reason", "sent_at", "decided_at",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(ScopedAdmin):
    """A coordinator removes what does not belong here."""

    partitive = pgettext_lazy("partitive", "question to a challenge")
    may_add = False
    may_delete = True
    list_display = ["__str__", "challenge", "organisation", "asked_at", "answered_at"]
    search_fields = ["text", "challenge__title_fi"]
    list_select_related = ["challenge", "organisation"]
    readonly_fields = [
        "challenge", "asker", "organisation", "is_anonymous", "text", "asked_at", "answer",
        "answered_at",
    ]  # fmt: skip
    fields = [*readonly_fields]
