"""The administrator's screen of the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import pgettext_lazy

from cluster_portal.core import audit, vocabulary
from cluster_portal.core.admin.base import PortalAdmin
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.vocabulary import Term

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest


class AdministratorsOnly(PortalAdmin):
    """Seen by the platform administrator; nothing is deleted here."""

    view_on_site = False
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Term)
class TermAdmin(AdministratorsOnly):
    """A term that is no longer used is not deleted: its validity ends."""

    partitive = pgettext_lazy("partitive", "term")
    form = MergingForm
    list_display = ["label_fi", "label_sv", "label_en", "scheme", "code", "valid_until"]
    list_filter = ["scheme"]
    search_fields = ["label_fi", "label_sv", "label_en", "code"]
    raw_id_fields = ["broader"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """What the loader knows a term by stays: it would bring it a second time."""
        return ("scheme", "code") if obj else ()

    def save_model(self, request: HttpRequest, obj: Term, form: ModelForm, change: bool) -> None:
        """The act tells the loader of the vocabulary to leave this term alone from now on."""
        super().save_model(request, obj, form, change)
        by: Any = request.user
        audit.record(obj, "changed in admin" if change else "added in admin", by=by)
        vocabulary.forget_terms()
