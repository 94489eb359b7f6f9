from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cluster_portal.core.admin.base import PortalAdmin
from cluster_portal.core.admin.scoped import is_coordinator
from cluster_portal.notifications.models import OutboxMail

if TYPE_CHECKING:
    from django.db.models import Model


@admin.register(OutboxMail)
class OutboxMailAdmin(PortalAdmin):
    """The administrator looks at the queue, coordinators at what failed of their clusters.

    Both try failed mail again; nobody edits a message.
    """

    partitive = pgettext_lazy("partitive", "outgoing mail")
    list_display = ["kind", "reader", "state", "attempts", "age", "due_at", "sent_at", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["recipient__email", "guest_address", "key", "last_error"]
    ordering = ["-created_at", "-pk"]
    list_select_related = ["recipient"]
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    actions = ["try_again"]
    fields = [
        *("kind", "key", "reader", "state", "attempts", "last_error"),
        *("created_at", "due_at", "sent_at", "message_id", "version"),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutboxMail]:
        return super().get_queryset(request) & OutboxMail.objects.in_scope_of(request.user)

    def has_view_permission(self, request: HttpRequest, obj: "Model | None" = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: "Model | None" = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: "Model | None" = None) -> bool:
        return False

    @admin.display(description=_("recipient"))
    def reader(self, mail: OutboxMail) -> str:
        return mail.address

    @admin.display(description=_("age"), ordering="created_at")
    def age(self, mail: OutboxMail) -> str:
        return timesince(mail.created_at, depth=1)

    @admin.action(description=_("Try again"), permissions=["view"])
    def try_again(self, request: HttpRequest, chosen: QuerySet[OutboxMail]) -> None:
        count = OutboxMail.objects.filter(pk__in=chosen.values("pk")).try_again(timezone.now())
        words = ngettext(
            "%(count)d mail was queued again.", "%(count)d mails were queued again.", count
        )
        messages.info(request, words % {"count": count})
