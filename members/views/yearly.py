"""A cluster's yearly report, for its coordinators: a page to print, and a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster_portal.core import exports, reporting
from cluster_portal.core.admin.import_page import record_export
from members.models import Cluster
from members.pages import yearly as page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _cluster(request: HttpRequest, slug: str, year: int) -> Cluster:
    cluster = get_object_or_404(Cluster.objects.editable_by(request.user), slug=slug)
    if year not in page.years(cluster):
        raise Http404
    return cluster


@require_safe
def yearly_report_now(request: HttpRequest, slug: str) -> HttpResponse:
    cluster = _cluster(request, slug, timezone.localdate().year)
    return redirect("members:yearly_report", cluster.slug, timezone.localdate().year)


@require_safe
def yearly_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    cluster = _cluster(request, slug, year)
    context = page.values(cluster, year, request.user)
    return render(request, "members/yearly_report.html", context)


@require_safe
def yearly_report_file(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    cluster = _cluster(request, slug, year)
    context = page.values(cluster, year, request.user)
    title = [f"{cluster.name}: {context['heading']}"]
    rows = list(reporting.in_file(context["sheets"]))
    record_export(request.user, f"yearly report {cluster.slug} {year}", len(rows))
    return exports.xlsx_response(f"{cluster.slug}-{year}", title, rows)
