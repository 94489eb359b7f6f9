"""The coordinators' report of what members and applicants expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cluster_portal.core import exports
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from members.pages import expectations as pages

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TITLE = gettext_lazy("What members expect")


@admin_page("members_expectations", "members/expectations/", TITLE)
@require_safe
@coordinators_only
def report(request: HttpRequest) -> HttpResponse:
    tables = [pages.table(request.user, column) for column in pages.COLUMNS]
    themes = pages.themes(request.user)
    context = {
        **admin.site.each_context(request),
        "title": TITLE,
        "tables": tables,
        "chart": pages.chart(tables[0]),
        "answered": tables[0].answered[-1],
        "least": pages.LEAST,
        "themes": themes,
        "theme_chart": pages.theme_chart(themes),
    }
    return TemplateResponse(request, "admin/members/expectations.html", context)


@admin_page("members_expectations_csv", "members/expectations/csv/")
@require_safe
@coordinators_only
def as_csv(request: HttpRequest) -> HttpResponse:
    head = [_("Table"), _("Group"), _("Expectation or theme"), _("Count"), _("Answered"), "%"]
    return exports.csv_response("expectations", head, pages.as_rows(request.user))
