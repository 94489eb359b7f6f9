"""The coordinators' site: a second factor is asked, and no route tells what it should not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.admin import AdminSite
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cluster_portal.core.admin import queues
from cluster_portal.core.http.second_factor import lacks_second_factor, led_to_enrol

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class AdminPage:
    """A page beside the lists, named `admin:<key>`; with a label the today page leads to it."""

    key: str
    path: str
    view: Callable[..., Any]
    label: str | _StrPromise

    @property
    def url(self) -> str:
        return reverse(f"admin:{self.key}")


pages: list[AdminPage] = []
View = TypeVar("View", bound="Callable[..., Any]")


def admin_page(key: str, path: str, label: str | _StrPromise = "") -> Callable[[View], View]:
    """Adds the view to the site; said in a module that the app's `admin` imports."""

    def added(view: View) -> View:
        pages.append(AdminPage(key, path, view, label))
        return view

    return added


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
        own = [path(page.path, self.admin_view(page.view), name=page.key) for page in pages]
        return [*own, *urls]

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
        context = {
            "tables": queues.tables(request.user),
            "pages": [page for page in pages if page.label],
            "today": timezone.now(),
        }
        return super().index(request, {**context, **(extra_context or {})})
