"""Parts in goals, comments, reviews, and the rows of influence, mandates and transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin, ScopedTabularInline
from cluster_portal.core.http import refusal_as_message
from projects.models import (
    Comment,
    GoalPart,
    InfluenceAct,
    InfluenceGoal,
    Mandate,
    Review,
    Transfer,
)
from projects.services.ownership import ask_for_part
from projects.services.rounds import answer_comment

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest


class InfluenceGoalInline(ScopedTabularInline):
    model = InfluenceGoal
    fields = ["position", "parent", "title_fi", "title_sv", "title_en", "target", "channel"]
    show_change_link = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A part belongs to a goal of the same version."""
        formset = super().get_formset(request, obj, **kwargs)
        own = InfluenceGoal.objects.filter(programme=obj, parent__isnull=True) if obj else None
        parent: Any = formset.form.base_fields["parent"]
        parent.queryset = own or InfluenceGoal.objects.none()
        return formset


class MandateInline(ScopedTabularInline):
    model = Mandate
    fields = [
        "position", "task_fi", "task_sv", "task_en", "authority", "authority_words", "role_fi",
        "role_sv", "role_en",
    ]  # fmt: skip


class TransferInline(ScopedTabularInline):
    model = Transfer
    fields = ["position", "what_fi", "what_sv", "what_en", "taker", "by_on", "funding", "state"]


class ReviewInline(ScopedTabularInline):
    model = Review
    fields = ["due_on", "months", "held_on", "words"]
    readonly_fields = ["held_on"]


@admin.register(GoalPart)
class GoalPartAdmin(ScopedAdmin):
    """Saving a new part, or another one for the same organisation, asks the organisation."""

    partitive = pgettext_lazy("partitive", "part in a goal")
    may_delete = True
    list_display = ["goal", "organisation", "part", "stage", "answered_on"]
    list_filter = ["part", "stage"]
    search_fields = ["organisation__name", "goal__title_fi"]
    list_select_related = ["goal", "organisation"]
    readonly_fields = ["stage", "reason", "person", "answered_on"]
    fields = ["goal", "organisation", "part", "note", *readonly_fields]

    def save_model(
        self, request: HttpRequest, obj: GoalPart, form: ModelForm, change: bool
    ) -> None:
        if not change or {"part", "organisation", "goal"} & set(form.changed_data):
            with refusal_as_message(request):
                ask_for_part(obj, by=request.user)
                messages.success(request, _("The organisation has been asked."))
        else:
            super().save_model(request, obj, form, change)


@admin.register(Comment)
class CommentAdmin(ScopedAdmin):
    """The coordinator says what became of each comment."""

    partitive = pgettext_lazy("partitive", "comment on a programme")
    may_add = False
    list_display = ["programme", "kind", "goal", "name", "organisation", "outcome", "written_at"]
    list_filter = ["outcome", "kind"]
    search_fields = ["text", "name"]
    list_select_related = ["programme", "goal", "organisation"]
    readonly_fields = ["programme", "kind", "goal", "name", "organisation", "text", "written_at"]
    fields = [*readonly_fields, "outcome", "answer"]

    def save_model(self, request: HttpRequest, obj: Comment, form: ModelForm, change: bool) -> None:
        """Whoever wrote the comment is told of its answer."""
        with refusal_as_message(request):
            answer_comment(obj, obj.outcome, obj.answer, by=request.user)


class ActInline(ScopedTabularInline):
    model = InfluenceAct
    fields = ["kind", "on", "title", "link", "of_result"]
    raw_id_fields = ["of_result"]


@admin.register(InfluenceGoal)
class InfluenceGoalAdmin(ScopedAdmin):
    partitive = pgettext_lazy("partitive", "influence goal")
    may_add = False
    list_display = ["title_fi", "programme", "parent", "target"]
    search_fields = ["title_fi", "target"]
    list_select_related = ["programme", "parent"]
    inlines = [ActInline]
    readonly_fields = ["programme", "parent"]
    fieldsets = [
        (None, {"fields": ["programme", "parent", "position", "title_fi", "target", "channel"]}),
        (
            gettext_lazy("Swedish and English"),
            {"classes": ["collapse"], "fields": ["title_sv", "title_en"]},
        ),
    ]
