"""The member directory, an organisation's page, a cluster's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cluster_portal.core.http import page_of
from cluster_portal.core.search import search
from members import organisation_page, pages
from members.filters import ORGANISATIONS
from members.models import Cluster, Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader

PER_PAGE = 24


@login_not_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:200]
    visible = Organisation.objects.visible_to(request.user).select_related("region")
    faceted = ORGANISATIONS.apply(search(visible, q), request.GET)
    rows = pages.sorted_by(faceted, request.GET.get("sort", ""))
    page = page_of(request, pages.with_clusters(rows), PER_PAGE, count=faceted.count)
    context = {"page": page, **pages.results(faceted, visible, q)}
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "members/_organisation_results.html", context)
    else:
        context |= pages.network(visible)
        response = render(request, "members/organisation_list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_not_required
@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    values = organisation_page.values(slug, request.user)
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
    return render(request, "members/cluster_detail.html", pages.cluster(cluster, request.user))
