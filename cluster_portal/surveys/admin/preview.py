"""A version as who answers sees it, in each language; nothing can be sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override, pgettext
from django.views.decorators.http import require_safe

from cluster_portal.core.admin.scoped import coordinators_only
from cluster_portal.core.admin.site import admin_page
from cluster_portal.surveys.forms.answers import AnswerForm
from cluster_portal.surveys.models import Version
from cluster_portal.surveys.pages.questions import drawn
from cluster_portal.surveys.questionnaire import Questionnaire

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from cluster_portal.surveys.pages.questions import Drawn
    from cluster_portal.surveys.questionnaire import Section


@dataclass(frozen=True)
class Part:
    section: Section
    number: int
    questions: list[Drawn]


@admin_page("surveys_preview", "surveys/version/<int:pk>/preview/")
@require_safe
@coordinators_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Version.objects.visible_to(request.user).select_related("template")
    version = get_object_or_404(rows, pk=pk)
    languages = {code: get_language_info(code)["name_local"] for code, _label in settings.LANGUAGES}
    asked = request.GET.get("language", "")
    language = asked if asked in languages else (get_language() or "fi")
    with override(language):
        context = {
            "version": version, "parts": _parts(version), "language": language,
            "languages": languages.items(), "trail": _trail(version),
        }  # fmt: skip
        return render(request, "admin/surveys/preview.html", context)


def _trail(version: Version) -> list[dict[str, str]]:
    return [
        {"name": str(version), "url": reverse("admin:surveys_draft", args=[version.pk])},
        {"name": pgettext("page", "Preview")},
    ]


def _parts(version: Version) -> list[Part]:
    """With all that an answer can bring out."""
    questionnaire = Questionnaire.of(version)
    numbers = {
        question.key: f"{number}.{place}"
        for number, section in enumerate(questionnaire.sections, start=1)
        for place, question in enumerate(section.questions, start=1)
    }
    form = AnswerForm(questionnaire, list(questionnaire), stored={})
    return [
        Part(section, number, drawn(form, section.questions, numbers=numbers, shown=numbers))
        for number, section in enumerate(questionnaire.sections, start=1)
    ]
