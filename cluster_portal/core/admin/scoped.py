"""Admin screens that a coordinator sees only their own clusters through (TRUST 18-21, 4.4)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.admin.base import NamedRows, PortalAdmin, TickedChoices
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db import models
    from django.db.models import Model, QuerySet
    from django.forms import ModelChoiceField, ModelMultipleChoiceField
    from django.http import HttpRequest, HttpResponse

# What the sidebar and the date line add to a field's name.
LOOKUPS = {"exact", "isnull", "in", "id", "pk", "gte", "gt", "lte", "lt", "year", "month", "day"}


def choosable(model: type[models.Model], user: Any) -> QuerySet[Any]:
    """What this user may point at from a form: their own scope unless the model says wider."""
    everything: Any = model._default_manager.all()
    if hasattr(everything, "choosable_by"):
        return everything.choosable_by(user)
    if user.is_superuser or model is Term:
        return everything
    return everything.in_scope_of(user) if hasattr(everything, "in_scope_of") else everything.none()


def is_coordinator(user: Any) -> bool:
    known = audience(user)
    return bool(user.is_active and user.is_staff and (known.is_admin or known.coordinates))


def coordinators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages beside the lists: whoever may enter the site but coordinates nothing is refused."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_coordinator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class ScopedChoices(TickedChoices):
    """Foreign keys and many-to-many fields offer, and accept, only what is choosable."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        kwargs["queryset"] = choosable(db_field.remote_field.model, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        kwargs["queryset"] = choosable(db_field.remote_field.model, request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class CurrentStays(MergingForm):
    """What a row points at already stays choosable, so that saving never loses it out of scope."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if type(field) is forms.ModelChoiceField and self.instance.pk:
                self._keep(name, field)
            elif type(field) is forms.ModelMultipleChoiceField and self.instance.pk:
                self._keep_all(name, field)
            elif name == "visibility":
                self._offer_visibilities(field)

    def _keep_all(self, name: str, field: Any) -> None:
        current = getattr(self.instance, name, None)
        if hasattr(current, "values_list"):
            offered, rows = field.queryset, field.queryset.model._default_manager
            kept = Q(pk__in=list(current.values_list("pk", flat=True)))
            field.queryset = rows.filter(Q(pk__in=offered.values("pk")) | kept)

    def _offer_visibilities(self, field: Any) -> None:
        """A named group only where the model can name one, or for what is at it already."""
        rows = type(self.instance)._default_manager.all()
        if not getattr(rows, "has_group", False) and self.instance.visibility != Visibility.GROUP:
            field.choices = [each for each in field.choices if each[0] != Visibility.GROUP]

    def _keep(self, name: str, field: Any) -> None:
        column = next((f.attname for f in self.instance._meta.fields if f.name == name), "")
        current = getattr(self.instance, column, None) if column else None
        if current is not None:
            offered, rows = field.queryset, field.queryset.model._default_manager
            field.queryset = rows.filter(Q(pk__in=offered.values("pk")) | Q(pk=current))


def _name_of(list_filter: Any) -> str:
    """The field or parameter of an entry of `list_filter`."""
    if isinstance(list_filter, (tuple, list)):
        return str(list_filter[0])
    return str(getattr(list_filter, "parameter_name", list_filter))


def managed(model: Any, user: Any) -> QuerySet[Any]:
    """What a coordinator may change: the queryset's `managed_by`, else all in scope."""
    rows = model._default_manager
    return getattr(rows, "managed_by", rows.in_scope_of)(user)


