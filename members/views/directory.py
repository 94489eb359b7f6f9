"""The member directory, an organisation's page, a cluster's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core import exports
from cluster_portal.core.admin.import_page import record_export
from members.models import Cluster, Organisation
from members.pages import clusters as cluster_page
from members.pages import organisation
from members.pages.organisation_export import rows as export_rows
from members.pages.organisation_list import ORGANISATIONS, coordinates
from members.services.organisation_import import COLUMNS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


WRITERS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}


@login_not_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    return ORGANISATIONS.response(request)


@require_POST
def organisation_export(request: HttpRequest) -> HttpResponse:
    """What the coordinator looks after of the list as it is narrowed in the address."""
    write = WRITERS.get(request.POST.get("format", ""))
    managed = Organisation.objects.editable_by(request.user).values("pk")
    if write is None or not coordinates(request.user):
        raise Http404
    found = ORGANISATIONS.found(request.user, request.GET).filters.qs.filter(pk__in=managed)
    rows = export_rows(found.order_by("sort_name", "pk"))
    record_export(request.user, "members", len(rows))
    return write("members", COLUMNS.known, rows)


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    values = organisation.values(slug, request.user)
    if values is None:
        return _successor_or_404(slug, request.user)
    return render(request, "members/organisation_detail.html", values)


def _successor_or_404(slug: str, user: Reader) -> HttpResponse:
    """The address of an organisation that was merged into another leads to that one."""
    successors = Organisation.objects.visible_to(user)
    kept = get_object_or_404(
        successors, predecessors__slug=slug, predecessors__merged_at__isnull=False
    )
    return redirect(kept, permanent=True)


@login_not_required
@require_safe
def cluster_detail(request: HttpRequest, slug: str) -> HttpResponse:
    clusters = Cluster.objects.visible_to(request.user).select_related("region")
    cluster = get_object_or_404(clusters, slug=slug)
    return render(
        request, "members/cluster_detail.html", cluster_page.cluster(cluster, request.user)
    )
