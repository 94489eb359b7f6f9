"""The auditor's lists, for the administrator: who did what to what, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.admin.base import PortalAdmin
from cluster_portal.core.audit import AuditEntry, names
from cluster_portal.core.audit.refusals import Refusal

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


class ReadOnly(PortalAdmin):
    """For the platform administrator; nobody adds, changes or deletes here."""

    view_on_site = False
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ActFilter(admin.SimpleListFilter):
    title = _("action")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return list(names.SENSITIVE.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """The kinds of object that occur in the log."""

    title = _("object")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, str]]:
        rows = model_admin.model.objects.exclude(content_type=None).order_by()
        kinds = rows.values_list("content_type__app_label", "content_type__model").distinct()
        found = [(f"{app}.{model}", _kind_name(app, model)) for app, model in kinds]
        return sorted(found, key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        app, _dot, model = (self.value() or "").partition(".")
        if not model:
            return queryset
        return queryset.filter(content_type__app_label=app, content_type__model=model)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """Searched by person (name or address), by the number of the object, and by reason."""

    partitive = pgettext_lazy("partitive", "audit entry")
    list_display = ("at", "act", "actor", "kind", "what", "change", "reason")
    list_filter = (ActFilter, KindFilter, ("at", admin.DateFieldListFilter))
    date_hierarchy = "at"
    list_select_related = ("actor", "content_type")
    search_fields = (
        "actor__email", "actor__first_name", "actor__last_name", "=object_id", "reason",
    )  # fmt: skip
    search_help_text = _("A person's name or address, or the number of an object.")
    fields = ("at", "act", "actor", "kind", "what", "reason", "change", "network", "details")

    @admin.display(description=_("action"), ordering="action")
    def act(self, entry: AuditEntry) -> str:
        return names.name_of(entry.action)

    @admin.display(description=_("object"))
    def kind(self, entry: Any) -> str:
        return _kind_name(entry.content_type.app_label, entry.content_type.model)

    @admin.display(description=_("which one"))
    def what(self, entry: Any) -> str:
        return _what(entry)

    @admin.display(description=_("change"))
    def change(self, entry: AuditEntry) -> str:
        """`field: before → after`, in the words of the form."""
        before, after = entry.details.get("before", {}), entry.details.get("after", {})
        model = entry.content_type.model_class()
        return "; ".join(
            f"{_field_name(model, name)}: {_value(before.get(name))} → {_value(after[name])}"
            for name in after
        )

    @admin.display(description=_("network"))
    def network(self, entry: AuditEntry) -> str:
        return str(entry.details.get("network", ""))


@admin.register(Refusal)
class RefusalAdmin(ReadOnly):
    """Failures and refusals, one row per account, network and hour."""

    partitive = pgettext_lazy("partitive", "refusal")
    list_display = ("hour", "act", "account", "network", "count", "kind", "what")
    list_filter = ("act", KindFilter, ("hour", admin.DateFieldListFilter))
    date_hierarchy = "hour"
    list_select_related = ("account", "content_type")
    search_fields = (
        "account__email", "account__first_name", "account__last_name", "network", "=object_id",
    )  # fmt: skip
    search_help_text = _("A person's name or address, or a network.")
    fields = list_display

    @admin.display(description=_("object"))
    def kind(self, row: Any) -> str:
        kind = row.content_type
        return _kind_name(kind.app_label, kind.model) if kind else ""

    @admin.display(description=_("which one"))
    def what(self, row: Any) -> str:
        return _what(row) if row.content_type else ""


def _kind_name(app: str, model: str) -> str:
    try:
        return str(apps.get_model(app, model)._meta.verbose_name)
    except LookupError:
        return model


def _what(row: Any) -> str:
    """What it is called today, with its number; of what is gone the number alone."""
    if row.object_id == 0:
        return ""
    return f"{row.about} ({row.object_id})" if row.about else str(row.object_id)


def _field_name(model: type[Model], name: str) -> str:
    if name == "coordinates":
        return gettext("coordinator")
    try:
        return str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        return name


def _value(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
