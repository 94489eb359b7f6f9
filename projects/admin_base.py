"""What this app's screens share: steps of a workflow, tick boxes for lists of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.utils.text import capfirst

from cluster_portal.core import search
from cluster_portal.core.admin import ScopedAdmin
from cluster_portal.core.admin_moves import MovesOnPage
from cluster_portal.core.search import Searchable
from projects.services.arrivals import content_came

if TYPE_CHECKING:
    from django.db.models import Field
    from django.http import HttpRequest


class ContentAdmin(MovesOnPage, ScopedAdmin):
    """A screen whose object has stages and may be searched."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField) and db_field.base_field.choices:
            return forms.TypedMultipleChoiceField(
                choices=db_field.base_field.flatchoices, coerce=str, required=not db_field.blank,
                label=capfirst(db_field.verbose_name), help_text=db_field.help_text,
                widget=forms.CheckboxSelectMultiple, empty_value=[],
            )  # fmt: skip
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form.instance, Searchable):
            search.reindex(form.instance)
        content_came(form.instance, before=form.initial.get("visibility", "") if change else "")
