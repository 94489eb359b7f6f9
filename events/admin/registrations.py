"""Who has registered, as coordinators see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cluster_portal.core.admin.scoped import ScopedAdmin
from cluster_portal.core.errors import Refused
from events.models import (
    Registration,
)
from events.services import registrations as services

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest


@admin.register(Registration)
class RegistrationAdmin(ScopedAdmin):
    """Looked at, ticked and cancelled; what a registrant has told is theirs to change."""

    partitive = pgettext_lazy("partitive", "registration")
    list_display = ["name", "organisation_name", "event_title", "mode", "stage", "queued_at"]
    list_filter = ["stage", "seats__mode", "event"]
    search_fields = ["name", "email", "user__email", "organisation_name"]
    list_select_related = ["event", "seats"]
    ordering = ["event", "queued_at", "pk"]
    actions = ["attended", "absent", "cancel"]
    may_add = False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("event"), ordering="event")
    def event_title(self, registration: Registration) -> str:
        return registration.event.title

    @admin.display(description=gettext_lazy("way of taking part"), ordering="seats__mode")
    def mode(self, registration: Registration) -> str:
        return registration.seats.get_mode_display()

    @admin.action(description=gettext_lazy("Mark as attended"), permissions=["view"])
    def attended(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        self._each(request, chosen, lambda row, by: services.mark(row, "mark_attended", by=by))

    @admin.action(description=gettext_lazy("Mark as absent"), permissions=["view"])
    def absent(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        self._each(request, chosen, lambda row, by: services.mark(row, "mark_absent", by=by))

    @admin.action(description=gettext_lazy("Cancel the registrations"), permissions=["view"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Registration]) -> None:
        self._each(request, chosen, lambda row, by: services.cancel_registration(row, by=by))

    def _each(self, request: HttpRequest, chosen: QuerySet[Registration], act: Any) -> None:
        done = 0
        for registration in self.manageable(request, chosen):
            try:
                act(registration, request.user)
                done += 1
            except Refused as refusal:
                words = {"name": registration.name, "why": refusal.message}
                messages.error(request, _("%(name)s: %(why)s") % words)
        if done:
            told = ngettext("%(count)d registration.", "%(count)d registrations.", done)
            messages.success(request, told % {"count": done})
