"""The coordinators' site: a second factor is asked, and no route tells what it should not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cluster_portal.core.registries import admin_pages, queues
from cluster_portal.core.second_factor import lacks_second_factor, led_to_enrol

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse


def is_of_a_library(admin_class: type) -> bool:
    return admin_class.__module__.partition(".")[0] in {"allauth", "django"}


class PortalAdminSite(AdminSite):
    site_header = gettext_lazy("Cluster portal administration")
    site_title = gettext_lazy("Administration")
    index_title = gettext_lazy("Today")
    index_template = "admin/today.html"

    def get_urls(self) -> list[Any]:
        # `r/<content type>/<id>/` would tell any staff user the address of any object.
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        pages = [path(page.path, self.admin_view(page.view), name=page.key) for page in admin_pages]
        return [*pages, *urls]

    def register(self, *args: Any, **options: Any) -> None:
        """Only the portal's own pages: those of libraries know no scope and show secrets."""
        admin_class = options.pop("admin_class", None) or (args[1] if len(args) > 1 else None)
        if admin_class is not None and not is_of_a_library(admin_class):
            super().register(args[0], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.user.is_staff and lacks_second_factor(request.user):
            return led_to_enrol(request)
        return super().login(request, extra_context)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        waiting = [queue.state(request.user) for queue in queues]
        context = {
            "queues": [state for state in waiting if state.count],
            "pages": [page for page in admin_pages if page.label],
            "today": timezone.now(),
        }
        return super().index(request, {**context, **(extra_context or {})})
