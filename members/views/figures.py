"""The network in figures and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from members.models import Cluster
from members.models.regions import address_of, region_at
from members.pages import cooperation as cooperation_page
from members.pages import coverage as coverage_page
from members.pages import figures as figures_page
from members.pages import regions as region_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _cluster(request: HttpRequest) -> Cluster | None:
    """The one that the address asks for; an unknown one asks for the whole network."""
    slug = request.GET.get("cluster", "")
    return Cluster.objects.visible_to(request.user).filter(slug=slug).first() if slug else None


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    values = figures_page.values(request.user, _cluster(request))
    return render(request, "members/figures.html", values)


@login_not_required
@require_safe
def cooperation(request: HttpRequest) -> HttpResponse:
    values = cooperation_page.values(request.user, _cluster(request))
    return render(request, "members/cooperation.html", values)


@login_not_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    values = coverage_page.values(request.user, _cluster(request))
    return render(request, "members/coverage.html", values)


@login_not_required
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """What a region can do and needs, on a sheet to print; its code leads to its address."""
    found = region_at(slug)
    if found is None:
        raise Http404
    if slug != address_of(found):
        return redirect("members:region", address_of(found), permanent=True)
    return render(request, "members/region.html", region_page.values(found, request.user))
