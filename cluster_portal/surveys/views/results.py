"""What was published of a round, and reports composed of it. Nothing here reads an answer, but for
the reader's own ones."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster_portal.core import exports
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.pages import report as report_page
from cluster_portal.surveys.pages import result_rows
from cluster_portal.surveys.pages import results as results_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _round(request: HttpRequest, slug: str) -> Round:
    visible = Round.objects.visible_to(request.user).with_results()
    rows = visible.select_related("version__template", "home_cluster")
    return get_object_or_404(rows, slug=slug)


@login_not_required
@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    values = results_page.values(_round(request, slug), request.user)
    return render(request, "surveys/results.html", values)


@login_not_required
@require_safe
def results_csv(request: HttpRequest, slug: str) -> HttpResponse:
    survey_round = _round(request, slug)
    shown = results_page.published(survey_round, request.user)
    rows = chain(result_rows.rows(shown), result_rows.notes(results_page.cautions(shown)))
    return exports.csv_response(f"{survey_round.slug}-results", result_rows.head(), rows)


@login_not_required
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/report.html", report_page.values(request.GET, request.user))


@login_not_required
@require_safe
def report_csv(request: HttpRequest) -> HttpResponse:
    head, rows = report_page.as_rows(request.GET, request.user)
    return exports.csv_response("report", head, rows)
