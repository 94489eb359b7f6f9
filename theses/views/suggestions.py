"""What fits me, who fits my topic, and "not for me"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.core.http import safe_next
from theses.forms.suggestions import DismissForm, RestoreForm
from theses.models import Dismissal, Topic
from theses.pages import suggestion_page
from theses.services import suggestions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DISMISSED = "theses_dismissed"  # in the session: the last one, so that it can be taken back


def _me(request: HttpRequest) -> Any:
    return request.user


def _shown(request: HttpRequest, noun: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its part alone for htmx."""
    is_part = getattr(request, "htmx", False)
    template = f"theses/_{noun}_suggestions.html" if is_part else f"theses/{noun}_suggestions.html"
    response = render(request, template, {**context, "undo": _undo(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _undo(request: HttpRequest) -> Dismissal | None:
    """What was dismissed just now; offered once."""
    last = request.session.pop(DISMISSED, None)
    if last is None:
        return None
    rows = Dismissal.objects.editable_by(request.user).of_those_shown_to(request.user)
    return rows.with_titles().filter(pk=last).first()


@require_safe
def suggestion_list(request: HttpRequest) -> HttpResponse:
    short = bool(getattr(request, "htmx", False))
    context = suggestion_page.mine(_me(request), short=short)
    if not short:
        context["dismissed"] = suggestion_page.dismissed_rows(_me(request))
    return _shown(request, "my", context)


@require_safe
def topic_suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Topic.objects.editable_by(request.user).prefetch_related("terms", "education_fields")
    topic = get_object_or_404(rows, slug=slug)
    context = suggestion_page.of_topic(topic, _me(request))
    if not getattr(request, "htmx", False):
        context["dismissed"] = suggestion_page.dismissed_people(topic, _me(request))
    return _shown(request, "topic", context)


@require_POST
def suggestion_dismiss(request: HttpRequest) -> HttpResponse:
    form = DismissForm(request.POST, user=request.user)
    if not form.is_valid():
        return HttpResponseBadRequest()
    chosen = form.cleaned_data
    people = {name: chosen[name] for name in ("student", "supervisor")}
    made = suggestions.dismiss(chosen["topic"], by=_me(request), **people)
    request.session[DISMISSED] = made.pk
    return redirect(safe_next(request, reverse("theses:suggestions")))


@require_POST
def suggestion_restore(request: HttpRequest) -> HttpResponse:
    form = RestoreForm(request.POST, user=request.user)
    if not form.is_valid():
        return HttpResponseBadRequest()
    suggestions.undo_dismissal(form.cleaned_data["dismissal"])
    messages.success(request, _("This can be suggested to you again."))
    return redirect(safe_next(request, reverse("theses:suggestions")))
