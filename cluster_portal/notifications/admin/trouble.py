"""Coordinators see to which of their people mail does not arrive, and let it go again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cluster_portal.core.admin.base import PortalAdmin
from cluster_portal.core.admin.scoped import is_coordinator
from cluster_portal.notifications.models import MailTrouble
from cluster_portal.notifications.services import bounces

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


@admin.register(MailTrouble)
class MailTroubleAdmin(PortalAdmin):
    partitive = pgettext_lazy("partitive", "address from which mail comes back")
    list_display = ["address", "is_stopped", "status", "words", "count", "first_at", "last_at"]
    list_filter = ["is_stopped"]
    search_fields = ["address"]
    ordering = ["-last_at", "-pk"]
    view_on_site = False
    actions = ["lift"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailTrouble]:
        return super().get_queryset(request) & MailTrouble.objects.in_scope_of(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.action(description=_("Let mail go to these again"), permissions=["view"])
    def lift(self, request: HttpRequest, chosen: QuerySet[MailTrouble]) -> None:
        count = bounces.lift(
            MailTrouble.objects.filter(pk__in=chosen.values("pk")), by=request.user
        )
        words = ngettext(
            "Mail goes to %(count)d address again.",
            "Mail goes to %(count)d addresses again.",
            count,
        )
        messages.info(request, words % {"count": count})
