"""The way from the today page to the funding of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cluster_portal.core.admin.site import admin_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin_page("project_funding", "projects/funding/", gettext_lazy("Funding of projects"))
@require_safe
def project_funding(_request: HttpRequest) -> HttpResponse:
    return redirect("projects:funding")
