"""What this app's screens share: steps of a workflow, tick boxes for lists of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core import search
from cluster_portal.core.admin.moves import MovesOnPage
from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.search import Searchable
from projects.desk import COORDINATORS_TURN
from projects.models import Measure, Programme
from projects.models.programmes import Stage
from projects.services.arrivals import content_came

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.admin import ModelAdmin
    from django.db.models import Field, QuerySet
    from django.http import HttpRequest


class VersionFilter(admin.SimpleListFilter):
    """The version in force, unless another is asked for: nobody edits an old one by mistake."""

    title = gettext_lazy("version of the programme")
    parameter_name = "version"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [
            (Stage.DRAFT.value, gettext_lazy("Draft")),
            (Stage.REPLACED.value, gettext_lazy("Replaced versions")),
            ("all", gettext_lazy("All versions")),
        ]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("Version in force")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        stage = self.value() or Stage.APPROVED
        return queryset if stage == "all" else queryset.filter(goal__programme__stage=stage)


class IdeaTurnFilter(admin.SimpleListFilter):
    """The ideas that the desk's queue counts, against all."""

    title = gettext_lazy("whose turn")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Coordinator's turn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        ideas: Any = queryset
        return ideas.ideas().filter(COORDINATORS_TURN)


def version_banner(programme: Programme, measure: Measure | None = None) -> dict[str, Any]:
    """Which version is being edited, which other there is, and the way to the same thing there."""
    versions = {each.stage: each for each in Programme.objects.filter(
        home_cluster=programme.home_cluster_id, stage__in=[Stage.DRAFT, Stage.APPROVED],
    )}  # fmt: skip
    is_draft = programme.stage == Stage.DRAFT
    other = versions.get(Stage.APPROVED if is_draft else Stage.DRAFT)
    if programme.stage == Stage.REPLACED:
        other = versions.get(Stage.APPROVED)
    same = _same_measure(measure, other) if measure and other else None
    target, name = (same, "measure") if same else (other, "programme")
    url = reverse(f"admin:projects_{name}_change", args=[target.pk]) if target else ""
    return {"stage": programme.stage, "version": programme.version, "other": other, "url": url}


def _same_measure(measure: Measure, other: Programme) -> Measure | None:
    chain = Q(continues=measure) | Q(pk=measure.continues_id)
    return Measure.objects.of(other).filter(chain).first()


class ContentAdmin(ScopedAdmin):
    """A screen whose object may stand on a list and be searched."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.TypedMultipleChoiceField(
                choices=db_field.base_field.flatchoices, coerce=str, required=not db_field.blank,
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text,
                widget=forms.CheckboxSelectMultiple, empty_value=[],
            )  # fmt: skip
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(
        self,
        request: HttpRequest,
        form: forms.ModelForm,
        formsets: list[forms.BaseModelFormSet],
        change: bool,
    ) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, Searchable):
            search.reindex(form.instance)
        content_came(form.instance, before=form.initial.get("visibility", "") if change else "")


class StagedAdmin(MovesOnPage, ContentAdmin):
    """A screen whose object has stages, too."""
