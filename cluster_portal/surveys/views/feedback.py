"""Anonymous feedback by a link: one page, stored without a person or a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.core.errors import Refused
from cluster_portal.surveys.forms.feedback import FeedbackForm
from cluster_portal.surveys.pages.feedback import feedback_page
from cluster_portal.surveys.questionnaire import Questionnaire
from cluster_portal.surveys.services import feedback as services
from members.views.sign_in_attempts import client_network, too_many

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.surveys.models import Round


# A full hall may answer from one address within the hour.
FORMS_AN_HOUR = 300


def _round(slug: str, token: str) -> Round:
    survey_round = services.find(slug, token)
    if survey_round is None:
        raise Http404
    return survey_round


def _is_flood(request: HttpRequest, survey_round: Round) -> bool:
    return services.count_sending(survey_round, client_network(request)) > FORMS_AN_HOUR


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    survey_round = _round(slug, token)
    questionnaire = Questionnaire.of(survey_round.version)
    form = FeedbackForm(questionnaire, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {}
    if request.method == "POST" and _is_flood(request, survey_round):
        return too_many(request)
    if request.method == "POST" and form.is_valid():
        try:
            services.give(survey_round, form.answers, form_key=form.form_key)
            return redirect("surveys:feedback_given", slug, token)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    elif request.method != "POST" and not survey_round.takes_answers:
        return render(request, "surveys/feedback_closed.html", {"round": survey_round}, status=410)
    context |= feedback_page(survey_round, questionnaire, form)
    status = 422 if form.errors else 200
    return render(request, "surveys/feedback.html", context, status=status)


@login_not_required
@require_safe
def feedback_given(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    return render(request, "surveys/feedback_given.html", {"round": _round(slug, token)})
