"""The way from the today page to a cluster's yearly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cluster_portal.core.admin.site import admin_page
from members.models import Cluster

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@admin_page("yearly_report", "members/yearly-report/", gettext_lazy("Yearly report of the cluster"))
@require_safe
def yearly_report(request: HttpRequest) -> HttpResponse:
    """Of the reader's own cluster; the reports of others are on the pages of their clusters."""
    cluster = Cluster.objects.managed_by(request.user).order_by("pk").first()
    if cluster is None:
        raise Http404
    return redirect("members:yearly_report_now", cluster.slug)
