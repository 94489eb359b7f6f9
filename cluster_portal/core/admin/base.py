"""What every admin screen shares: titles that Finnish can inflect, the browser's own inputs for
days and times, ticks in place of lists that need a held-down key, a name for every control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.forms import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.core.admin.ticks import TickList
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

NATIVE_INPUTS: dict[Any, dict[str, Any]] = {
    models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    },
}


def link(address: str, words: object) -> SafeString:
    """A column or read-only field that leads to another page."""
    return format_html('<a href="{}">{}</a>', address, words)


class PortalAdmin(admin.ModelAdmin):
    """`partitive` is the model's name as Finnish inflects it after a verb or a number."""

    formfield_overrides: ClassVar[Any] = NATIVE_INPUTS
    partitive: str | _StrPromise = ""
    counted_as: str | _StrPromise = ""

    def counted(self, count: int) -> str:
        """3 tapahtumaa, 3 events: what the foot of a list says."""
        if count == 1:
            return f"{count} {self.opts.verbose_name}"
        is_finnish = get_language() == "fi"
        word = (self.counted_as or self.partitive) if is_finnish else self.opts.verbose_name_plural
        return f"{count} {word}"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and self.has_change_permission(request, obj):
            is_finnish = get_language() == "fi"
            context["title"] = _("Change %s") % (
                self.partitive if is_finnish else self.opts.verbose_name
            )
        return super().render_change_form(request, context, *args, **kwargs)


class TickedChoices(BaseModelAdmin):
    """Fields of many are ticks, grouped by scheme where they are terms."""

    formfield_overrides = NATIVE_INPUTS

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if isinstance(db_field, models.ManyToManyField):  # no link to add one: it fills a select
            return self.formfield_for_manytomany(db_field, request, **kwargs)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> Any:
        is_term = db_field.remote_field.model is Term
        label = capfirst(db_field.verbose_name)
        kwargs["widget"] = TickList(label, by_scheme=is_term)
        if is_term:  # rows of a term's own kind need nothing beside the term
            return db_field.formfield(**kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class NamedRows(BaseInlineFormSet):
    """Rows under one heading: each control carries its column's name."""

    def add_fields(self, form: forms.BaseForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)  # within the admin's wrapper
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", capfirst(field.label or name))
