"""Answering one section of a questionnaire; saved as one types, or by the buttons of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster_portal.core.errors import Refused
from cluster_portal.surveys.forms.answers import AnswerForm
from cluster_portal.surveys.models import Response
from cluster_portal.surveys.pages import answering as pages
from cluster_portal.surveys.services import responses as services

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from cluster_portal.surveys.questionnaire import Section


def _find(request: HttpRequest, public_id: UUID, part: str) -> tuple[pages.Answering, Section]:
    rows = Response.objects.editable_by(request.user)
    response = rows.select_related("round__version", "organisation").filter(public_id=public_id)
    found = response.first()
    answering = pages.Answering(found, request.user) if found else None
    number = request.GET.get("page", "")
    section = answering.page(part, number) if answering else None
    if answering is None or section is None:
        raise Http404
    return answering, section


@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, public_id: UUID, part: str) -> HttpResponse:
    try:
        answering, section = _find(request, public_id, part)
    except Http404:
        return _gone(request)
    if request.method == "POST":
        return _save(request, answering, section)
    if not answering.response.round.takes_answers:
        return redirect(answering.response)
    form = AnswerForm(answering.questionnaire, section.questions, stored=answering.answers)
    return _page(request, answering, section, form)


def _gone(request: HttpRequest) -> HttpResponse:
    """The same whether it was hidden since or never was; what was typed meanwhile is kept."""
    if request.method != "POST":
        raise Http404
    values = pages.gone(request.POST)
    return render(request, "surveys/answers_gone.html", values, status=404)


def _save(request: HttpRequest, answering: pages.Answering, section: Section) -> HttpResponse:
    form = AnswerForm(
        answering.questionnaire, section.questions, request.POST, stored=answering.answers
    )
    is_right, shown = form.is_valid(), answering.shown
    try:
        saved = services.save_answers(
            answering.response, form.changed(), by=request.user, seen=form.seen
        )
    except Refused as refusal:
        return _page(request, answering, section, form, status=409, refusal=refusal.message)
    answering = answering.renewed(saved.response)
    if saved.overtaken:
        messages.warning(request, pages.overtaken_words(answering, saved.overtaken))
    if not is_right:
        return _page(request, answering, section, form, status=422)
    return redirect(pages.next_url(answering, section, shown))


def _page(
    request: HttpRequest, answering: pages.Answering, section: Section, form: AnswerForm, *,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    before = pages.earlier(answering.response, request.user).first()
    context = pages.section_page(answering, section, form, before=before) | more
    return render(request, "surveys/section.html", context, status=status)


@require_POST
def section_save(request: HttpRequest, public_id: UUID, part: str) -> JsonResponse:
    """The questions that the page names, while one is still typing."""
    try:
        answering, section = _find(request, public_id, part)
    except Http404:
        gone = _("You can no longer answer here. Copy what you have typed if you need it.")
        return JsonResponse({"state": "closed", "words": gone}, status=404)
    asked = set(request.POST.getlist("question"))
    questions = [question for question in section.questions if question.key in asked]
    form = AnswerForm(answering.questionnaire, questions, request.POST, stored=answering.answers)
    form.full_clean()
    try:
        saved = services.save_answers(
            answering.response, form.changed(), by=request.user, seen=form.seen
        )
    except Refused as refusal:
        return JsonResponse({"state": "closed", "words": refusal.message}, status=409)
    return JsonResponse(
        pages.told(answering.renewed(saved.response), section, form, saved.overtaken)
    )
