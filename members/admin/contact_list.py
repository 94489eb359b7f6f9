"""The contact list of a cluster as a file, for its coordinators; taking it out is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit, exports
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from members.forms.contact_list import ContactListForm
from members.pages import contact_list as pages

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WRITERS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}


@admin_page("contact_list", "members/contacts/", _("Contact list"))
@coordinators_only
def contact_list(request: HttpRequest) -> HttpResponse:
    """GET shows what can be chosen; POST gives the file and records who took it."""
    form = ContactListForm(request.POST or None, user=request.user)
    wanted = request.POST.get("format", "")
    if request.method == "POST" and form.is_valid() and wanted in WRITERS:
        return _file(request, form, wanted)
    context = {
        **admin.site.each_context(request),
        "title": gettext("Contact list"),
        "form": form,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/members/contact_list.html", context, status=status)


def _file(request: HttpRequest, form: ContactListForm, wanted: str) -> HttpResponse:
    cluster, chosen = form.cleaned_data["cluster"], form.chosen()
    rows = [
        [exports.day_cell(cell) for cell in row]
        for row in pages.rows(cluster, pages.Wanted(**chosen))
    ]
    details: dict[str, object] = {name: sorted(values) for name, values in chosen.items() if values}
    audit.record(
        cluster,
        "contact list exported",
        by=request.user,
        details={**details, "rows": len(rows), "format": wanted},
    )
    return WRITERS[wanted](f"{cluster.slug}-contacts", pages.header(), rows)