class ScopedAdmin(ScopedChoices, PortalAdmin):
    """Sees `Model.objects.in_scope_of(user)`, changes what is `managed` of it.

    `may_add` and `may_delete` say what coordinators may do beyond changing; the administrator may
    always. An object out of scope answers as one that does not exist.
    """

    form = CurrentStays
    may_add = True
    may_delete = False
    view_on_site = False
    is_reading_recorded = False
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.model._default_manager.in_scope_of(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """A form that is being saved holds its row, so that it undoes no step taken meanwhile."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        rows = self.model._default_manager.filter(pk=found.pk).select_for_update(no_key=True)
        rows.values_list("pk").first()
        return super().get_object(request, object_id, from_field)

    def manageable(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of an action's selection, those this user may change."""
        mine = managed(self.model, request.user)
        return rows.filter(pk__in=mine.values("pk"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if not is_coordinator(request.user):
            return False
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if not is_coordinator(request.user):
            return False
        mine = managed(self.model, request.user)
        return obj is None or mine.filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        allowed = self.may_add or request.user.is_superuser
        return allowed and is_coordinator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        allowed = self.may_delete or request.user.is_superuser
        return allowed and self.has_change_permission(request, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The sidebar's filters alone: any other lookup tells a hidden field letter by letter."""
        offered = [self.date_hierarchy, *map(_name_of, self.get_list_filter(request))]
        for name in filter(None, offered):
            rest = lookup.removeprefix(f"{name}__").split("__")
            if lookup == name or (lookup != "__".join(rest) and LOOKUPS.issuperset(rest)):
                return super().lookup_allowed(lookup, value, request)
        return False

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [self._own_choices_only(each) for each in super().get_list_filter(request)]

    def _own_choices_only(self, spec: Any) -> Any:
        """A relation's sidebar lists only values that occur in the rows they see."""
        if isinstance(spec, str) and "__" not in spec:
            field = self.model._meta.get_field(spec)
            if field.is_relation:
                return (spec, admin.RelatedOnlyFieldListFilter)
        return spec

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A cascade beyond the coordinator's scope is refused without naming what it reaches."""
        names, counts, permissions, protected = super().get_deleted_objects(objs, request)
        if protected and not request.user.is_superuser:
            protected = [_("Other objects depend on this; ask the administrator.")]
        return names, counts, permissions, protected

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is not None and not self.has_view_permission(request, obj):
            raise PermissionDenied
        context = {"acts": audit.of(obj)[:200] if obj else [], "title": capfirst(_("history"))}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if self.is_reading_recorded and obj is not None and request.method == "GET":
            audit.record(obj, "read", by=request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> Any:
        """What exists beyond this user's scope is noted as refused."""
        try:
            found = self.model._base_manager.filter(pk=object_id).first()  # noqa: SLF001
        except (ValueError, ValidationError):
            found = None
        request.not_shown = found  # type: ignore[attr-defined]
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,
    ) -> Any:
        """What the act says of a change: all names, and the values of what is no free text (those
        stand in the row history)."""
        model = form.instance._meta
        told = {
            name: (form.initial.get(name), form.cleaned_data.get(name))
            for name in form.changed_data
            if name in {field.name for field in model.get_fields()}
            and _is_told(model.get_field(name))
        }
        details = {"fields": list(form.changed_data), **audit.change(**told)}
        request.change_details = details  # type: ignore[attr-defined]
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        audit.record(obj, "added in admin", by=request.user)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        details = getattr(request, "change_details", {})
        audit.record(obj, "changed in admin", by=request.user, details=details)
        return super().log_change(request, obj, message)


def _is_told(field: Any) -> bool:
    return bool(field.choices) or field.get_internal_type() not in {"CharField", "TextField"}


class ScopedInline(ScopedChoices):
    """Rows of a parent that the admin has already found in scope follow the parent's permission."""

    form: Any = CurrentStays
    view_on_site: Any = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return is_coordinator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        if not is_coordinator(request.user):
            return False
        if obj is None:
            return True
        return managed(type(obj), request.user).filter(pk=obj.pk).exists()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)


class ScopedTabularInline(ScopedInline, admin.TabularInline):
    formset = NamedRows
    extra = 0


class ScopedStackedInline(ScopedInline, admin.StackedInline):
    extra = 0


class ReadOnlyAdmin(ScopedAdmin):
    """What the parties themselves write; a coordinator follows it."""

    may_add = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(ScopedTabularInline):
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
