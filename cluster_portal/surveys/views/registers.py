"""The registers: skills, infrastructure, circular materials, tender readiness, funding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import exports
from cluster_portal.core.admin.import_page import record_export
from cluster_portal.core.http import has_done
from cluster_portal.surveys.forms.supply import SupplyForm
from cluster_portal.surveys.models import CircularCase
from cluster_portal.surveys.pages import circular as circular_pages
from cluster_portal.surveys.pages import funding as funding_pages
from cluster_portal.surveys.pages import readiness as readiness_pages
from cluster_portal.surveys.pages.infrastructure import INFRASTRUCTURE
from cluster_portal.surveys.pages.skills import SKILLS, proposing
from cluster_portal.surveys.services import entries

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_not_required
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    return SKILLS.response(request)


@require_http_methods(["GET", "HEAD", "POST"])
def supply_propose(request: HttpRequest) -> HttpResponse:
    if not entries.schools_of(request.user).exists():
        raise Http404
    form = SupplyForm(request.POST or None, user=request.user)
    if has_done(
        request, form,
        lambda: entries.add_supply(form.cleaned_data["school"], form.values, by=request.user),
        _("Thank you. The training stands in the table now."),
    ):  # fmt: skip
        return redirect("surveys:skills")
    status = 422 if form.errors else 200
    return render(request, "surveys/supply_propose.html", proposing(form), status=status)


@login_not_required
@require_safe
def infrastructure(request: HttpRequest) -> HttpResponse:
    return INFRASTRUCTURE.response(request)


@login_not_required
@require_safe
def circular(request: HttpRequest) -> HttpResponse:
    return circular_pages.CIRCULAR.response(request)


@login_not_required
@require_safe
def circular_case(request: HttpRequest, slug: str) -> HttpResponse:
    rows = CircularCase.objects.visible_to(request.user).select_related("region", "organisation")
    case = get_object_or_404(rows, slug=slug)
    values = circular_pages.page(case, request.user)
    return render(request, "surveys/circular_case.html", values)


@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/readiness.html", readiness_pages.values(request.user))


@require_safe
def funding(request: HttpRequest) -> HttpResponse:
    return funding_pages.FUNDING.response(request)


@require_POST
def funding_export(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed in the address, for those who take it upwards."""
    if not funding_pages.coordinates(request.user):
        raise Http404
    rows = list(funding_pages.table(funding_pages.FUNDING.found(request.user, request.GET)))
    record_export(request.user, "funding-needs", len(rows))
    return exports.csv_response("funding-needs", funding_pages.head(), rows)
