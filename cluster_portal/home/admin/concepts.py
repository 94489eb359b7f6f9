"""The concepts of the search: every coordinator reads them, the administrator adds to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from cluster_portal.core import audit
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.database.merging import MergingForm
from cluster_portal.core.matching import additions, concepts
from cluster_portal.core.matching.additions import ConceptAddition
from cluster_portal.home.admin.vocabulary import AdministratorsOnly

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse


@admin.register(ConceptAddition)
class ConceptAdditionAdmin(AdministratorsOnly):
    partitive = pgettext_lazy("partitive", "addition to the concepts")
    form = MergingForm
    list_display = ["name", "fi", "sv", "en", "near"]
    search_fields = ["name", "fi", "sv", "en"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        by: Any = request.user
        act = "changed in admin" if change else "added in admin"
        audit.record(obj, act, by=by, details=self._words(obj))
        transaction.on_commit(additions.forget)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        by: Any = request.user
        audit.record(obj, "deleted", by=by, details=self._words(obj))
        transaction.on_commit(additions.forget)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for obj in queryset:
            self.delete_model(request, obj)

    def _words(self, obj: Model) -> dict[str, object]:
        return {language: getattr(obj, language) for language in concepts.LANGUAGES}


@admin_page("concepts", "core/concepts/", gettext_lazy("Concepts of the search"))
@require_safe
@coordinators_only
def concept_list(request: HttpRequest) -> HttpResponse:
    q = " ".join(request.GET.get("q", "").split())[:100]
    found = [entry for entry in concepts.thesaurus().values() if _says(entry, q.lower())]
    is_admin = request.user.is_superuser
    context = {
        **admin.site.each_context(request),
        "title": _("Concepts of the search"),
        "q": q,
        "entries": found,
        "add_url": reverse("admin:core_conceptaddition_add") if is_admin else "",
        "list_url": reverse("admin:core_conceptaddition_changelist") if is_admin else "",
    }
    return TemplateResponse(request, "admin/concepts.html", context)


def _says(entry: concepts.Entry, words: str) -> bool:
    return words in f"{entry.name} {entry.fi} {entry.sv} {entry.en}".lower()
