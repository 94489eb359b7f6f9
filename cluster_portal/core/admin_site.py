"""The coordinators' site: a second factor is asked, and no route tells what it should not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.core.registries import queues

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse


def lacks_second_factor(user: Any) -> bool:
    """Staff use a second factor everywhere but in the demo."""
    return user.is_authenticated and not settings.DEMO and not is_mfa_enabled(user)


class PortalAdminSite(AdminSite):
    site_header = gettext_lazy("Cluster portal administration")
    site_title = gettext_lazy("Administration")
    index_title = gettext_lazy("Today")
    index_template = "admin/today.html"

    def get_urls(self) -> list[Any]:
        # `r/<content type>/<id>/` would tell any staff user the address of any object.
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.user.is_staff and lacks_second_factor(request.user):
            messages.warning(request, _("Administration needs a second factor. Add one first."))
            return redirect("mfa_index")
        return super().login(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        waiting = [queue.state(request.user) for queue in queues]
        context = {"queues": [state for state in waiting if state.count], "today": timezone.now()}
        return super().index(request, {**context, **(extra_context or {})})
