"""The results of a round: looked at and published; its answers taken out, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster_portal.core import exports
from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.http import refusal_as_message
from cluster_portal.surveys.disclosure import FEWEST
from cluster_portal.surveys.forms.raw_answers import RawAnswersForm
from cluster_portal.surveys.models import Round
from cluster_portal.surveys.models.rounds import MOVES, Stage
from cluster_portal.surveys.pages import result_rows
from cluster_portal.surveys.pages.published import Published
from cluster_portal.surveys.pages.results import cautions, stats, untold
from cluster_portal.surveys.questionnaire import Questionnaire
from cluster_portal.surveys.services.publishing import publish, tables
from cluster_portal.surveys.services.raw_answers import export_answers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

WRITERS = {"csv": exports.csv_response, "xlsx": exports.xlsx_response}


def _managed(request: HttpRequest, slug: str) -> Round:
    rows = Round.objects.managed_by(request.user)
    return get_object_or_404(rows.select_related("version", "previous"), slug=slug)


@admin_page("surveys_round_results", "surveys/rounds/<slug:slug>/results/")
@require_http_methods(["GET", "HEAD", "POST"])
@coordinators_only
def results(request: HttpRequest, slug: str) -> HttpResponse:
    survey_round = _managed(request, slug)
    user: Any = request.user
    if request.method == "POST":
        return _published(request, survey_round, user)
    return TemplateResponse(request, "admin/surveys/results.html", _preview(request, survey_round))


def _published(request: HttpRequest, survey_round: Round, user: User) -> HttpResponse:
    with refusal_as_message(request):
        publish(survey_round, by=user)
        messages.success(request, _("The results have been published."))
    return redirect("admin:surveys_round_results", survey_round.slug)


def _preview(request: HttpRequest, survey_round: Round) -> dict[str, Any]:
    """What is published, or would be now."""
    is_published = survey_round.stage == Stage.PUBLISHED
    rows = survey_round.tables.all() if is_published else tables(survey_round)
    shown = Published.of(survey_round, Questionnaire.of(survey_round.version), rows)
    return {
        **_around(request, survey_round),
        "title": _("Results: %(round)s") % {"round": survey_round.title},
        "is_published": is_published,
        "can_publish": MOVES.may("publish", survey_round, request.user),
        "visibility": survey_round.get_visibility_display(),
        "stats": stats(shown, None),
        "untold": [question.text for question in untold(shown)],
        "fewest": FEWEST,
        "cautions": cautions(shown),
        "heads": result_rows.head(),
        "rows": list(result_rows.rows(shown)),
        "results_url": reverse("surveys:results", args=[survey_round.slug]),
    }


def _around(request: HttpRequest, survey_round: Round) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "round": survey_round,
        "change_url": reverse("admin:surveys_round_change", args=[survey_round.pk]),
        "list_url": reverse("admin:surveys_round_changelist"),
    }


@admin_page("surveys_round_answers", "surveys/rounds/<slug:slug>/answers/")
@require_http_methods(["GET", "HEAD", "POST"])
@coordinators_only
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    survey_round = _managed(request, slug)
    form = RawAnswersForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _file(request, survey_round, form)
    context = {
        **_around(request, survey_round),
        "title": _("Answers: %(round)s") % {"round": survey_round.title},
        "form": form,
        "count": survey_round.responses.countable().count(),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "admin/surveys/answers.html", context, status=status)


def _file(request: HttpRequest, survey_round: Round, form: RawAnswersForm) -> HttpResponse:
    user: Any = request.user
    wanted = form.cleaned_data
    sheet = export_answers(
        survey_round, by=user, reason=wanted["reason"], with_narrow=wanted["narrow"]
    )
    return WRITERS[wanted["format"]](f"{survey_round.slug}-answers", sheet.head, sheet.rows)
