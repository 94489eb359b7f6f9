"""One version of a questionnaire on one page: read, put in order, published, thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.core.errors import Refused
from cluster_portal.core.http import refusal_as_message
from cluster_portal.surveys.models import Question, Section, Version
from cluster_portal.surveys.pages.outline import plan_of
from cluster_portal.surveys.services import templates as services

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STEPS = {"up": -1, "down": 1}


def _version(request: HttpRequest, pk: int) -> Version:
    rows = Version.objects.visible_to(request.user).select_related("template__home_cluster")
    return get_object_or_404(rows, pk=pk)


@admin_page("surveys_draft", "surveys/version/<int:pk>/")
@require_safe
@coordinators_only
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    context = {
        **admin.site.each_context(request),
        "title": str(version),
        "version": version,
        "plan": plan_of(version),
        "can_edit": Version.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return TemplateResponse(request, "admin/surveys/draft.html", context)


@admin_page("surveys_publish", "surveys/version/<int:pk>/publish/")
@require_POST
@coordinators_only
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version(request, pk)
    try:
        services.publish_version(version, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("admin:surveys_draft", pk)
    messages.success(request, _("Published. New rounds use this version."))
    return redirect("admin:surveys_template_change", version.template_id)


@admin_page("surveys_discard", "surveys/version/<int:pk>/discard/")
@coordinators_only
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: the questions are gone for good."""
    version = _version(request, pk)
    if request.method != "POST":
        context = {
            **admin.site.each_context(request),
            "title": _("Throw the draft away"),
            "version": version,
        }
        return TemplateResponse(request, "admin/surveys/discard.html", context)
    with refusal_as_message(request):
        services.discard_draft(version, by=request.user)
        messages.success(request, _("The draft was thrown away."))
    return redirect("admin:surveys_template_changelist")


@admin_page("surveys_move_section", "surveys/section/<int:pk>/move/<slug:way>/")
@require_POST
@coordinators_only
def section_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    section = get_object_or_404(Section.objects.editable_by(request.user), pk=pk)
    with refusal_as_message(request):
        services.move_section(section, _step(way), by=request.user)
    return _back(section, f"s{pk}")


@admin_page("surveys_move_question", "surveys/question/<int:pk>/move/<slug:way>/")
@require_POST
@coordinators_only
def question_move(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.editable_by(request.user), pk=pk)
    with refusal_as_message(request):
        services.move_question(question, _step(way), by=request.user)
    return _back(question.section, f"q{pk}")


def _step(way: str) -> int:
    if way not in STEPS:
        raise Http404
    return STEPS[way]


def _back(section: Section, anchor: str) -> HttpResponse:
    return redirect_to_draft(section.version_id, anchor)


def redirect_to_draft(version: int, anchor: str) -> HttpResponse:
    response = redirect("admin:surveys_draft", version)
    response["Location"] += f"#{anchor}"
    return response
