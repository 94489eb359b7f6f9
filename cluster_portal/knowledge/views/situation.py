"""The region's situation, its indicators, figures that come in, open data, impact."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.core import feeds, vocabulary
from cluster_portal.core.exports import csv_response
from cluster_portal.core.http import has_done
from cluster_portal.core.vocabulary import Scheme
from cluster_portal.knowledge.forms.situation import MeasurementForm, SurveyFigureForm
from cluster_portal.knowledge.models import Indicator
from cluster_portal.knowledge.models.situation import regions_measured_by
from cluster_portal.knowledge.pages import impact, situation
from cluster_portal.knowledge.pages import measuring as measuring_page
from cluster_portal.knowledge.services import measuring
from cluster_portal.knowledge.services.situation import begin_challenge
from cluster_portal.knowledge.services.survey_figures import offered
from projects.forms.challenges import WhatForm

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_SLUG = 100


@login_not_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return render(
        request, "knowledge/situation.html", situation.overview(request.GET, request.user)
    )


@login_not_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    return situation.INDICATORS.response(request)


@login_not_required
@require_safe
def indicator_feed(request: HttpRequest) -> HttpResponse:
    return feeds.atom(situation.INDICATORS, request)


@login_not_required
@require_safe
def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Indicator.objects.visible_to(request.user).select_related("theme", "organisation")
    indicator = get_object_or_404(rows, slug=slug)
    values = situation.indicator_page(indicator, request.GET, request.user)
    return render(request, "knowledge/indicator_detail.html", values)


def _measured(request: HttpRequest, slug: str) -> Indicator:
    """An indicator some of whose figures the reader enters."""
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)
    if not regions_measured_by(indicator, request.user).exists():
        raise Http404
    return indicator


@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = _measured(request, slug)
    form = MeasurementForm(request.POST or None, indicator=indicator, user=request.user)
    user: Any = request.user
    said = _("The figure is kept.")
    if has_done(request, form, lambda: measuring.enter(indicator, form.figure, by=user), said):
        return redirect(f"{indicator.get_absolute_url()}?region={form.figure.region.code}")
    context = measuring_page.form_values(indicator, _("Enter a figure")) | {"form": form}
    return _form(request, "knowledge/measure.html", context)


def _form(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render(request, template, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_survey(request: HttpRequest, slug: str) -> HttpResponse:
    """A published figure becomes a measurement."""
    indicator = _measured(request, slug)
    user: Any = request.user
    found = {one.key: one for one in offered(user, of=regions_measured_by(indicator, user))}
    choices = [(key, measuring_page.survey_words(one)) for key, one in found.items()]
    form = SurveyFigureForm(request.POST or None, indicator=indicator, choices=choices)

    def take() -> None:
        one, given = found[form.cleaned_data["question"]], form.cleaned_data
        measuring.take_from_survey(
            indicator, one.values, of=one.survey_round, by=user,
            starts_on=given["period"], reason=given["reason"],
        )  # fmt: skip

    if has_done(request, form, take, _("The figures are kept.")):
        return redirect(indicator)
    values = {"form": form, "has_choices": bool(choices)}
    context = values | measuring_page.form_values(indicator, _("Take figures from a survey"))
    return _form(request, "knowledge/measure_survey.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A challenge from a figure: the form of any challenge, filled in."""
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)
    region = measuring_page.region_of(request.GET.get("region", ""), indicator, request.user)
    if region is None or not situation.challenge_of_indicator(indicator, request.user):
        raise Http404
    begun = measuring_page.begun_from(indicator, region) | {"form_key": uuid.uuid4()}
    form = WhatForm(request.POST or None, user=request.user, initial=begun)
    user: Any = request.user
    made: list[Any] = []

    def begin() -> None:
        made.append(begin_challenge(indicator, region, form.values, by=user))

    if has_done(request, form, begin):
        messages.success(request, _("The challenge has begun. Tell the rest of it."))
        return redirect("projects:challenge_tell", made[0].slug, "limits")
    context = measuring_page.form_values(indicator, _("Begin a challenge from this"))
    context |= {"form": form, "region": region}
    return _form(request, "knowledge/challenge_begin.html", context)


@login_not_required
@require_safe
def data_csv(request: HttpRequest) -> HttpResponse:
    """What everybody may read, whoever asks: the same address gives the same file."""
    named = request.GET.get("indicator", "")[:LONGEST_SLUG]
    rows = situation.data_rows(AnonymousUser(), named)
    head = situation.DATA_HEAD
    response = csv_response("measurements", head, ([row[name] for name in head] for row in rows))
    return _with_licence(response)


@login_not_required
@require_safe
def data_json(request: HttpRequest) -> HttpResponse:
    named = request.GET.get("indicator", "")[:LONGEST_SLUG]
    rows = situation.data_rows(AnonymousUser(), named)
    return _json({"licence": situation.licence(), "measurements": rows})


@login_not_required
@require_safe
def indicators_json(_request: HttpRequest) -> HttpResponse:
    rows = situation.indicator_data(AnonymousUser())
    return _json({"licence": situation.licence(), "indicators": rows})


@login_not_required
@require_safe
def indicators_csv(_request: HttpRequest) -> HttpResponse:
    rows = situation.indicator_data(AnonymousUser())
    head = list(rows[0]) if rows else ["indicator"]
    lines = ([row[name] for name in head] for row in rows)
    return _with_licence(csv_response("indicators", head, lines))


def _json(values: dict[str, Any]) -> HttpResponse:
    return _with_licence(JsonResponse(values, json_dumps_params={"ensure_ascii": False}))


def _with_licence(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{situation.LICENCE_URL}>; rel="license"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@login_not_required
@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    values = {
        "trail": situation.trail(_("Open data")), "current": "situation",
        "licence": situation.licence(), "columns": situation.DATA_HEAD,
        "regions": vocabulary.terms(Scheme.REGION),
    }  # fmt: skip
    return render(request, "knowledge/data.html", values)


@login_not_required
@require_safe
def impact_page(request: HttpRequest) -> HttpResponse:
    return render(request, "knowledge/impact.html", impact.values())
