"""The member directory, an organisation's page, a cluster's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from members.models import Cluster, Organisation
from members.pages import clusters as cluster_page
from members.pages import organisation
from members.pages.organisation_list import ORGANISATIONS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.core.visibility import Reader


@login_not_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    return ORGANISATIONS.response(request)


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
